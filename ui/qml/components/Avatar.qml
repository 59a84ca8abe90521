// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// A rounded square with a first letter. `ringed` marks this node.
Rectangle {
    id: root

    required property string initial
    property int tone: Look.Neutral
    property bool ringed: false
    property int size: 32

    implicitWidth: root.size
    implicitHeight: root.size
    radius: root.size * 0.28
    color: Theme.tint(root.tone)
    border.width: root.ringed ? 2 : Theme.tintBorder
    border.color: Theme.ink(root.tone)

    AppLabel {
        anchors.centerIn: parent
        text: root.initial
        kind: AppLabel.Strong
        font.pixelSize: Math.round(root.size * 0.44)
        color: Theme.ink(root.tone)
        Accessible.ignored: true
    }
}
