// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Appearance, the meshes of this computer, and what this program is.
ScrollPage {
    id: root

    required property AppViewModel app
    readonly property Appearance appearance: root.app.appearance

    signal addAsked
    signal attachAsked
    signal shortcutsAsked

    widest: 760

    AppLabel {
        text: qsTr("Settings")
        kind: AppLabel.Title
    }
    Card {
        Layout.fillWidth: true
        heading: qsTr("Appearance")

        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Theme")
            help: qsTr("System follows the desktop.")

            Segmented {
                name: qsTr("Theme")
                options: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
                currentIndex: root.appearance.theme
                onChosen: index => root.appearance.theme = index
            }
        }
        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Text size")
            help: qsTr("From 90 to 150 percent, in this window only.")

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
            label: qsTr("Reduce motion")
            help: qsTr("Changes show at once, without moving there.")

            AppSwitch {
                name: qsTr("Reduce motion")
                on: root.appearance.reduceMotion
                onAsked: on => root.appearance.reduceMotion = on
            }
        }
    }
    ProfilesCard {
        Layout.fillWidth: true
        app: root.app
        onAddAsked: root.addAsked()
    }
    Card {
        Layout.fillWidth: true
        heading: qsTr("About")

        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Weft %1").arg(root.app.version)
            help: qsTr("A desktop node and console for Webmesh networks. Apache License 2.0. Built with Qt %1.").arg(root.app.qtVersion)

            AppButton {
                iconName: "keyboard"
                text: qsTr("Shortcuts")
                onPressedAllowed: root.shortcutsAsked()
            }
        }
        SettingRow {
            Layout.fillWidth: true
            visible: root.app.coreText.length > 0
            label: qsTr("Service")
            help: root.app.coreText

            AppButton {
                iconName: "plug"
                text: qsTr("Change…")
                onPressedAllowed: root.attachAsked()
            }
        }
    }
}
