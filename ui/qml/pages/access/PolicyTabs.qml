// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The kinds of a page. Where they do not fit beside each other they can be scrolled; the one that
/// gets the keyboard is scrolled into view.
Flickable {
    id: root

    required property var sections  // a list of PolicySection; var: lists cannot be handed on
    required property int index
    readonly property var names: {
        const names = [];
        // A list of QML 6.4 is no iterable.
        for (let i = 0; i < root.sections.length; ++i) { names.push(root.sections[i].name); }
        return names;
    }

    readonly property Item focused: root.Window.activeFocusItem

    signal chosen(int index)

    function showFirst() { if (Theme.mirrored) { root.contentX = Math.max(0, root.contentWidth - root.width); } }

    onWidthChanged: root.showFirst()
    onContentWidthChanged: root.showFirst()
    onFocusedChanged: {
        if (root.focused && root.focused.parent?.parent === tabs) {
            const left = root.focused.mapToItem(tabs, 0, 0).x;
            const least = Math.min(root.contentX, left);
            root.contentX = Math.max(least, left + root.focused.width - root.width, 0);
        }
    }

    implicitHeight: tabs.implicitHeight
    contentWidth: tabs.implicitWidth
    boundsBehavior: Flickable.StopAtBounds
    clip: contentWidth > width

    Segmented {
        id: tabs

        name: qsTr("Show")
        options: root.names
        currentIndex: root.index
        onChosen: index => root.chosen(index)
    }
}
