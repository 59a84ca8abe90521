// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The list of one kind. Arrow keys move, Enter opens, Delete asks to delete.
Rectangle {
    id: root

    required property PolicyModel model
    required property PolicyEditor editor
    required property string name
    readonly property alias list: list

    signal opened(string key)
    signal removalAsked(string key)

    function keyAt(index: int): string {
        return (list.itemAtIndex(index) as PolicyRow)?.key ?? "";
    }

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
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
        Keys.onDeletePressed: root.removalAsked(root.keyAt(list.currentIndex))
        onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

        delegate: PolicyRow {
            required property int index

            width: ListView.view.width
            shown: root.editor.isOpen && root.editor.key === key
            hasKeyboard: ListView.isCurrentItem && list.activeFocus
            onClicked: {
                list.currentIndex = index;
                root.opened(key);
            }
        }
        AppScrollBar { target: list }
    }
}
