// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// This node: what others need to reach it, each with a click to copy.
Card {
    id: root

    required property AppViewModel app
    readonly property ConnectionViewModel connection: root.app.connection

    heading: qsTr("This node")

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        CopyField {
            Layout.fillWidth: true
            label: qsTr("Name")
            value: root.connection.nodeId
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("IPv4")
            value: root.connection.addressIpv4
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("IPv6")
            value: root.connection.addressIpv6
            mono: true
            wrap: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("Key")
            value: root.connection.publicKey
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Role")
            value: root.connection.role
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Interface")
            value: root.connection.interfaceText
        }
    }
}
