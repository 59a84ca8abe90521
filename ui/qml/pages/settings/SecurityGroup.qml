// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What this account may do here, and where secrets are.
Card {
    id: root

    required property AppViewModel app
    readonly property SettingsViewModel settings: root.app.settings

    heading: qsTr("Security")

    SettingRow {
        Layout.fillWidth: true
        label: qsTr("What you may do here")
        help: root.settings.gradeText
    }
    AppLabel {
        Layout.fillWidth: true
        text: root.settings.gradeReason
        kind: AppLabel.Small
        wrapMode: Text.Wrap
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Local access group")
        help: root.settings.groupText
    }
    CommandField {
        Layout.fillWidth: true
        visible: root.settings.joinCommand.length > 0
        command: root.settings.joinCommand
        onCopied: (value, label) => root.app.copy(value, label)
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Keychain")
        help: root.settings.secretsText

        AppButton {
            visible: root.app.profiles.canKeepPasswords
            iconName: "refresh"
            text: qsTr("Check")
            busy: root.settings.checkingSecrets
            onPressedAllowed: root.settings.checkSecrets()
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Over the network")
        help: qsTr("Weft never talks to its service over the network. To see another computer, run the window there.")
    }
}
