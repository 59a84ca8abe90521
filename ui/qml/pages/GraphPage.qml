// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The mesh as a picture or as a list: who is in it, what connects them, who may reach whom, and what
/// would be without one of them.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property GraphViewModel graph: root.app.graph
    readonly property int margin: root.width < 780 ? Theme.l : Theme.xl
    /// The drawers stand beside the picture where both fit, and over it otherwise.
    readonly property bool beside: root.width >= 860
    readonly property bool linking: root.app.access.edge.isOpen && root.editing
    readonly property int drawerWidth: root.linking ? edge.width : details.open ? details.width : 0
    property bool editing: false
    /// Why nothing can be changed; empty when it can.
    readonly property string lockedText: root.app.readOnlyText.length > 0 ? root.app.readOnlyText
        : !root.app.connection.inMesh ? qsTr("Connect first: links are kept by the mesh.")
        : root.app.access.known ? "" : qsTr("The links are still being read.")

    signal inviteAsked
    /// Whether members may talk; an empty name is asked for.
    signal accessAsked(string from, string to)

    function find() { tools.focusSearch(); }
    /// Of the chosen node: its address, or with `name` its name.
    function copy(name: bool) {
        const text = name ? root.graph.currentName : root.graph.addressAt(root.graph.current);
        if (text.length > 0) { root.app.copy(text, name ? qsTr("Name") : qsTr("Address")); }
    }
    /// By that factor; 0 fits all of it.
    function zoom(factor: real) {
        if (!root.graph.listing) { view.zoom(factor); }
    }
    function focusNodes() {
        if (root.graph.listing) { list.list.forceActiveFocus(Qt.ShortcutFocusReason); }
        else { view.focusCanvas(); }
    }
    function showNext() {
        const node = root.graph.nextMatch();
        if (node >= 0) {
            if (root.graph.listing) { list.reveal(node); } else { view.centreOn(node); }
        }
    }
    /// Shows a member, wherever it is.
    function reveal(peerId: string) {
        root.graph.choose(peerId);
        if (root.graph.current >= 0) {
            if (root.graph.listing) { list.reveal(root.graph.current); }
            else { view.centreOn(root.graph.current); }
        }
    }
    function openDetails(node: int) {
        if (node >= 0) { root.app.peer.show(root.graph.keyAt(node)); }
    }
    function openEdge(from: int, to: int) {
        root.editing = true;
        root.app.access.edge.openBetween(root.graph.idAt(from), to < 0 ? "" : root.graph.idAt(to));
        edge.focusFirst();
    }
    function showReach(node: int) {
        root.graph.current = node;
        root.graph.permissions = true;
    }
    /// To the node, from whom is asked for.
    function simulate(node: int) {
        const here = root.app.connection.nodeId;
        const name = root.graph.nameAt(node);
        root.accessAsked(name === here ? "" : here, name);
    }
    /// The innermost first. False: there was nothing to leave.
    function leave(): bool {
        if (root.linking) { edge.askClose(); }
        else if (root.graph.loss.open) { root.graph.loss.clear(); }
        else if (root.app.peer.open) { root.app.peer.close(); }
        else if (root.editing) { root.editing = false; }
        else if (root.graph.current >= 0) { root.graph.current = -1; }
        else { return false; }
        return true;
    }

    onVisibleChanged: root.graph.show(root.visible)
    Component.onCompleted: root.graph.show(root.visible)
    Keys.onEscapePressed: event => event.accepted = root.leave()

    Flickable {
        id: scroller

        anchors.fill: parent
        anchors.leftMargin: root.margin
        anchors.topMargin: root.margin
        anchors.bottomMargin: root.margin
        anchors.rightMargin: root.margin + (root.beside ? root.drawerWidth : 0)
        // Where large texts leave too little of the picture.
        interactive: contentHeight > height + 1
        contentHeight: column.height
        contentWidth: width
        boundsBehavior: Flickable.StopAtBounds
        clip: interactive

        ColumnLayout {
            id: column

            anchors.left: parent.left
            width: scroller.width - (scroller.interactive ? bar.width : 0)
            height: Math.max(scroller.height, column.implicitHeight)
            spacing: Theme.m

            GraphTools {
                id: tools

                Layout.fillWidth: true
                app: root.app
                editing: root.editing
                lockedText: root.lockedText
                onNextAsked: root.showNext()
                onNodesAsked: root.focusNodes()
                onEditAsked: root.editing = !root.editing
                onExportAsked: format => files.ask(format)
            }
            GraphNotes {
                Layout.fillWidth: true
                app: root.app
                editing: root.editing
                onEndAsked: root.editing = false
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: 240

                GraphView {
                    id: view

                    anchors.fill: parent
                    visible: root.graph.known && !root.graph.listing
                    opacity: root.app.connection.stale ? 0.75 : 1
                    app: root.app
                    editing: root.editing
                    onDetailsAsked: node => root.openDetails(node)
                    onMenuAsked: (node, x, y) => menu.ask(node, view, x, y)
                    onNeighboursAsked: (node, x, y) => neighbours.ask(node, view, x, y)
                    onLinkAsked: (from, to) => root.openEdge(from, to)
                    onSaved: (written, path) => root.graph.exporter.finish(written, path)
                }
                NodeList {
                    id: list

                    anchors.fill: parent
                    visible: root.graph.known && root.graph.listing && root.graph.list.count > 0
                    opacity: root.app.connection.stale ? 0.75 : 1
                    app: root.app
                    onDetailsAsked: node => root.openDetails(node)
                    onMenuAsked: (node, x, y) => menu.ask(node, list, x, y)
                    onNeighboursAsked: (node, x, y) => neighbours.ask(node, list, x, y)
                }
                GraphEmpty {
                    anchors.fill: parent
                    app: root.app
                }
            }
            ChosenNode {
                Layout.fillWidth: true
                visible: root.graph.known
                app: root.app
                onDetailsAsked: root.openDetails(root.graph.current)
            }
            RowLayout {
                Layout.fillWidth: true
                visible: root.graph.count === 1
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

        AppScrollBar {
            id: bar

            target: scroller
        }
    }
    PeerDrawer {
        id: details

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: Math.min(root.width, Math.round(408 * Math.min(1.35, Theme.textScale)))
        visible: open && !root.linking
        app: root.app
        onCloseAsked: {
            root.app.peer.close();
            root.focusNodes();
        }
    }
    EdgeDrawer {
        id: edge

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: Math.min(root.width, Math.round(400 * Math.min(1.25, Theme.textScale)))
        visible: root.linking
        app: root.app
        onClosed: root.focusNodes()
    }
    NodeMenu {
        id: menu

        app: root.app
        lockedText: root.lockedText
        onDetailsAsked: node => root.openDetails(node)
        onReachAsked: node => root.showReach(node)
        onSimulationAsked: node => root.simulate(node)
        onLinkAsked: node => root.openEdge(node, -1)
    }
    NeighbourMenu {
        id: neighbours

        graph: root.graph
        onWalked: node => {
            if (root.graph.listing) { list.reveal(node); } else { view.reveal(node); }
        }
    }
    ExportSheet {
        id: files

        graph: root.graph
        onPictureAsked: path => view.save(path)
    }
}
