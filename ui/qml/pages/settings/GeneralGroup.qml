// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// How the program begins and ends, and how it speaks.
Card {
    id: root

    required property AppViewModel app
    readonly property Preferences preferences: root.app.preferences
    readonly property Appearance appearance: root.app.appearance
    /// What differs from its default. var: qmllint 6.4 knows no list of numbers.
    readonly property var look: root.appearance.changedSettings
    readonly property var ways: root.preferences.changedSettings
    readonly property LoginStart login: root.app.loginStart

    heading: qsTr("General")
    // Others change it without a word.
    onVisibleChanged: if (root.visible) { root.login.refresh(); }
    Component.onCompleted: root.login.refresh()

    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Start at login")
        help: qsTr("Weft starts when you log in on this computer.")
        note: root.login.errorText.length > 0 ? root.login.errorText : root.login.noteText
        failed: root.login.errorText.length > 0

        AppSwitch {
            enabled: root.login.available
            name: qsTr("Start at login")
            on: root.login.on
            onAsked: on => root.login.setOn(on)
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Start hidden")
        help: qsTr("At login only the icon in the tray shows. A start by hand always opens the window.")
        altered: root.ways.includes(Preferences.Setting.StartHidden)
        onResetAsked: root.preferences.reset(Preferences.Setting.StartHidden)

        AppSwitch {
            name: qsTr("Start hidden")
            on: root.preferences.startHidden
            onAsked: on => root.preferences.startHidden = on
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Closing the window")
        help: qsTr("Automatic hides it where there is a tray, and minimises it otherwise.")
        altered: root.ways.includes(Preferences.Setting.CloseAction)
        onResetAsked: root.preferences.reset(Preferences.Setting.CloseAction)

        Segmented {
            name: qsTr("Closing the window")
            options: [qsTr("Automatic"), qsTr("Hides it"), qsTr("Minimises it"), qsTr("Quits")]
            currentIndex: root.preferences.closeAction
            onChosen: index => root.preferences.closeAction = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Disconnect on quit")
        help: qsTr("Quitting leaves the meshes of the service too. Those of the built-in core always end with the program.")
        altered: root.ways.includes(Preferences.Setting.DisconnectOnQuit)
        onResetAsked: root.preferences.reset(Preferences.Setting.DisconnectOnQuit)

        AppSwitch {
            name: qsTr("Disconnect on quit")
            on: root.preferences.disconnectOnQuit
            onAsked: on => root.preferences.disconnectOnQuit = on
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Language")
        help: qsTr("System follows the desktop. The window opens anew in the other language.")
        altered: root.look.includes(Appearance.Setting.Language)
        onResetAsked: root.appearance.reset(Appearance.Setting.Language)

        Segmented {
            name: qsTr("Language")
            options: root.appearance.languageNames
            currentIndex: root.appearance.languageIndex
            onChosen: index => root.appearance.languageIndex = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Units of bytes")
        help: qsTr("1 KiB is 1024 bytes, 1 kB is 1000 bytes.")
        altered: root.ways.includes(Preferences.Setting.ByteUnits)
        onResetAsked: root.preferences.reset(Preferences.Setting.ByteUnits)

        Segmented {
            name: qsTr("Units of bytes")
            options: [qsTr("KiB, MiB"), qsTr("kB, MB")]
            currentIndex: root.preferences.byteUnits
            onChosen: index => root.preferences.byteUnits = index
        }
    }
}
