// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The list of members with its head. Arrow keys move, Enter opens the drawer.
Rectangle {
    id: root

    required property AppViewModel app
    readonly property alias list: list

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.hairline

    PeerColumns {
        id: widths

        width: root.width
    }
    Rectangle {
        id: head

        x: 1
        y: 1
        width: root.width - 2
        height: headRow.implicitHeight
        radius: Theme.radiusCard - 1
        color: Theme.sunken

        RowLayout {
            id: headRow

            anchors.fill: parent
            anchors.leftMargin: Theme.m - 1
            anchors.rightMargin: Theme.m - 1
            spacing: Theme.m

            SortHeader {
                Layout.fillWidth: true
                Layout.preferredWidth: 100 + 30 + Theme.m
                name: qsTr("Name")
                current: root.app.peers.sortKey === PeersProxy.Name
                ascending: root.app.peers.ascending
                onClicked: root.app.peers.sortBy(PeersProxy.Name)
            }
            SortHeader {
                Layout.preferredWidth: widths.state
                name: qsTr("State")
                current: root.app.peers.sortKey === PeersProxy.State
                ascending: root.app.peers.ascending
                onClicked: root.app.peers.sortBy(PeersProxy.State)
            }
            SortHeader {
                Layout.preferredWidth: widths.address
                name: qsTr("Address")
                current: root.app.peers.sortKey === PeersProxy.Address
                ascending: root.app.peers.ascending
                onClicked: root.app.peers.sortBy(PeersProxy.Address)
            }
            SortHeader {
                Layout.preferredWidth: widths.traffic
                visible: widths.showTraffic
                name: qsTr("Traffic")
                current: root.app.peers.sortKey === PeersProxy.Traffic
                ascending: root.app.peers.ascending
                onClicked: root.app.peers.sortBy(PeersProxy.Traffic)
            }
            SortHeader {
                Layout.preferredWidth: widths.handshake
                visible: widths.showHandshake
                name: qsTr("Handshake")
                current: root.app.peers.sortKey === PeersProxy.Handshake
                ascending: root.app.peers.ascending
                onClicked: root.app.peers.sortBy(PeersProxy.Handshake)
            }
            SortHeader {
                Layout.preferredWidth: widths.zone
                visible: widths.showZone
                name: qsTr("Zone")
                current: root.app.peers.sortKey === PeersProxy.Zone
                ascending: root.app.peers.ascending
                onClicked: root.app.peers.sortBy(PeersProxy.Zone)
            }
            AppLabel {
                Layout.preferredWidth: widths.services
                visible: widths.showServices
                text: qsTr("Services")
                kind: AppLabel.Small
                font.weight: Font.DemiBold
                color: Theme.textTertiary
            }
            SortHeader {
                Layout.preferredWidth: widths.joined
                visible: widths.showJoined
                name: qsTr("Joined")
                current: root.app.peers.sortKey === PeersProxy.Joined
                ascending: root.app.peers.ascending
                onClicked: root.app.peers.sortBy(PeersProxy.Joined)
            }
        }
    }
    ListView {
        id: list

        anchors.top: head.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 1
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        // Rows are made when they are seen: Qt 6.4 warns when a search takes away rows that it makes ahead.
        cacheBuffer: 0
        model: root.app.peers
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Members")

        Keys.onReturnPressed: root.app.peer.show(root.app.peers.idAt(list.currentIndex))
        Keys.onEnterPressed: root.app.peer.show(root.app.peers.idAt(list.currentIndex))
        Keys.onEscapePressed: root.app.peer.close()
        onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

        delegate: PeerRow {
            required property int index

            width: ListView.view.width
            columns: widths
            shown: root.app.peer.open && root.app.peer.peerId === peerId
            hasKeyboard: ListView.isCurrentItem && list.activeFocus
            onClicked: {
                list.currentIndex = index;
                root.app.peer.show(peerId);
            }
        }
        AppScrollBar { target: list }
    }
}
