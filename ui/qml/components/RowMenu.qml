// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// What can be done with one row of a list, where the pointer or the keyboard is. Arrow keys move,
/// Enter chooses, Escape closes.
T.Popup {
    id: root

    required property string name
    /// { text, detail } for each line. var: QML 6.4 has no list of such.
    property var lines: []
    property Item opener: null

    signal chosen(int index)

    /// Opens beside a place in `item`, which gets the keyboard back.
    function openAt(item: Item, x: real, y: real) {
        const place = item.mapToItem(root.parent, x, y);
        root.opener = item;
        root.x = Theme.mirrored ? place.x - root.width : place.x;
        root.y = place.y;
        root.open();
    }

    width: Math.round(280 * Math.min(1.25, Theme.textScale))
    // Templates take no size from what they hold.
    height: Math.min(rows.contentHeight + 2 * root.padding,
        (root.opener?.Window.height ?? 560) - 2 * root.margins)
    margins: Theme.s
    padding: Theme.xs
    focus: true
    modal: true
    onOpened: {
        rows.currentIndex = 0;
        rows.forceActiveFocus(Qt.PopupFocusReason);
    }
    onClosed: if (root.opener) { root.opener.forceActiveFocus(Qt.PopupFocusReason); }

    T.Overlay.modal: Item {}
    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: Theme.border
        border.color: Theme.hairline
    }
    contentItem: ListView {
        id: rows

        implicitHeight: contentHeight
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.lines
        Accessible.role: Accessible.PopupMenu
        Accessible.name: root.name
        Keys.onReturnPressed: (rows.currentItem as MenuRow)?.clicked()
        Keys.onEnterPressed: (rows.currentItem as MenuRow)?.clicked()
        Keys.onSpacePressed: (rows.currentItem as MenuRow)?.clicked()

        delegate: MenuRow {
            required property int index
            required property var modelData  // { text, detail }

            width: ListView.view.width
            focusPolicy: Qt.NoFocus
            text: modelData.text
            detail: modelData.detail
            highlighted: ListView.isCurrentItem
            onClicked: {
                root.close();
                root.chosen(index);
            }
        }
    }
}
