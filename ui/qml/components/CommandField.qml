// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// A command line in a well, copied by a click.
Rectangle {
    id: root

    required property string command

    signal copied(string value, string label)

    implicitHeight: line.implicitHeight + Theme.s
    radius: Theme.radiusControl
    color: Theme.sunken
    border.width: Theme.tintBorder
    border.color: Theme.hairline

    CopyField {
        id: line

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        label: qsTr("Command")
        labelWidth: Math.round(76 * Theme.textScale)
        value: root.command
        mono: true
        wrap: true
        onCopied: (value, label) => root.copied(value, label)
    }
}
