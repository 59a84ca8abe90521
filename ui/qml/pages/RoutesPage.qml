// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// The networks that the mesh leads to: in use, offered by others, refused, offered here, and all
/// that the mesh has.
FocusScope {
    id: root

    required property AppViewModel app
    property int tab: 0
    readonly property RoutesViewModel routes: root.app.routes
    /// The editor of all routes, while it is shown.
    readonly property PolicyPage rules: root.ofMesh ? all.item as PolicyPage : null
    readonly property bool ofMesh: root.tab === 4
    readonly property int margin: root.width < 780 ? Theme.l : Theme.xl
    // var: bindings index them.
    readonly property var models: [root.routes.inUse, root.routes.offered, root.routes.refused,
        root.routes.own]
    readonly property var emptyTexts: [qsTr("No routes in use"), qsTr("Nothing is offered"),
        qsTr("Nothing is refused"), qsTr("This node offers no networks")]
    readonly property var emptyDetails: [
        qsTr("Networks of the mesh and behind its members appear here once packets for them go into the tunnel."),
        qsTr("What members offer besides the routes in use waits here for your answer, a way to the Internet first of all."),
        qsTr("What you have refused stands here, and can still be accepted."),
        qsTr("Add a route under “Whole mesh”, and name its network in the configuration of this node (mesh.routes).")]
    readonly property RoutesModel model: root.models[Math.min(root.tab, 3)]
    /// Why nothing can be answered; empty when it can.
    readonly property string lockedText: root.app.readOnlyText.length > 0 ? root.app.readOnlyText
        : !root.app.connection.inMesh ? qsTr("Connect first: an answer is for what members offer now.")
        : root.routes.busy ? qsTr("Your last answer is being kept.") : ""

    /// The name of a part: with what was found in it while somebody searches.
    function partName(name: string, index: int): string {
        return root.routes.searchText.length > 0
            ? qsTr("%1 (%2)").arg(name).arg(root.models[index].count) : name;
    }
    function find() {
        if (root.ofMesh) { root.rules?.find(); }
        else { search.forceActiveFocus(Qt.ShortcutFocusReason); }
    }
    function copy(name: bool) {
        if (!root.ofMesh && networks.list.activeFocus) {
            if (name) { networks.copyNode(); } else { networks.copyNetwork(); }
        }
    }
    function askNew() {
        root.tab = 4;
        root.rules?.askNew();
    }
    function accept(row: RouteRow) {
        if (row.consequences.length > 0) { consent.ask(row); } else { root.routes.accept(row.routeKey); }
    }

    onVisibleChanged: root.routes.show(root.visible)
    Component.onCompleted: root.routes.show(root.visible)

    ColumnLayout {
        anchors.fill: parent
        anchors.topMargin: root.margin
        spacing: Theme.l

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: root.margin
            Layout.rightMargin: root.margin
            spacing: Theme.m

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppLabel {
                    text: qsTr("Routes")
                    kind: AppLabel.Title
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: qsTr("Networks that this computer reaches through the mesh, or offers to it")
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                }
            }
            AppTextField {
                id: search

                Layout.preferredWidth: Math.round(240 * Theme.textScale)
                Layout.minimumWidth: 140
                visible: !root.ofMesh && root.routes.known
                name: qsTr("Search routes")
                placeholderText: qsTr("Network, member, state")
                iconName: "search"
                text: root.routes.searchText
                onTextEdited: root.routes.searchText = text
                Keys.onDownPressed: networks.list.forceActiveFocus(Qt.ShortcutFocusReason)
                Keys.onEscapePressed: root.routes.searchText = ""
            }
        }
        PolicyTabs {
            Layout.fillWidth: true
            Layout.leftMargin: root.margin
            Layout.rightMargin: root.margin
            sections: [
                { name: root.partName(qsTr("In use"), 0) },
                { name: root.routes.asked > 0 && root.routes.searchText.length === 0
                        ? qsTr("Offered (%1)").arg(root.routes.asked)
                        : root.partName(qsTr("Offered"), 1) },
                { name: root.partName(qsTr("Refused"), 2) },
                { name: root.partName(qsTr("Offered here"), 3) },
                { name: qsTr("Whole mesh") }
            ]
            index: root.tab
            onChosen: index => root.tab = index
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: root.margin
            Layout.rightMargin: root.margin
            Layout.bottomMargin: root.margin
            visible: !root.ofMesh
            spacing: Theme.l

            Banner {
                Layout.fillWidth: true
                visible: root.routes.answerError.length > 0
                tone: Look.Error
                word: qsTr("Error")
                text: root.routes.answerError
                actionText: qsTr("Try again")
                closable: true
                onActed: root.routes.answerAgain()
                onClosed: root.routes.dismissAnswerError()
            }
            Banner {
                Layout.fillWidth: true
                visible: root.routes.errorText.length > 0 && root.app.connection.inMesh
                tone: Look.Error
                word: qsTr("Error")
                text: root.routes.errorText
                actionText: qsTr("Try again")
                onActed: root.routes.refresh()
            }
            Banner {
                Layout.fillWidth: true
                visible: root.app.connection.stale && root.routes.known
                tone: Look.Warn
                word: qsTr("Not current")
                text: root.app.lost
                    ? qsTr("This is the last that was known: nobody tells what happens now.")
                    : qsTr("This is the last that was known: the node is not in the mesh now.")
            }
            ColumnLayout {
                Layout.fillWidth: true
                visible: !root.routes.known && root.app.connection.inMesh
                    && root.routes.errorText.length === 0
                spacing: Theme.s

                Repeater {
                    model: 3

                    Skeleton {
                        Layout.fillWidth: true
                        implicitHeight: Theme.rowHeight + Theme.l
                    }
                }
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                RouteList {
                    id: networks

                    anchors.fill: parent
                    visible: root.routes.known && root.model.count > 0
                    opacity: root.app.connection.stale ? 0.75 : 1
                    routes: root.routes
                    model: root.model
                    name: qsTr("Routes")
                    lockedText: root.lockedText
                    onAcceptAsked: row => root.accept(row)
                    onCopyAsked: (value, what) => root.app.copy(value, what)
                }
                EmptyState {
                    anchors.centerIn: parent
                    width: Math.min(parent.width, 480)
                    visible: root.routes.known && root.model.count === 0 && root.model.total > 0
                    iconName: "search"
                    text: qsTr("No routes match")
                    detail: qsTr("What was found in the other parts stands behind their names.")
                    actionText: qsTr("Clear the search")
                    onActed: root.routes.searchText = ""
                }
                EmptyState {
                    anchors.centerIn: parent
                    width: Math.min(parent.width, 480)
                    visible: root.routes.known && root.model.total === 0
                    iconName: "route"
                    text: root.emptyTexts[Math.min(root.tab, 3)]
                    detail: root.emptyDetails[Math.min(root.tab, 3)]
                }
                EmptyState {
                    anchors.centerIn: parent
                    width: Math.min(parent.width, 480)
                    visible: !root.routes.known && !root.app.connection.inMesh
                    iconName: "route"
                    text: qsTr("Not in the mesh")
                    detail: qsTr("Routes appear here once this node is connected.")
                    actionText: root.app.connection.actionText
                    actionHint: root.app.connection.actionHint
                    onActed: root.app.connection.act()
                }
            }
        }
        Loader {
            id: all

            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.ofMesh
            active: visible || status === Loader.Ready
            sourceComponent: MeshRoutesPage { app: root.app }
        }
    }
    RouteConsentSheet {
        id: consent

        app: root.app
    }
}
