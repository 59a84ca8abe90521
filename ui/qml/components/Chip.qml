// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// A word in a pill, with a picture or a dot where it says a state.
Rectangle {
    id: root

    required property string text
    property int tone: Look.Neutral
    property bool dot: false
    property string iconName
    /// Room for the word.
    property int widest: 220

    implicitWidth: row.implicitWidth + 2 * Theme.s
    implicitHeight: row.implicitHeight + 6
    radius: height / 2
    color: Theme.tint(root.tone)
    border.width: Theme.tintBorder
    border.color: Theme.ink(root.tone)

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
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName.length > 0
            name: root.iconName
            size: Math.round(14 * Math.min(Theme.textScale, 1.25))
            color: Theme.ink(root.tone)
        }
        AppLabel {
            width: Math.min(implicitWidth, root.widest)
            kind: AppLabel.Small
            text: root.text
            color: Theme.ink(root.tone)
        }
    }
}
