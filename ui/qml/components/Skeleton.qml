// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// A grey stand-in for what is still loading. Shows after 150 ms, so that quick answers do not
/// flash.
Rectangle {
    id: root

    property bool due: false

    radius: Theme.radiusControl
    color: Theme.sunken
    border.width: Theme.tintBorder
    border.color: Theme.hairline
    opacity: root.due ? 1 : 0

    Timer {
        interval: 150
        running: root.visible && !root.due
        onTriggered: root.due = true
    }
}
