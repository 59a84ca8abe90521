// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// The frame of the window: rail, head, page, status bar.
FocusScope {
    id: root

    required property AppViewModel app
    required property string page
    required property bool narrow

    signal pageAsked(string page)
    signal addAsked
    signal attachAsked
    signal inviteAsked
    signal shortcutsAsked
    signal paletteAsked
    signal simulationAsked
    signal accessAsked(string from, string to)

    /// As the pages have it.
    readonly property int margin: body.width < 780 ? Theme.l : Theme.xl

    function chooseMesh() { rail.chooseMesh(); }
    function rulesPage(): PolicyPage {
        return root.page === "routes" ? (routes.item as RoutesPage)?.rules ?? null
                                      : access.item as PolicyPage;
    }
    function showPeerTab(tab: int) { (peers.item as PeersPage)?.showTab(tab); }
    function showPing() { (diagnose.item as DiagnosePage)?.showPing(); }
    function find() {
        if (root.page === "peers") { (peers.item as PeersPage)?.find(); }
        else if (root.page === "graph") { (graph.item as GraphPage)?.find(); }
        else if (root.page === "routes") { (routes.item as RoutesPage)?.find(); }
        else if (root.page === "diagnose") { (diagnose.item as DiagnosePage)?.find(); }
        else { root.rulesPage()?.find(); }
    }
    /// What is chosen in the list: its address, or with `name` its name.
    function copy(name: bool) {
        if (root.page === "peers") { (peers.item as PeersPage)?.copy(name); }
        else if (root.page === "graph") { (graph.item as GraphPage)?.copy(name); }
        else if (root.page === "routes") { (routes.item as RoutesPage)?.copy(name); }
    }
    /// By that factor; 0 shows all of it.
    function zoom(factor: real) {
        if (root.page === "graph") { (graph.item as GraphPage)?.zoom(factor); }
    }
    function reviewDraft() { (changes.item as ChangesPage)?.review(); }
    function applyDraft() { (changes.item as ChangesPage)?.apply(); }
    function showNotifications() { bell.openList(); }
    function makeNew() {
        if (root.page === "routes") { (routes.item as RoutesPage)?.askNew(); }
        else { root.rulesPage()?.askNew(); }
    }
    function nextRegion() {
        if (rail.activeFocus) { body.nextItemInFocusChain(true).forceActiveFocus(Qt.ShortcutFocusReason); }
        else { rail.focusCurrent(); }
    }

    Rail {
        id: rail

        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: implicitWidth
        app: root.app
        page: root.page
        narrow: root.narrow
        onPageAsked: page => root.pageAsked(page)
        onAddAsked: root.addAsked()
    }
    Item {
        id: head

        anchors.left: rail.right
        anchors.right: parent.right
        height: Theme.controlHeight + 2 * Theme.m

        RowLayout {
            anchors.fill: parent
            anchors.leftMargin: root.margin
            anchors.rightMargin: root.margin
            spacing: Theme.m

            StatePill {
                Layout.maximumWidth: Math.round(head.width * (draft.visible ? 0.35 : 0.5))
                visible: !root.app.loading
                connection: root.app.connection
            }
            Item { Layout.fillWidth: true }
            SearchButton {
                compact: head.width < 720 * Theme.textScale
                onClicked: root.paletteAsked()
            }
            AppButton {
                id: draft

                readonly property string words: qsTr("Draft: %n edit(s)", "", root.app.changes.count)

                visible: root.app.changes.count > 0
                iconName: "changes"
                text: root.narrow ? root.app.changes.count : draft.words
                Accessible.name: draft.words
                onPressedAllowed: root.pageAsked("changes")
            }
            AppButton {
                visible: root.app.connection.exists
                iconName: "invite"
                text: qsTr("Invite a device")
                hint: root.app.connection.inviteHint
                onPressedAllowed: root.inviteAsked()
            }
            NotificationBell {
                id: bell

                centre: root.app.notifications
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.hairline
        }
    }
    Column {
        id: banners

        anchors.left: rail.right
        anchors.right: parent.right
        anchors.top: head.bottom
        anchors.leftMargin: root.margin
        anchors.rightMargin: root.margin
        anchors.topMargin: sandbox.visible || lost.visible || readOnly.visible || waiting.visible ? Theme.l : 0
        spacing: Theme.s

        SandboxBanner {
            id: sandbox

            width: parent.width
            firstRun: root.app.firstRun
        }
        Banner {
            id: lost

            width: parent.width
            visible: root.app.lost
            tone: Look.Error
            word: qsTr("Error")
            text: qsTr("The background service is not answering.")
            detail: root.app.linkErrorText
        }
        Banner {
            id: readOnly

            width: parent.width
            visible: root.app.readOnlyText.length > 0
            tone: Look.Warn
            word: qsTr("Warning")
            text: root.app.readOnlyText
        }
        WaitingBanner {
            id: waiting

            width: parent.width
            visible: root.app.changes.waiting.waits
            waiting: root.app.changes.waiting
        }
    }
    Item {
        id: body

        anchors.left: rail.right
        anchors.right: parent.right
        anchors.top: banners.bottom
        anchors.bottom: status.top

        Loader {
            anchors.fill: parent
            visible: root.page === "overview"
            active: visible || status === Loader.Ready
            sourceComponent: OverviewPage {
                app: root.app
                onAttachAsked: root.attachAsked()
                onInviteAsked: root.inviteAsked()
                onPeersAsked: root.pageAsked("peers")
            }
        }
        Loader {
            id: peers

            anchors.fill: parent
            visible: root.page === "peers"
            active: visible || status === Loader.Ready
            sourceComponent: PeersPage {
                app: root.app
                onInviteAsked: root.inviteAsked()
                onSimulationAsked: root.simulationAsked()
                onAccessAsked: (from, to) => root.accessAsked(from, to)
                onGraphAsked: peerId => {
                    root.pageAsked("graph");
                    (graph.item as GraphPage)?.reveal(peerId);
                }
            }
        }
        Loader {
            id: graph

            anchors.fill: parent
            visible: root.page === "graph"
            active: visible || status === Loader.Ready
            sourceComponent: GraphPage {
                app: root.app
                onInviteAsked: root.inviteAsked()
                onAccessAsked: (from, to) => root.accessAsked(from, to)
            }
        }
        Loader {
            id: routes

            anchors.fill: parent
            visible: root.page === "routes"
            active: visible || status === Loader.Ready
            sourceComponent: RoutesPage { app: root.app }
        }
        Loader {
            id: access

            anchors.fill: parent
            visible: root.page === "access"
            active: visible || status === Loader.Ready
            sourceComponent: AccessPage {
                app: root.app
                onSecondAsked: root.simulationAsked()
            }
        }
        Loader {
            id: changes

            anchors.fill: parent
            visible: root.page === "changes"
            active: visible || status === Loader.Ready
            sourceComponent: ChangesPage {
                app: root.app
                onAccessAsked: root.pageAsked("access")
            }
        }
        Loader {
            id: diagnose

            anchors.fill: parent
            visible: root.page === "diagnose"
            active: visible || status === Loader.Ready
            sourceComponent: DiagnosePage { app: root.app }
        }
        Loader {
            anchors.fill: parent
            visible: root.page === "settings"
            active: visible || status === Loader.Ready
            sourceComponent: SettingsPage {
                app: root.app
                onAddAsked: root.addAsked()
                onAttachAsked: root.attachAsked()
                onShortcutsAsked: root.shortcutsAsked()
            }
        }
    }
    StatusBar {
        id: status

        anchors.left: rail.right
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        app: root.app
        margin: root.margin
    }
}
