// SPDX-License-Identifier: Apache-2.0
// Not bound: the footer of a list in Qt 6.4 cannot be a bound component. So qmllint misses the ids
// below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// What was changed in the mesh, by whom, and the ways back. Arrow keys move, Enter opens.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property ChangesViewModel changes: root.app.changes
    readonly property HistoryViewModel history: root.changes.history
    /// The change that is opened; 0: none.
    property var openNumber: 0

    function focusList() { list.forceActiveFocus(Qt.ShortcutFocusReason); }
    function toggle(number: var) { root.openNumber = root.openNumber === number ? 0 : number; }
    function goTo(number: var) {
        const row = root.history.changes.rowOf(number);
        if (row >= 0) {
            list.currentIndex = row;
            list.positionViewAtIndex(row, ListView.Beginning);
            root.openNumber = number;
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.m

        Banner {
            Layout.fillWidth: true
            visible: root.history.deniedText.length > 0
            tone: Look.Warn
            word: qsTr("Only to look")
            text: root.history.deniedText
        }
        Banner {
            Layout.fillWidth: true
            visible: root.history.errorText.length > 0 && root.app.connection.inMesh
            tone: Look.Error
            word: qsTr("Error")
            text: root.history.errorText
            actionText: qsTr("Try again")
            onActed: root.history.refresh()
        }
        Banner {
            Layout.fillWidth: true
            visible: root.history.refusalText.length > 0
            tone: Look.Warn
            word: qsTr("Warning")
            text: root.history.refusalText
            actionText: root.history.canSkip ? qsTr("Take back the rest") : ""
            closable: true
            onActed: root.history.undoRest()
            onClosed: root.history.dismissRefusal()
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Rectangle {
                anchors.fill: parent
                visible: root.history.known && root.history.changes.count > 0
                opacity: root.app.connection.stale ? 0.75 : 1
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
                    model: root.history.changes
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("History of changes")

                    Keys.onReturnPressed: list.currentItem?.clicked()
                    Keys.onEnterPressed: list.currentItem?.clicked()
                    onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

                    delegate: ChangeCard {
                        id: card

                        required property int index

                        width: ListView.view.width
                        open: root.openNumber === card.number
                        hasKeyboard: ListView.isCurrentItem && list.activeFocus
                        lockedText: root.changes.lockedText.length > 0 ? root.changes.lockedText
                            : root.history.busy ? qsTr("Something is being taken back just now.") : ""
                        onClicked: {
                            list.currentIndex = card.index;
                            root.toggle(card.number);
                        }
                        onLinkAsked: number => root.goTo(number)
                        onUndoAsked: (object, what) => undo.ask(card.number, object, what)
                        onRestoreAsked: restore.ask(card.number)
                    }
                    footer: Item {
                        width: list.width
                        implicitHeight: root.history.hasMore ? more.implicitHeight + 2 * Theme.m : 0

                        AppButton {
                            id: more

                            anchors.centerIn: parent
                            visible: root.history.hasMore
                            text: qsTr("Show older changes")
                            onPressedAllowed: root.history.showMore()
                        }
                    }
                    AppScrollBar { target: list }
                }
            }
            ColumnLayout {
                anchors.left: parent.left
                anchors.right: parent.right
                visible: !root.history.known && root.app.connection.inMesh
                    && root.history.deniedText.length === 0 && root.history.errorText.length === 0
                spacing: Theme.s

                Repeater {
                    model: 4

                    Skeleton {
                        Layout.fillWidth: true
                        implicitHeight: Theme.rowHeight + Theme.l
                    }
                }
            }
            EmptyPane {
                anchors.fill: parent
                visible: root.history.known && root.history.changes.count === 0
                iconName: "clock"
                text: qsTr("Nothing was changed yet")
                detail: qsTr("Each change of rules, groups, roles and routes appears here, with the way back.")
            }
            EmptyPane {
                anchors.fill: parent
                visible: !root.history.known && !root.app.connection.inMesh
                iconName: "clock"
                text: qsTr("Not in the mesh")
                detail: qsTr("The history appears here once this node is connected.")
                actionText: root.app.connection.actionText
                actionHint: root.app.connection.actionHint
                onActed: root.app.connection.act()
            }
        }
    }
    UndoSheet {
        id: undo

        app: root.app
    }
    RestoreSheet {
        id: restore

        app: root.app
    }
}
