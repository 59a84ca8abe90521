// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The box of a row that is chosen or not. The row takes the clicks and has the name.
Rectangle {
    id: root

    required property bool on

    implicitWidth: Math.round(18 * Math.min(1.25, Theme.textScale))
    implicitHeight: implicitWidth
    radius: 4
    color: root.on ? Theme.accent : "transparent"
    border.width: root.on ? 0 : 1
    border.color: Theme.outline

    Icon {
        anchors.centerIn: parent
        visible: root.on
        name: "check"
        size: parent.width - 4
        color: Theme.accentText
    }
}
