// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The mesh: what all members share.
Card {
    id: root

    required property AppViewModel app
    readonly property ConnectionViewModel connection: root.app.connection

    heading: qsTr("Mesh")

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        CopyField {
            Layout.fillWidth: true
            label: qsTr("Domain")
            value: root.connection.domain
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("IPv4 range")
            value: root.connection.networkIpv4
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("IPv6 range")
            value: root.connection.networkIpv6
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Leader")
            value: root.connection.leader
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Certificate")
            value: root.connection.certificate
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Listens on")
            value: root.connection.listenAddress
            mono: true
        }
    }
}
