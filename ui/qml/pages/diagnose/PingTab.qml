// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Echo requests to a member or an address, with their times as a chart.
FocusScope {
    id: root

    required property AppViewModel app
    property int family: 0
    property int amount: 0
    readonly property PingView ping: root.app.diagnose.ping
    readonly property bool inMesh: root.app.connection.inMesh
    readonly property bool known: root.ping.startedText.length > 0

    function find() { target.field.forceActiveFocus(Qt.ShortcutFocusReason); }

    ScrollPage {
        anchors.fill: parent
        visible: root.inMesh || root.known
        opacity: root.app.connection.stale ? 0.75 : 1
        margin: 0
        activeFocusOnTab: false

        Card {
            Layout.fillWidth: true

            MemberField {
                id: target

                Layout.fillWidth: true
                simulator: root.app.simulator
                label: qsTr("Member or address")
                problem: ""
                value: root.ping.target
                onEdited: text => root.ping.setTarget(text)
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.m

                Segmented {
                    name: qsTr("Addresses")
                    options: [qsTr("Either"), qsTr("IPv4"), qsTr("IPv6")]
                    currentIndex: root.family
                    onChosen: index => root.family = index
                }
                Segmented {
                    name: qsTr("How many")
                    options: ["10", "100", qsTr("Until stopped")]
                    currentIndex: root.amount
                    onChosen: index => root.amount = index
                }
                AppButton {
                    kind: AppButton.Primary
                    text: root.ping.running ? qsTr("Stop") : qsTr("Ping")
                    hint: root.ping.running ? "" : root.ping.startHint
                    onPressedAllowed: {
                        if (root.ping.running) { root.ping.stop(); }
                        else { root.ping.start(root.family, root.amount); }
                    }
                }
            }
        }
        Banner {
            Layout.fillWidth: true
            visible: root.ping.errorText.length > 0 && !root.app.lost
            tone: Look.Error
            word: qsTr("Error")
            text: root.ping.errorText
        }
        Banner {
            Layout.fillWidth: true
            visible: root.ping.doubtText.length > 0
            tone: Look.Warn
            word: qsTr("Warning")
            text: root.ping.doubtText
        }
        ChartCard {
            Layout.fillWidth: true
            visible: root.known
            title: root.ping.startedText
            source: root.ping.times
            stale: !root.ping.running
            emptyText: root.ping.countText.length > 0 ? qsTr("Nothing was answered")
                                                      : qsTr("The first answer appears here.")
        }
        Card {
            Layout.fillWidth: true
            visible: root.ping.countText.length > 0
            heading: qsTr("What came of it")

            AppLabel {
                Layout.fillWidth: true
                text: root.ping.countText
                color: Theme.ink(root.ping.tone)
                wrapMode: Text.Wrap
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.ping.timeText
                wrapMode: Text.Wrap
            }
            CommandLine {
                Layout.fillWidth: true
                command: root.ping.command
                onCopied: (value, label) => root.app.copy(value, label)
            }
        }
        Card {
            Layout.fillWidth: true
            visible: root.ping.trace.hops.count > 0 || root.ping.trace.errorText.length > 0

            NoteList {
                Layout.fillWidth: true
                heading: qsTr("The way there, with three requests to each member on it")
                notes: root.ping.trace.hops
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.ping.trace.errorText
                color: Theme.error
                wrapMode: Text.Wrap
            }
        }
    }
    EmptyPane {
        anchors.fill: parent
        visible: !root.inMesh && !root.known && !root.app.loading
        iconName: "pulse"
        text: qsTr("Not in the mesh")
        detail: qsTr("Members can be pinged once this node is connected.")
        actionText: root.app.connection.actionText
        actionHint: root.app.connection.actionHint
        onActed: root.app.connection.act()
    }
}
