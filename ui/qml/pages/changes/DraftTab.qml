// SPDX-License-Identifier: Apache-2.0
// Not bound: the header of a list in Qt 6.4 cannot be a bound component. So qmllint misses the ids
// below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// The edits that are collected, what they would do, and the ways to make them or not.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property ChangesViewModel changes: root.app.changes
    readonly property bool inMesh: root.app.connection.inMesh && !root.app.lost
    readonly property bool beside: root.width >= 760
    property bool showsCommand: false
    /// Nobody has scrolled yet.
    property bool atTop: true

    signal accessAsked

    function focusList() { list.forceActiveFocus(Qt.ShortcutFocusReason); }
    function askApply(reverts: bool) {
        if (root.changes.applyHint.length === 0 && !root.changes.busy) { apply.ask(reverts); }
    }
    function discardCurrent() {
        const row = list.currentItem as EditCard;
        if (row && root.changes.lockedText.length === 0) { root.changes.discard(row.key); }
    }

    ColumnLayout {
        anchors.fill: parent
        visible: root.changes.count > 0
        spacing: Theme.m

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.l

            Rectangle {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 2
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
                    model: root.changes.edits
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Edits of the draft")

                    Keys.onDeletePressed: root.discardCurrent()
                    onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

                    section.property: "group"
                    section.delegate: AppLabel {
                        required property string section

                        width: ListView.view.width
                        leftPadding: Theme.l
                        topPadding: Theme.m
                        text: section
                        kind: AppLabel.Small
                        font.weight: Font.DemiBold
                    }
                    header: root.beside ? null : above
                    // The dangers stand first, also after the review above has grown.
                    onMovementEnded: root.atTop = list.atYBeginning
                    onCurrentIndexChanged: if (list.currentIndex > 0) { root.atTop = false; }
                    delegate: EditCard {
                        id: row

                        required property int index

                        width: ListView.view.width
                        hasKeyboard: ListView.isCurrentItem && list.activeFocus
                        lockedText: root.changes.lockedText
                        onClicked: {
                            list.currentIndex = row.index;
                            list.forceActiveFocus(Qt.MouseFocusReason);
                        }
                        onButtonHasKeyboardChanged: if (row.buttonHasKeyboard) { follower.follow(row.index); }
                        onDiscardAsked: root.changes.discard(row.key)
                    }
                    AppScrollBar { target: list }
                    RowFollower { id: follower; list: list }
                }
                Timer {
                    id: toTop

                    // Not within the layout that it is about.
                    interval: 0
                    onTriggered: if (root.atTop) { list.positionViewAtBeginning(); }
                }
                Component {
                    id: above

                    Item {
                        width: list.width
                        implicitHeight: review.implicitHeight + 2 * Theme.l
                        onHeightChanged: toTop.restart()

                        ReviewColumn {
                            id: review

                            anchors.left: parent.left
                            anchors.leftMargin: Theme.l
                            y: Theme.l
                            width: parent.width - 2 * Theme.l - Theme.s
                            changes: root.changes
                            inMesh: root.inMesh
                        }
                        Rectangle {
                            anchors.bottom: parent.bottom
                            width: parent.width
                            height: 1
                            color: Theme.hairline
                        }
                    }
                }
            }
            Rectangle {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 3
                visible: root.beside
                radius: Theme.radiusCard
                color: Theme.surface
                border.width: Theme.border
                border.color: Theme.hairline

                Loader {
                    anchors.fill: parent
                    anchors.margins: 1
                    active: root.beside
                    sourceComponent: ScrollPage {
                        margin: Theme.l

                        ReviewColumn {
                            Layout.fillWidth: true
                            changes: root.changes
                            inMesh: root.inMesh
                        }
                    }
                }
            }
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.s

            AppButton {
                kind: AppButton.Primary
                text: qsTr("Apply…")
                busy: root.changes.applying
                hint: root.changes.applyHint
                onPressedAllowed: root.askApply(false)
            }
            AppButton {
                text: qsTr("Apply with auto-revert…")
                hint: root.changes.applyHint
                onPressedAllowed: root.askApply(true)
            }
            AppButton {
                kind: AppButton.Danger
                text: qsTr("Discard all…")
                hint: root.changes.lockedText
                onPressedAllowed: discardAll.open()
            }
            IconButton {
                visible: !root.beside
                height: Theme.controlHeight
                name: root.showsCommand ? qsTr("Hide the command") : qsTr("Show me the command")
                iconName: "code"
                onClicked: root.showsCommand = !root.showsCommand
            }
            AppButton {
                visible: root.beside
                kind: AppButton.Plain
                iconName: "code"
                text: root.showsCommand ? qsTr("Hide the command") : qsTr("Show me the command")
                onPressedAllowed: root.showsCommand = !root.showsCommand
            }
        }
        CommandField {
            Layout.fillWidth: true
            visible: root.showsCommand
            command: root.changes.reviewCommand()
            onCopied: (value, label) => root.app.copy(value, label)
        }
    }
    ColumnLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        visible: !root.changes.known && root.changes.errorText.length === 0
            && root.app.connection.exists
        spacing: Theme.s

        Repeater {
            model: 3

            Skeleton {
                Layout.fillWidth: true
                implicitHeight: Theme.rowHeight + Theme.l
            }
        }
    }
    EmptyPane {
        anchors.fill: parent
        visible: root.changes.known && root.changes.count === 0
        iconName: "changes"
        text: root.changes.available ? qsTr("The draft is empty")
                                     : qsTr("This service keeps no drafts")
        detail: root.changes.available
            ? qsTr("Choose “Add to draft” when you edit a rule, a group or a route: you see what it would do before it is made.")
            : qsTr("What you edit under Access is made at once. A newer service collects edits and shows first what they would do.")
        actionText: qsTr("Go to Access")
        onActed: root.accessAsked()
    }
    ApplySheet {
        id: apply

        app: root.app
    }
    ConfirmSheet {
        id: discardAll

        heading: qsTr("Discard the draft?")
        text: qsTr("%1. Nothing of it was made in the mesh.").arg(root.changes.summary)
        confirmText: qsTr("Discard all")
        onConfirmed: root.changes.discardAll()

        CommandLine {
            Layout.fillWidth: true
            command: root.changes.discardCommand("")
            onCopied: (value, label) => root.app.copy(value, label)
        }
    }
}
