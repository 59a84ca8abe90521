// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import Weft

/// The window.
Window {
    id: root

    required property AppViewModel app
    property string page: "overview"
    /// Adding a mesh although there is one.
    property bool adding: false

    readonly property bool listsRules: root.page === "access" || root.page === "routes"
    readonly property bool firstRun: root.app.needsFirstRun || root.adding
    readonly property bool narrow: root.width < 980 * Math.min(1.2, Theme.textScale)

    signal quitAsked

    function goTo(page: string) {
        root.adding = false;
        root.page = page;
    }
    function addMesh(step: string) {
        root.adding = true;
        first.start = step;
    }
    function invite() {
        if (root.app.connection.canInvite) {
            inviteLoader.active = true;
            (inviteLoader.item as InviteSheet).open();
        }
    }
    function showShortcuts() {
        shortcutsLoader.active = true;
        (shortcutsLoader.item as ShortcutsSheet).open();
    }
    function showPalette() {
        paletteLoader.active = true;
        (paletteLoader.item as CommandPalette).show();
    }
    function showPeer(peerId: string, tab: int) {
        root.goTo("peers");
        root.app.peer.show(peerId);
        (shell.item as Shell)?.showPeerTab(tab);
    }
    function ping() {
        root.goTo("diagnose");
        if (root.app.peer.open) { root.app.diagnose.ping.choosePeer(root.app.peer.peerId); }
        (shell.item as Shell)?.showPing();
    }
    /// Whether members may talk; empty names are asked for.
    function simulate(from: string, to: string) {
        simulatorLoader.active = true;
        root.app.simulator.open(from, to);
        (simulatorLoader.item as SimulatorSheet).open();
    }
    function writeRule(accepts: bool) {
        const rule = root.app.access.rule;
        root.goTo("access");
        rule.openNew();
        rule.accepts = accepts;
        rule.withWayBack = accepts;
        rule.sources = [root.app.simulator.from.trim()];
        rule.destinations = [root.app.simulator.to.trim()];
    }
    function run(action: string) {
        switch (action) {
        case "palette": root.showPalette(); break;
        case "simulate":
            root.simulate(root.app.connection.nodeId, root.app.peer.open ? root.app.peer.name : "");
            break;
        case "act": root.app.connection.act(); break;
        case "choose": (shell.item as Shell)?.chooseMesh(); break;
        case "next": root.app.showNextProfile(); break;
        case "find":
            if (!root.listsRules && root.page !== "graph" && root.page !== "diagnose") { root.goTo("peers"); }
            (shell.item as Shell)?.find();
            break;
        case "new":
            if (root.listsRules) { (shell.item as Shell)?.makeNew(); } else { root.invite(); }
            break;
        case "ping": root.ping(); break;
        case "copy": (shell.item as Shell)?.copy(false); break;
        case "copyName": (shell.item as Shell)?.copy(true); break;
        case "zoomIn": (shell.item as Shell)?.zoom(1.25); break;
        case "zoomOut": (shell.item as Shell)?.zoom(0.8); break;
        case "zoomFit": (shell.item as Shell)?.zoom(0); break;
        case "review":
            root.goTo("changes");
            (shell.item as Shell)?.reviewDraft();
            break;
        case "apply": if (root.page === "changes") { (shell.item as Shell)?.applyDraft(); } break;
        case "undo": if (root.listsRules) { root.app.access.undo(); } break;
        case "region": (shell.item as Shell)?.nextRegion(); break;
        case "invite": root.invite(); break;
        case "sandbox": root.app.firstRun.openSandbox(); break;
        case "leaveSandbox": root.app.firstRun.leaveSandbox(); break;
        case "shortcuts": root.showShortcuts(); break;
        case "notifications": (shell.item as Shell)?.showNotifications(); break;
        case "hide": root.close(); break;
        case "quit": root.quitAsked(); break;
        default: root.goTo(action);
        }
    }

    width: 1120
    height: 740
    minimumWidth: 840
    minimumHeight: 560
    color: Theme.bg
    title: root.app.connection.exists
        ? qsTr("%1: %2 – Weft").arg(root.app.connection.profileName).arg(root.app.connection.word)
        : qsTr("Weft")
    LayoutMirroring.enabled: Theme.mirrored
    LayoutMirroring.childrenInherit: true

    Binding { target: Theme; property: "dark"; value: root.app.appearance.dark }
    Binding { target: Theme; property: "highContrast"; value: root.app.appearance.highContrast }
    Binding { target: Theme; property: "compact"; value: root.app.appearance.compact }
    Binding { target: Theme; property: "textScale"; value: root.app.appearance.textPercent / 100 }
    Binding { target: Theme; property: "reduceMotion"; value: root.app.appearance.reduceMotion }

    ShortcutTable {
        id: shortcuts

        // What works on the page alone has no place among what can be done from everywhere.
        Component.onCompleted: {
            const here = ["palette", "region", "find", "new", "copy", "copyName", "choose", "next",
                          "act", "apply", "undo", "zoomIn", "zoomOut", "zoomFit"];
            for (let i = 0; i < shortcuts.entries.length; ++i) {
                const one = shortcuts.entries[i] as ShortcutEntry;
                if (!here.includes(one.action)) {
                    root.app.palette.addAction(one.action, one.text, one.keys);
                }
            }
            if (root.app.firstRun.canExplore) {
                root.app.palette.addAction("sandbox", qsTr("Explore with a sandbox"), "");
            }
            if (root.app.firstRun.sandbox) {
                root.app.palette.addAction("leaveSandbox", qsTr("Leave the sandbox"), "");
            }
            root.app.palette.addAction("invite", qsTr("Invite a device"), "");
            // Last, so that nobody disconnects by a Return too many.
            root.app.palette.addAction("act", qsTr("Connect or disconnect"), "Ctrl+Shift+C");
        }
    }
    Repeater {
        model: shortcuts.entries

        Item {
            id: entry

            required property ShortcutEntry modelData
            readonly property bool always: entry.modelData.action === "quit"
                || entry.modelData.action === "hide" || entry.modelData.action === "shortcuts"

            Shortcut {
                sequences: [entry.modelData.keys, entry.modelData.more]
                enabled: !root.firstRun || entry.always
                onActivated: root.run(entry.modelData.action)
            }
        }
    }
    Loader {
        id: shell

        anchors.fill: parent
        active: !root.firstRun || status === Loader.Ready
        visible: !root.firstRun
        focus: visible
        sourceComponent: Shell {
            app: root.app
            page: root.page
            narrow: root.narrow
            onPageAsked: page => root.goTo(page)
            onAddAsked: root.addMesh("choose")
            onAttachAsked: root.addMesh("attach")
            onInviteAsked: root.invite()
            onShortcutsAsked: root.showShortcuts()
            onPaletteAsked: root.showPalette()
            onSimulationAsked: root.run("simulate")
            onAccessAsked: (from, to) => root.simulate(from, to)
        }
    }
    Loader {
        id: first

        property string start: "choose"

        anchors.fill: parent
        active: root.firstRun
        focus: active
        sourceComponent: FirstRunPage {
            app: root.app
            canLeave: !root.app.needsFirstRun
            step: first.start
            onLeaveAsked: root.adding = false
        }
    }
    Loader {
        id: inviteLoader

        active: false
        sourceComponent: InviteSheet { app: root.app }
    }
    Loader {
        id: finishLoader

        active: false
        sourceComponent: FinishSheet {
            app: root.app
            onInviteAsked: root.invite()
        }
    }
    Loader {
        id: paletteLoader

        active: false
        sourceComponent: CommandPalette { palette: root.app.palette }
    }
    Loader {
        id: simulatorLoader

        active: false
        sourceComponent: SimulatorSheet {
            id: simulator

            app: root.app
            onRuleAsked: accepts => {
                simulator.close();
                root.writeRule(accepts);
            }
        }
    }
    Loader {
        id: consentLoader

        active: false
        sourceComponent: RouteConsentSheet { app: root.app }
    }
    Loader {
        id: shortcutsLoader

        active: false
        sourceComponent: ShortcutsSheet { table: shortcuts }
    }
    Toast {
        id: toast

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.huge
    }
    Connections {
        target: root.app

        function onToast(text: string) { toast.show(text); }
    }
    Connections {
        target: root.app.notifications

        function onOpenAsked(profileId: string, place: string) {
            if (place.length > 0) { root.run(place); }
        }
    }
    Connections {
        target: root.app.exits

        function onAsked() {
            consentLoader.active = true;
            (consentLoader.item as RouteConsentSheet).askFor(root.app.exits);
        }
    }
    Connections {
        target: root.app.palette

        function onActionAsked(action: string) { root.run(action); }
        function onAccessAsked(name: string) { root.simulate(root.app.connection.nodeId, name); }
        function onProfileAsked() { root.adding = false; }
        function onPeerAsked(peerId: string, tab: int) { root.showPeer(peerId, tab); }
    }
    Connections {
        target: root.app.firstRun

        function onFinished() {
            root.goTo("overview");
            if (!root.app.preferences.welcomed && !root.app.firstRun.sandbox) {
                finishLoader.active = true;
                (finishLoader.item as FinishSheet).open();
            }
        }
    }
}
