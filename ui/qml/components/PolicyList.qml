// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The list of one kind. Arrow keys move, Enter opens, Delete asks to delete. Rules can be put into
/// another order: by their handles, or with Alt and the arrow keys.
Rectangle {
    id: root

    required property PolicyModel model
    required property PolicyEditor editor
    required property string name
    /// For rows that people put into an order; null: they stand as they stand.
    property RuleOrder order: null
    readonly property bool movable: root.order !== null && root.order.lockedText.length === 0
    readonly property alias list: list

    signal opened(string key)
    signal removalAsked(string key)

    function keyAt(index: int): string {
        return (list.itemAtIndex(index) as PolicyRow)?.key ?? "";
    }
    function moveCurrent(by: int) {
        const target = list.currentIndex + by;
        if (target >= 0 && target < list.count) {
            list.positionViewAtIndex(target, ListView.Contain);
            root.order.move(root.keyAt(list.currentIndex), root.keyAt(target), by > 0);
        }
    }

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
        model: root.model
        Accessible.role: Accessible.List
        Accessible.name: root.name

        Keys.onReturnPressed: root.opened(root.keyAt(list.currentIndex))
        Keys.onEnterPressed: root.opened(root.keyAt(list.currentIndex))
        Keys.onPressed: event => {
            const by = event.key === Qt.Key_Up ? -1 : event.key === Qt.Key_Down ? 1 : 0;
            if (by !== 0 && (event.modifiers & Qt.AltModifier) && root.movable) {
                root.moveCurrent(by);
                event.accepted = true;
            }
        }
        Keys.onEscapePressed: event => {
            event.accepted = strip.dragging;
            strip.cancel();
        }
        Keys.onDeletePressed: root.removalAsked(root.keyAt(list.currentIndex))
        onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

        delegate: PolicyRow {
            required property int index

            width: ListView.view.width
            shown: root.editor.isOpen && root.editor.key === key
            hasKeyboard: ListView.isCurrentItem && list.activeFocus
            movable: root.movable && root.order.canMove(key)
            dragged: strip.key === key
            onClicked: {
                list.currentIndex = index;
                root.opened(key);
            }
        }
        AppScrollBar { target: list }
    }
    DragStrip {
        id: strip

        anchors.top: list.top
        anchors.bottom: list.bottom
        x: 1
        width: Theme.m + Theme.iconSize + Theme.s
        visible: root.movable && list.count > 1
        list: list
        order: root.order
        onPressedRow: index => {
            list.currentIndex = index;
            list.forceActiveFocus(Qt.MouseFocusReason);
        }
    }
    Connections {
        target: root.order

        function onMoved(key: string) {
            const row = root.model.rowOf(key);
            if (row >= 0) {
                list.currentIndex = row;
                list.positionViewAtIndex(row, ListView.Contain);
            }
        }
    }
}
