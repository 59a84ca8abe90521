// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// All members of the mesh, with search and a drawer for one.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property int margin: root.width < 780 ? Theme.l : Theme.xl
    /// The drawer stands beside the list where both fit, and over it otherwise.
    readonly property bool beside: root.width >= 860

    signal inviteAsked
    signal simulationAsked
    /// From one member to another; an empty name is asked for.
    signal accessAsked(string from, string to)
    signal graphAsked(string peerId)

    function find() { search.forceActiveFocus(Qt.ShortcutFocusReason); }
    /// Of the member that is shown, or else of the one chosen in the list.
    function copy(name: bool) {
        const row = table.list.activeFocus ? table.list.currentItem as PeerRow : null;
        const peer = root.app.peer;
        if (peer.open) {
            root.app.copy(name ? peer.name : peer.addressIpv4.length > 0 ? peer.addressIpv4
                                                                         : peer.addressIpv6,
                name ? qsTr("Name") : qsTr("Address"));
        } else if (row) {
            root.app.copy(name ? row.name : row.address, name ? qsTr("Name") : qsTr("Address"));
        }
    }
    function showTab(tab: int) { drawer.tab = tab; }
    function focusList() { table.list.forceActiveFocus(Qt.ShortcutFocusReason); }

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: root.margin
        anchors.topMargin: root.margin
        anchors.bottomMargin: root.margin
        anchors.rightMargin: root.margin + (root.beside && drawer.open ? drawer.width : 0)
        spacing: Theme.m

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppLabel {
                    text: qsTr("Members")
                    kind: AppLabel.Title
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: root.app.allPeers.count > 0
                        ? qsTr("%1. A member is a device of the mesh, not somebody on this computer.")
                            .arg(root.app.peers.countText)
                        : qsTr("Devices of this mesh, wherever they are")
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                }
            }
            AppTextField {
                id: search

                Layout.preferredWidth: Math.round(240 * Theme.textScale)
                Layout.minimumWidth: 140
                Layout.fillWidth: true
                Layout.maximumWidth: Math.round(280 * Theme.textScale)
                name: qsTr("Search members")
                placeholderText: qsTr("Name, address, key, service")
                iconName: "search"
                text: root.app.peers.searchText
                onTextEdited: root.app.peers.searchText = text
                Keys.onDownPressed: root.focusList()
                Keys.onEscapePressed: root.app.peers.searchText = ""
            }
        }
        PeerFilters {
            Layout.fillWidth: true
            // Where there is little room the selection takes their place.
            visible: root.app.allPeers.count > 1
                && (!root.app.peers.selecting || root.height > 560 * Theme.textScale)
            peers: root.app.peers
        }
        PeerSelection {
            Layout.fillWidth: true
            visible: root.app.peers.selecting
            app: root.app
        }
        Banner {
            Layout.fillWidth: true
            visible: root.app.connection.stale && root.app.allPeers.count > 0
            tone: Look.Warn
            word: qsTr("Not current")
            text: root.app.lost
                ? qsTr("This is the last that was known: nobody tells what happens now.")
                : qsTr("This is the last that was known: the node is not in the mesh now.")
        }
        PeersTable {
            id: table

            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.app.peers.count > 0
            opacity: root.app.connection.stale ? 0.75 : 1
            app: root.app
            onMenuAsked: (peerId, name, x, y) => menu.ask(peerId, name, table, x, y)
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.app.peers.count === 0

            EmptyState {
                anchors.centerIn: parent
                width: Math.min(parent.width, 480)
                visible: root.app.allPeers.count > 0
                iconName: "search"
                text: qsTr("No members match")
                actionText: qsTr("Clear the filters")
                onActed: root.app.peers.clearFilters()
            }
            EmptyState {
                anchors.centerIn: parent
                width: Math.min(parent.width, 480)
                visible: root.app.allPeers.count === 0
                iconName: "peers"
                text: root.app.connection.inMesh ? qsTr("Reading the members…")
                                                 : qsTr("Not in the mesh")
                detail: root.app.connection.inMesh ? ""
                    : qsTr("The members of the mesh appear here once this node is connected.")
                actionText: root.app.connection.inMesh ? "" : root.app.connection.actionText
                actionHint: root.app.connection.actionHint
                onActed: root.app.connection.act()
            }
        }
        RowLayout {
            Layout.fillWidth: true
            visible: root.app.allPeers.count === 1
            spacing: Theme.m

            AppLabel {
                Layout.fillWidth: true
                text: qsTr("You are alone in this mesh.")
                color: Theme.textSecondary
            }
            AppButton {
                kind: AppButton.Primary
                iconName: "invite"
                text: qsTr("Invite a device")
                hint: root.app.connection.inviteHint
                onPressedAllowed: root.inviteAsked()
            }
        }
    }
    PeerDrawer {
        id: drawer

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: Math.min(root.width, Math.round(408 * Math.min(1.35, Theme.textScale)))
        app: root.app
        onSimulationAsked: root.simulationAsked()
        onCloseAsked: {
            root.app.peer.close();
            root.focusList();
        }
    }
    PeerMenu {
        id: menu

        app: root.app
        onAccessAsked: (from, to) => root.accessAsked(from, to)
        onGraphAsked: peerId => root.graphAsked(peerId)
    }
}
