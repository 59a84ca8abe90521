// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// How the window and the icon in the tray look.
Card {
    id: root

    required property AppViewModel app
    readonly property Preferences preferences: root.app.preferences
    readonly property Appearance appearance: root.app.appearance
    /// What differs from its default. var: qmllint 6.4 knows no list of numbers.
    readonly property var look: root.appearance.changedSettings
    readonly property var ways: root.preferences.changedSettings

    heading: qsTr("Appearance")

    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Theme")
        help: qsTr("System follows the desktop.")
        altered: root.look.includes(Appearance.Setting.Theme)
        onResetAsked: root.appearance.reset(Appearance.Setting.Theme)

        Segmented {
            name: qsTr("Theme")
            options: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
            currentIndex: root.appearance.theme
            onChosen: index => root.appearance.theme = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Contrast")
        help: qsTr("High is black and white with strong borders, in the light and in the dark theme.")
        altered: root.look.includes(Appearance.Setting.Contrast)
        onResetAsked: root.appearance.reset(Appearance.Setting.Contrast)

        Segmented {
            name: qsTr("Contrast")
            options: [qsTr("System"), qsTr("Normal"), qsTr("High")]
            currentIndex: root.appearance.contrast
            onChosen: index => root.appearance.contrast = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Density")
        help: qsTr("Compact shows more rows at once.")
        altered: root.look.includes(Appearance.Setting.Density)
        onResetAsked: root.appearance.reset(Appearance.Setting.Density)

        Segmented {
            name: qsTr("Density")
            options: [qsTr("Comfortable"), qsTr("Compact")]
            currentIndex: root.appearance.density
            onChosen: index => root.appearance.density = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Text size")
        help: qsTr("From 90 to 150 percent, in this window only.")
        altered: root.look.includes(Appearance.Setting.TextPercent)
        onResetAsked: root.appearance.reset(Appearance.Setting.TextPercent)

        IconButton {
            enabled: root.appearance.textPercent > 90
            name: qsTr("Smaller text")
            iconName: "minus"
            onClicked: root.appearance.textPercent -= 10
        }
        AppLabel {
            Layout.preferredWidth: Math.round(52 * Theme.textScale)
            text: qsTr("%1 %").arg(root.appearance.textPercent)
            kind: AppLabel.Mono
            horizontalAlignment: Text.AlignHCenter
        }
        IconButton {
            enabled: root.appearance.textPercent < 150
            name: qsTr("Larger text")
            iconName: "plus"
            onClicked: root.appearance.textPercent += 10
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Motion")
        help: qsTr("Without motion, changes show at once instead of moving there.")
        altered: root.look.includes(Appearance.Setting.Motion)
        onResetAsked: root.appearance.reset(Appearance.Setting.Motion)

        Segmented {
            name: qsTr("Motion")
            options: [qsTr("System"), qsTr("None"), qsTr("Full")]
            currentIndex: root.appearance.motion
            onChosen: index => root.appearance.motion = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Icon in the tray")
        help: qsTr("Light and dark are without colour, for panels that are dark or light.")
        altered: root.ways.includes(Preferences.Setting.TrayIconStyle)
        onResetAsked: root.preferences.reset(Preferences.Setting.TrayIconStyle)

        Segmented {
            name: qsTr("Icon in the tray")
            options: [qsTr("Automatic"), qsTr("Coloured"), qsTr("Light"), qsTr("Dark")]
            currentIndex: root.preferences.trayIconStyle
            onChosen: index => root.preferences.trayIconStyle = index
        }
    }
}
