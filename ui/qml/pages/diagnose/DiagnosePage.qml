// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What is wrong and why: the checks, the network beneath, the names, the log. Each part works
/// while it is seen alone.
FocusScope {
    id: root

    required property AppViewModel app
    /// A place in `parts`.
    property int tab: 0
    readonly property DiagnoseViewModel diagnose: root.app.diagnose
    readonly property int margin: root.width < 780 ? Theme.l : Theme.xl
    // var: bindings index it.
    readonly property var parts: [DiagnoseViewModel.Health, DiagnoseViewModel.Network,
        DiagnoseViewModel.Ping, DiagnoseViewModel.Names, DiagnoseViewModel.Log]
    readonly property int part: root.visible ? root.parts[root.tab] : DiagnoseViewModel.None

    function find() {
        if (root.part === DiagnoseViewModel.Log) { log.find(); }
        else if (root.part === DiagnoseViewModel.Ping) { ping.find(); }
    }
    function showPing() { root.tab = root.parts.indexOf(DiagnoseViewModel.Ping); }

    onPartChanged: root.diagnose.show(root.part)
    Component.onCompleted: root.diagnose.show(root.part)

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: root.margin
        spacing: Theme.m

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppLabel {
                Layout.fillWidth: true
                text: qsTr("Diagnose")
                kind: AppLabel.Title
            }
            AppLabel {
                Layout.fillWidth: true
                text: root.diagnose.health.summary.length > 0 ? root.diagnose.health.summary
                    : qsTr("What works, what does not, and why")
                kind: AppLabel.Small
            }
        }
        PolicyTabs {
            Layout.fillWidth: true
            sections: [
                { name: qsTr("Health") },
                { name: qsTr("Network") },
                { name: qsTr("Ping") },
                { name: qsTr("Names") },
                { name: qsTr("Log") }
            ]
            index: root.tab
            onChosen: index => root.tab = index
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            HealthTab {
                anchors.fill: parent
                visible: root.part === DiagnoseViewModel.Health
                app: root.app
            }
            NetworkTab {
                anchors.fill: parent
                visible: root.part === DiagnoseViewModel.Network
                app: root.app
            }
            PingTab {
                id: ping

                anchors.fill: parent
                visible: root.part === DiagnoseViewModel.Ping
                app: root.app
            }
            NamesTab {
                anchors.fill: parent
                visible: root.part === DiagnoseViewModel.Names
                app: root.app
            }
            LogTab {
                id: log

                anchors.fill: parent
                visible: root.part === DiagnoseViewModel.Log
                app: root.app
            }
        }
    }
}
