// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What people want of a member: its addresses, its key, what it offers.
Flickable {
    id: root

    required property AppViewModel app
    readonly property PeerDetails peer: root.app.peer

    contentHeight: column.implicitHeight
    contentWidth: root.width
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.leftMargin: Theme.s
        width: root.width - 2 * Theme.s - (root.contentHeight > root.height ? Theme.s : 0)
        spacing: 0

        CopyField {
            Layout.fillWidth: true
            label: qsTr("Name")
            value: root.peer.name
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("IPv4")
            value: root.peer.addressIpv4
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("IPv6")
            value: root.peer.addressIpv6
            mono: true
            wrap: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("Endpoint")
            value: root.peer.endpoint
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("Key")
            value: root.peer.publicKey
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s
            Layout.bottomMargin: Theme.s
            implicitHeight: 1
            color: Theme.hairline
        }
        PeerTraffic {
            Layout.fillWidth: true
            peer: root.peer
            traffic: root.app.peerTraffic
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Zone")
            value: root.peer.zone
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Joined")
            value: root.peer.joined
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Paths")
            value: root.peer.links
        }
        Flow {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s
            visible: root.peer.features.length > 0
            spacing: Theme.s

            Repeater {
                model: root.peer.features

                Chip {
                    required property string modelData

                    text: modelData
                    tone: Look.Accent
                }
            }
        }
        AppLabel {
            Layout.fillWidth: true
            Layout.topMargin: Theme.l
            text: qsTr("A member is a device of the mesh, not somebody on this computer.")
            kind: AppLabel.Small
            color: Theme.textTertiary
            wrapMode: Text.Wrap
        }
        AppButton {
            Layout.topMargin: Theme.l
            visible: root.peer.canRelease
            kind: AppButton.Danger
            iconName: "key"
            text: qsTr("Release the name…")
            busy: root.peer.busy
            onPressedAllowed: confirm.open()
        }
    }
    AppScrollBar { target: root }

    ConfirmSheet {
        id: confirm

        heading: qsTr("Release the name %1?").arg(root.peer.name)
        text: qsTr("Another device may then take this name with a key of its own. Do this when the device was set up anew and has lost its key.")
        confirmText: qsTr("Release")
        onConfirmed: root.peer.release()
    }
}
