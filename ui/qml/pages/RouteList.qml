// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// Networks of one part of the page. Arrow keys move, Enter accepts, Delete refuses, the menu key or
/// the right button shows what can be copied; Tab goes through the buttons.
Rectangle {
    id: root

    required property RoutesViewModel routes
    required property RoutesModel model
    required property string name
    /// Why nothing can be answered; empty when it can.
    required property string lockedText
    readonly property alias list: list
    readonly property RouteRow current: list.currentItem as RouteRow

    signal acceptAsked(RouteRow row)
    signal copyAsked(string value, string what)

    function accept() {
        if (root.current?.canAccept && root.lockedText.length === 0) {
            root.acceptAsked(root.current);
        }
    }
    function refuse() {
        if (root.current?.canRefuse && root.lockedText.length === 0) {
            root.routes.refuse(root.current.routeKey);
        }
    }

    function copyNetwork() {
        if (root.current) { root.copyAsked(root.current.network, qsTr("Network")); }
    }
    function copyNode() {
        if (root.current?.node.length > 0) { root.copyAsked(root.current.node, qsTr("Member")); }
    }
    function showMenu(x: real, y: real) {
        if (!root.current) { return; }
        const network = { text: qsTr("Copy the network"), detail: root.current.network };
        const node = { text: qsTr("Copy the member"), detail: root.current.node };
        menu.lines = node.detail.length > 0 ? [network, node] : [network];
        menu.openAt(list, x, y);
    }

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.border
    border.color: Theme.hairline

    ListView {
        id: list

        anchors.fill: parent
        anchors.margins: 1
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        cacheBuffer: 0
        model: root.model
        Accessible.role: Accessible.List
        Accessible.name: root.name

        Keys.onReturnPressed: root.accept()
        Keys.onEnterPressed: root.accept()
        Keys.onDeletePressed: root.refuse()
        Keys.onMenuPressed: root.showMenu(Theme.xl, list.currentItem.y - list.contentY + Theme.l)
        onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

        delegate: RouteRow {
            id: row

            required property int index

            width: ListView.view.width
            hasKeyboard: ListView.isCurrentItem && list.activeFocus
            busy: root.routes.busyKey === row.routeKey
            lockedText: root.lockedText
            onClicked: {
                list.currentIndex = row.index;
                list.forceActiveFocus(Qt.MouseFocusReason);
            }
            onMenuAsked: (x, y) => {
                list.currentIndex = row.index;
                root.showMenu(x, row.y - list.contentY + y);
            }
            onButtonHasKeyboardChanged: if (row.buttonHasKeyboard) { follower.follow(row.index); }
            onAcceptAsked: root.acceptAsked(row)
            onRefuseAsked: root.routes.refuse(row.routeKey)
            onForgetAsked: root.routes.forget(row.routeKey)
        }
        AppScrollBar { target: list }
        RowFollower { id: follower; list: list }
    }
    RowMenu {
        id: menu

        name: qsTr("What to copy")
        onChosen: index => {
            if (index === 0) { root.copyNetwork(); } else { root.copyNode(); }
        }
    }
}
