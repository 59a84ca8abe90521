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
    required property bool acceptDns
    required property bool lockdown
    required property string domain

    signal editAsked(string profileId, string name)
    signal removeAsked(string profileId, string name)
    signal lockdownAsked(string profileId, string name)

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
    SettingRow {
        Layout.fillWidth: true
        Layout.leftMargin: 36 + Theme.m
        label: qsTr("Names of the mesh")
        help: root.domain.length > 0
            ? qsTr("Programs on this computer find members by their names in %1. Holds from the next connect on.").arg(root.domain)
            : qsTr("Programs on this computer find members by their names. Holds from the next connect on.")

        AppSwitch {
            enabled: root.app.canChange
            name: qsTr("Names of %1").arg(root.name)
            on: root.acceptDns
            onAsked: on => root.app.profiles.setAcceptDns(root.profileId, on)
        }
    }
    SettingRow {
        Layout.fillWidth: true
        Layout.leftMargin: 36 + Theme.m
        label: qsTr("Lockdown")
        help: root.lockdown
            ? qsTr("From connecting to disconnecting, nothing leaves this computer but into the mesh and to networks beside it.")
            : qsTr("Let nothing leave this computer but into the mesh, while it is to be connected.")

        AppSwitch {
            enabled: root.app.canChange
            name: qsTr("Lockdown of %1").arg(root.name)
            on: root.lockdown
            onAsked: on => {
                if (on) { root.lockdownAsked(root.profileId, root.name); }
                else { root.app.profiles.setLockdown(root.profileId, false); }
            }
        }
    }
}
