// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A page that scrolls, with a margin. Children stand below each other; what gets the keyboard is
/// scrolled into view.
Flickable {
    id: root

    property int margin: root.width < 780 ? Theme.l : Theme.xl
    property int widest: 1040
    default property alias content: column.data

    function reveal(item: Item) {
        const top = item.mapToItem(column, 0, 0).y + root.margin;
        const least = Math.min(root.contentY, top - Theme.l);
        root.contentY = Math.max(0, Math.max(least, top + item.height + Theme.l - root.height));
    }

    contentHeight: column.implicitHeight + 2 * root.margin
    contentWidth: root.width
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    ColumnLayout {
        id: column

        readonly property Item focused: root.Window.activeFocusItem

        x: Math.max(root.margin, Math.round((root.width - root.widest) / 2))
        y: root.margin
        width: Math.min(root.widest, root.width - 2 * root.margin)
        spacing: Theme.padding

        onFocusedChanged: if (column.focused && root.activeFocus) { root.reveal(column.focused); }
    }
    AppScrollBar { target: root }
}
