// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The core behind the window, the sandbox, and the way back to all defaults.
Card {
    id: root

    required property AppViewModel app

    signal attachAsked

    heading: qsTr("Advanced")

    SettingRow {
        Layout.fillWidth: true
        visible: root.app.coreText.length > 0
        label: qsTr("Service")
        help: root.app.coreText

        AppButton {
            visible: !root.app.firstRun.sandbox
            iconName: "plug"
            text: qsTr("Change…")
            onPressedAllowed: root.attachAsked()
        }
    }
    CopyField {
        Layout.fillWidth: true
        label: qsTr("Socket")
        value: root.app.settings.socketPath
        mono: true
        onCopied: (value, label) => root.app.copy(value, label)
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Sandbox")
        help: qsTr("A simulated mesh of 30 nodes, where nothing is real and nothing can break. Your meshes go on beside it.")

        AppButton {
            visible: root.app.firstRun.canExplore
            text: qsTr("Explore with a sandbox")
            onPressedAllowed: root.app.firstRun.openSandbox()
        }
        AppButton {
            visible: root.app.firstRun.sandbox
            text: qsTr("Leave the sandbox")
            onPressedAllowed: root.app.firstRun.leaveSandbox()
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("All settings")
        help: qsTr("Puts every setting of this program back to its default. Meshes and the start at login stay.")

        AppButton {
            kind: AppButton.Danger
            text: qsTr("Reset all…")
            hint: root.app.settings.hasChanges ? "" : qsTr("Every setting has its default.")
            onPressedAllowed: sure.open()
        }
    }
    ConfirmSheet {
        id: sure

        heading: qsTr("Reset all settings?")
        text: qsTr("How the program looks, speaks, begins, ends and notifies goes back to the defaults. Meshes stay as they are.")
        confirmText: qsTr("Reset all")
        onConfirmed: root.app.settings.resetAll()
    }
}
