// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The widths of the columns of the list of members, one place for head and rows.
QtObject {
    id: root

    required property real width
    readonly property real room: root.width / Theme.textScale

    readonly property bool showTraffic: root.room > 600
    readonly property bool showHandshake: root.room > 720
    readonly property bool showZone: root.room > 820
    readonly property bool showJoined: root.room > 940
    readonly property bool showServices: root.room > 1100
    readonly property int state: Math.round(136 * Theme.textScale)
    readonly property int address: Math.round(132 * Theme.textScale)
    readonly property int traffic: Math.round(164 * Theme.textScale)
    readonly property int handshake: Math.round(92 * Theme.textScale)
    readonly property int zone: Math.round(76 * Theme.textScale)
    readonly property int services: Math.round(150 * Theme.textScale)
    readonly property int joined: Math.round(104 * Theme.textScale)
}
