// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The ring around what has the keyboard: 2 px with a gap of 2 px. Lies over its parent.
Rectangle {
    id: root

    required property bool shown
    property int around: Theme.radiusControl
    property int gap: 2

    anchors.fill: parent
    anchors.margins: -root.gap - 2
    visible: root.shown
    color: "transparent"
    radius: root.around + root.gap + 2
    border.width: 2
    border.color: Theme.focus
}
