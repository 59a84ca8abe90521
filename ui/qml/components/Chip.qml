// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// A word in a pill.
Rectangle {
    id: root

    required property string text
    property int tone: Look.Neutral
    property bool dot: false

    implicitWidth: row.implicitWidth + 2 * Theme.s
    implicitHeight: row.implicitHeight + 6
    radius: height / 2
    color: Theme.tint(root.tone)

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 6

        StatusDot {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.dot
            tone: root.tone
            size: 6
        }
        AppLabel {
            width: Math.min(implicitWidth, 220)
            kind: AppLabel.Small
            text: root.text
            color: Theme.ink(root.tone)
        }
    }
}
