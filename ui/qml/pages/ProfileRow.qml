// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// One mesh of this computer.
ColumnLayout {
    id: root

    required property AppViewModel app
    required property string profileId
    required property string name
    required property string stateText
    required property string kindText
    required property string nodeId
    required property int tone
    required property bool connected
    required property bool autoConnect

    signal editAsked(string profileId, string name)
    signal removeAsked(string profileId, string name)

    spacing: Theme.m

    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 1
        color: Theme.hairline
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.m

        Avatar {
            size: 36
            tone: root.tone
            initial: root.name.length > 0 ? root.name.charAt(0).toUpperCase() : "?"
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            AppLabel {
                Layout.fillWidth: true
                text: root.name
                kind: AppLabel.Strong
            }
            AppLabel {
                Layout.fillWidth: true
                text: qsTr("%1 · %2 as %3").arg(root.stateText).arg(root.kindText).arg(root.nodeId)
                kind: AppLabel.Small
            }
        }
        AppButton {
            text: root.connected ? qsTr("Disconnect") : qsTr("Connect")
            hint: root.app.canChange ? "" : qsTr("You can look, not change.")
            onPressedAllowed: root.connected ? root.app.profiles.disconnectFrom(root.profileId)
                                             : root.app.profiles.connectTo(root.profileId)
        }
        IconButton {
            enabled: root.app.canChange
            name: qsTr("Edit %1").arg(root.name)
            iconName: "edit"
            onClicked: root.editAsked(root.profileId, root.name)
        }
        IconButton {
            enabled: root.app.canChange
            name: qsTr("Remove %1").arg(root.name)
            iconName: "trash"
            onClicked: root.removeAsked(root.profileId, root.name)
        }
    }
    SettingRow {
        Layout.fillWidth: true
        Layout.leftMargin: 36 + Theme.m
        label: qsTr("Connect by itself")
        help: qsTr("When the service starts, and again after the mesh was lost.")

        AppSwitch {
            enabled: root.app.canChange
            name: qsTr("Connect %1 by itself").arg(root.name)
            on: root.autoConnect
            onAsked: on => root.app.profiles.setAutoConnect(root.profileId, on)
        }
    }
}
