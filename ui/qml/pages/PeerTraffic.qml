// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What the tunnel of this node knows of a member. Nothing without a tunnel.
ColumnLayout {
    id: root

    required property PeerDetails peer
    required property TrafficViewModel traffic

    visible: root.peer.hasTunnel
    spacing: 0

    TrafficCard {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.s
        title: qsTr("Traffic")
        inset: 0
        border.width: 0
        traffic: root.traffic
    }

    FactRow {
        Layout.fillWidth: true
        label: qsTr("Handshake")
        value: root.peer.handshake
    }
    FactRow {
        Layout.fillWidth: true
        label: qsTr("Received")
        value: root.peer.received
    }
    FactRow {
        Layout.fillWidth: true
        label: qsTr("Sent")
        value: root.peer.sent
    }
    FactRow {
        Layout.fillWidth: true
        label: qsTr("Way")
        value: root.peer.path
    }
    FactRow {
        Layout.fillWidth: true
        label: qsTr("Now at")
        value: root.peer.currentEndpoint
        mono: true
    }
    FactRow {
        Layout.fillWidth: true
        label: qsTr("Sessions")
        value: root.peer.sessions
    }
    FactRow {
        Layout.fillWidth: true
        label: qsTr("Dropped")
        value: root.peer.drops
    }
    Rectangle {
        Layout.fillWidth: true
        Layout.topMargin: Theme.s
        Layout.bottomMargin: Theme.s
        implicitHeight: 1
        color: Theme.hairline
    }
}
