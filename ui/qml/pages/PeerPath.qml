// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// How packets get to a member, why not otherwise, and a ping that tries it.
Flickable {
    id: root

    required property AppViewModel app
    readonly property PathViewModel path: root.app.path
    readonly property PeerDetails peer: root.app.peer
    readonly property string peerId: root.peer.peerId
    readonly property string way: root.peer.way

    contentHeight: column.implicitHeight
    contentWidth: root.width
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    onPeerIdChanged: root.path.explain(root.peerId)
    // Packets go another way: so do those below.
    onWayChanged: if (root.path.known) { root.path.refresh(); }
    Component.onCompleted: root.path.explain(root.peerId)
    Component.onDestruction: root.path.forget()

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.leftMargin: Theme.s
        width: root.width - 2 * Theme.s - (root.contentHeight > root.height ? Theme.s : 0)
        spacing: Theme.l

        EmptyState {
            Layout.fillWidth: true
            Layout.topMargin: Theme.xl
            visible: root.peer.isSelf
            iconName: "info"
            text: qsTr("This is this computer")
            detail: qsTr("There is no way to go.")
        }
        Skeleton {
            Layout.fillWidth: true
            Layout.preferredHeight: 120
            visible: root.path.busy && !root.path.known
        }
        Banner {
            Layout.fillWidth: true
            visible: root.path.errorText.length > 0 && !root.peer.isSelf
            tone: Look.Error
            word: qsTr("Error")
            text: root.path.errorText
            actionText: qsTr("Try again")
            onActed: root.path.refresh()
        }
        Banner {
            Layout.fillWidth: true
            visible: root.path.known
            tone: root.path.tone
            text: root.path.summary
            detail: root.path.remedy
        }
        ColumnLayout {
            Layout.fillWidth: true
            visible: root.path.known
            spacing: Theme.s

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.m

                AppButton {
                    iconName: "refresh"
                    text: root.path.pinging ? qsTr("Stop") : qsTr("Ping")
                    hint: root.app.canChange ? "" : qsTr("This account may look, not change.")
                    onPressedAllowed: root.path.pinging ? root.path.stopPing() : root.path.ping()
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: root.path.pingText
                    kind: AppLabel.Section
                    color: Theme.ink(root.path.pingTone)
                    Accessible.name: qsTr("Last answer: %1").arg(root.path.pingText)
                }
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.path.pingDetail
                kind: AppLabel.Small
                wrapMode: Text.Wrap
                maximumLineCount: 6
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            visible: root.way.length > 0
            spacing: Theme.s

            AppLabel {
                Layout.fillWidth: true
                text: qsTr("Way")
                kind: AppLabel.Strong
            }
            Chip {
                dot: true
                text: root.way
                tone: root.peer.wayTone
                widest: column.width - 2 * Theme.m
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.peer.wayDetail
                kind: AppLabel.Small
                wrapMode: Text.Wrap
                maximumLineCount: 8
            }
        }
        FactRow {
            Layout.fillWidth: true
            label: qsTr("Handshake")
            value: root.path.handshake
        }
        NoteList {
            Layout.fillWidth: true
            heading: qsTr("Stops")
            notes: root.path.hops
        }
        NoteList {
            Layout.fillWidth: true
            heading: qsTr("Addresses")
            notes: root.path.families
        }
        NoteList {
            Layout.fillWidth: true
            heading: qsTr("What was tried")
            notes: root.path.ways
        }
    }
    AppScrollBar { target: root }
}
