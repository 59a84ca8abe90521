// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The graph as a list. Arrow keys move, Enter shows the details, L lists the neighbours, the menu
/// key or the right button shows what can be done.
Rectangle {
    id: root

    required property AppViewModel app
    readonly property GraphViewModel graph: root.app.graph
    readonly property alias list: list

    signal detailsAsked(int node)
    signal menuAsked(int node, real x, real y)
    signal neighboursAsked(int node, real x, real y)

    function reveal(node: int) {
        root.graph.current = node;
        const row = root.graph.list.rowOf(node);
        if (row >= 0) {
            list.currentIndex = row;
            list.positionViewAtIndex(row, ListView.Contain);
        }
    }
    function chosen(): int { return root.graph.list.nodeAt(list.currentIndex); }
    function below(): real { return list.currentItem.y - list.contentY + list.currentItem.height; }

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.border
    border.color: Theme.hairline

    ListView {
        id: list

        anchors.fill: parent
        anchors.margins: 1
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        cacheBuffer: 0
        model: root.graph.list
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Nodes of the graph")

        Keys.onReturnPressed: root.detailsAsked(root.chosen())
        Keys.onEnterPressed: root.detailsAsked(root.chosen())
        Keys.onPressed: event => {
            if (list.currentIndex < 0) { return; }
            if (event.key === Qt.Key_L && event.modifiers === Qt.NoModifier) {
                root.neighboursAsked(root.chosen(), Theme.xl, root.below());
                event.accepted = true;
            } else if (event.key === Qt.Key_Menu) {
                root.menuAsked(root.chosen(), Theme.xl, root.below());
                event.accepted = true;
            }
        }
        onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }
        onCurrentIndexChanged: if (list.activeFocus) { root.graph.current = root.chosen(); }

        delegate: NodeRow {
            id: row

            required property int index

            width: ListView.view.width
            shown: root.graph.current === row.node
            hasKeyboard: ListView.isCurrentItem && list.activeFocus
            onClicked: {
                list.currentIndex = row.index;
                list.forceActiveFocus(Qt.MouseFocusReason);
                root.graph.current = row.node;
            }
            onDoubleClicked: root.detailsAsked(row.node)
            onMenuAsked: (x, y) => {
                list.currentIndex = row.index;
                root.graph.current = row.node;
                root.menuAsked(row.node, x, row.y - list.contentY + y);
            }
        }
        AppScrollBar { target: list }
    }
}
