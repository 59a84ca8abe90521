// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The list of members with its head. Arrow keys move, with Shift they select; Left and Right close
/// and open what is under a heading; Enter opens the drawer.
Rectangle {
    id: root

    required property AppViewModel app
    readonly property PeerList peers: root.app.peers
    readonly property alias list: list

    signal menuAsked(string peerId, string name, real x, real y)

    function pick(row: int, peerId: string, modifiers: int) {
        list.currentIndex = row;
        list.forceActiveFocus(Qt.MouseFocusReason);
        if (root.peers.isHeading(row)) { list.setOpen(row, (list.currentItem as PeerRow).collapsed); }
        else if (!root.peers.pick(row, modifiers)) { root.app.peer.show(peerId); }
    }

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.border
    border.color: Theme.hairline

    Binding {
        target: root.peers.columns
        property: "room"
        value: (root.width - (root.peers.selecting ? 30 : 0)) / Theme.textScale
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
                current: root.peers.sortKey === PeerColumns.Name
                ascending: root.peers.ascending
                onClicked: root.peers.sortBy(PeerColumns.Name)
            }
            SortHeader {
                Layout.preferredWidth: Math.round(root.peers.columns.stateWidth * Theme.textScale)
                name: qsTr("State")
                current: root.peers.sortKey === PeerColumns.State
                ascending: root.peers.ascending
                onClicked: root.peers.sortBy(PeerColumns.State)
            }
            Repeater {
                model: root.peers.columns.shown

                SortHeader {
                    required property var modelData  // { column, name, width, mono }

                    Layout.preferredWidth: Math.round(modelData.width * Theme.textScale)
                    name: modelData.name
                    current: root.peers.sortKey === modelData.column
                    ascending: root.peers.ascending
                    onClicked: root.peers.sortBy(modelData.column)
                }
            }
        }
    }
    ListView {
        id: list

        function setOpen(row: int, open: bool) {
            const heading = root.peers.setCollapsed(row, !open);
            if (heading >= 0) { list.currentIndex = heading; }
        }

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
        reuseItems: true
        model: root.peers
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Members")

        Keys.onReturnPressed: root.app.peer.show(root.peers.idAt(list.currentIndex))
        Keys.onEnterPressed: root.app.peer.show(root.peers.idAt(list.currentIndex))
        Keys.onEscapePressed: {
            if (root.peers.selecting) { root.peers.clearSelection(); } else { root.app.peer.close(); }
        }
        Keys.onLeftPressed: list.setOpen(list.currentIndex, false)
        Keys.onRightPressed: list.setOpen(list.currentIndex, true)
        Keys.onPressed: event => {
            const before = list.currentIndex;
            if (event.modifiers === Qt.ControlModifier && event.key === Qt.Key_A) {
                root.peers.selectAll();
            } else if (event.modifiers === Qt.ShiftModifier
                       && (event.key === Qt.Key_Up || event.key === Qt.Key_Down)) {
                if (event.key === Qt.Key_Up) { list.decrementCurrentIndex(); }
                else { list.incrementCurrentIndex(); }
                root.peers.extend(before, list.currentIndex);
            } else if (event.key === Qt.Key_Menu && list.currentItem) {
                const row = list.currentItem as PeerRow;
                if (!row.isHeading) {
                    root.menuAsked(row.peerId, row.name, Theme.xl,
                        head.height + row.y - list.contentY + row.height);
                }
            } else {
                return;
            }
            event.accepted = true;
        }
        onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

        delegate: PeerRow {
            required property int index

            width: ListView.view.width
            columns: root.peers.columns
            selecting: root.peers.selecting
            shown: root.app.peer.open && root.app.peer.peerId === peerId
            hasKeyboard: ListView.isCurrentItem && list.activeFocus
            onPicked: modifiers => root.pick(index, peerId, modifiers)
            onMenuAsked: (x, y) => {
                list.currentIndex = index;
                if (!isHeading) {
                    root.menuAsked(peerId, name, x, head.height + this.y - list.contentY + y);
                }
            }
        }
        AppScrollBar { target: list }
    }
}
