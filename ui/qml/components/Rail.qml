// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The left edge: the mesh, and the pages.
Rectangle {
    id: root

    required property AppViewModel app
    required property string page
    required property bool narrow

    signal pageAsked(string page)
    signal addAsked

    function chooseMesh() { switcher.openList(); }
    function focusCurrent() {
        const items = { peers: peers, graph: graph, routes: routes, access: access,
            changes: changes, diagnose: diagnose, settings: settings };
        const item = items[root.page] ?? overview;
        item.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    implicitWidth: root.narrow ? 64 : Math.round(208 * Math.min(1.3, Theme.textScale))
    color: Theme.bg

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.hairline
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.s
        anchors.rightMargin: Theme.s + 1
        spacing: Theme.xs

        MeshSwitcher {
            id: switcher

            Layout.fillWidth: true
            Layout.bottomMargin: Theme.m
            app: root.app
            narrow: root.narrow
            onAddAsked: root.addAsked()
        }
        NavItem {
            id: overview

            Layout.fillWidth: true
            name: qsTr("Overview")
            iconName: "overview"
            current: root.page === "overview"
            narrow: root.narrow
            onClicked: root.pageAsked("overview")
        }
        NavItem {
            id: peers

            Layout.fillWidth: true
            name: qsTr("Members")
            iconName: "peers"
            current: root.page === "peers"
            narrow: root.narrow
            badge: root.app.allPeers.count > 0 ? root.app.allPeers.count : ""
            onClicked: root.pageAsked("peers")
        }
        NavItem {
            id: graph

            Layout.fillWidth: true
            name: qsTr("Graph")
            iconName: "graph"
            current: root.page === "graph"
            narrow: root.narrow
            onClicked: root.pageAsked("graph")
        }
        NavItem {
            id: routes

            Layout.fillWidth: true
            name: qsTr("Routes")
            iconName: "route"
            current: root.page === "routes"
            narrow: root.narrow
            onClicked: root.pageAsked("routes")
        }
        NavItem {
            id: access

            Layout.fillWidth: true
            name: qsTr("Access")
            iconName: "lock"
            current: root.page === "access"
            narrow: root.narrow
            onClicked: root.pageAsked("access")
        }
        NavItem {
            id: changes

            Layout.fillWidth: true
            name: qsTr("Changes")
            iconName: "changes"
            current: root.page === "changes"
            narrow: root.narrow
            badge: root.app.changes.count > 0 ? root.app.changes.count : ""
            onClicked: root.pageAsked("changes")
        }
        NavItem {
            id: diagnose

            Layout.fillWidth: true
            name: qsTr("Diagnose")
            iconName: "pulse"
            current: root.page === "diagnose"
            narrow: root.narrow
            onClicked: root.pageAsked("diagnose")
        }
        Item { Layout.fillHeight: true }
        NavItem {
            id: settings

            Layout.fillWidth: true
            name: qsTr("Settings")
            iconName: "settings"
            current: root.page === "settings"
            narrow: root.narrow
            onClicked: root.pageAsked("settings")
        }
    }
}
