// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What works of the network beneath the mesh, and what to do about the rest.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property NetworkLook network: root.app.diagnose.network
    readonly property bool inMesh: root.app.connection.inMesh

    ScrollPage {
        anchors.fill: parent
        visible: root.inMesh || root.network.known
        opacity: root.app.connection.stale ? 0.75 : 1
        margin: 0
        activeFocusOnTab: false

        Flow {
            Layout.fillWidth: true
            spacing: Theme.m

            AppButton {
                iconName: "refresh"
                text: root.network.known ? qsTr("Check again") : qsTr("Check")
                busy: root.network.busy
                hint: root.inMesh ? "" : qsTr("Connect first: the node checks its own network.")
                onPressedAllowed: root.network.run()
            }
            AppButton {
                visible: root.network.busy
                text: qsTr("Cancel")
                onPressedAllowed: root.network.cancel()
            }
            AppLabel {
                height: Theme.controlHeight
                visible: text.length > 0
                text: root.network.ranText
                kind: AppLabel.Small
            }
        }
        Banner {
            Layout.fillWidth: true
            visible: root.network.errorText.length > 0 && root.inMesh
            tone: Look.Error
            word: qsTr("Error")
            text: root.network.errorText
            actionText: qsTr("Try again")
            onActed: root.network.run()
        }
        Card {
            Layout.fillWidth: true
            visible: root.network.checks.count > 0

            NoteList {
                Layout.fillWidth: true
                heading: qsTr("The network beneath the mesh")
                notes: root.network.checks
            }
            AppLabel {
                Layout.fillWidth: true
                text: qsTr("By what this node knows; nothing is sent to anybody.")
                kind: AppLabel.Small
                wrapMode: Text.Wrap
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            visible: root.network.busy && !root.network.known
            spacing: Theme.s

            Repeater {
                model: 4

                Skeleton {
                    Layout.fillWidth: true
                    implicitHeight: Theme.rowHeight
                }
            }
        }
        CommandLine {
            Layout.fillWidth: true
            command: "weftctl netcheck"
            onCopied: (value, label) => root.app.copy(value, label)
        }
    }
    EmptyPane {
        anchors.fill: parent
        visible: !root.inMesh && !root.network.known && !root.app.loading
        iconName: "pulse"
        text: qsTr("Not in the mesh")
        detail: qsTr("The network can be checked once this node is connected.")
        actionText: root.app.connection.actionText
        actionHint: root.app.connection.actionHint
        onActed: root.app.connection.act()
    }
}
