// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// A dot that supports a word beside it: filled, or a ring when nothing is going on.
Rectangle {
    id: root

    required property int tone
    property int size: 8

    implicitWidth: root.size
    implicitHeight: root.size
    radius: root.size / 2
    color: root.tone === Look.Neutral ? "transparent" : Theme.ink(root.tone)
    border.width: root.tone === Look.Neutral ? 1.5 : 0
    border.color: Theme.outline

    Behavior on color { ColorAnimation { duration: Theme.fade } }
}
