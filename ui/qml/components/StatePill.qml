// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The state of the shown mesh in the head of the window: dot, word, running time.
Rectangle {
    id: root

    required property ConnectionViewModel connection

    implicitWidth: row.implicitWidth + 2 * Theme.m
    implicitHeight: Theme.controlHeight - 4
    radius: height / 2
    color: Theme.tint(root.connection.tone)
    border.width: Theme.tintBorder
    border.color: Theme.ink(root.connection.tone)
    Accessible.role: Accessible.StaticText
    Accessible.name: root.connection.word

    Behavior on color { ColorAnimation { duration: Theme.fade } }

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.s

        StatusDot {
            anchors.verticalCenter: parent.verticalCenter
            tone: root.connection.tone
        }
        AppLabel {
            anchors.verticalCenter: parent.verticalCenter
            text: root.connection.word
            kind: AppLabel.Strong
            color: Theme.ink(root.connection.tone)
            Accessible.ignored: true
        }
        AppLabel {
            anchors.verticalCenter: parent.verticalCenter
            visible: text.length > 0
            text: root.connection.runningText
            kind: AppLabel.Mono
            color: Theme.ink(root.connection.tone)
            Accessible.ignored: true
        }
    }
}
