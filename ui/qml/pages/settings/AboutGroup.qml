// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What this program is, and what it is made of.
Card {
    id: root

    required property AppViewModel app

    signal shortcutsAsked

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
    FactRow {
        Layout.fillWidth: true
        label: qsTr("Service")
        value: root.app.coreText
    }
    CopyField {
        Layout.fillWidth: true
        label: qsTr("Node key")
        value: root.app.connection.publicKey
        mono: true
        onCopied: (value, label) => root.app.copy(value, label)
    }
    AppLabel {
        Layout.fillWidth: true
        Layout.topMargin: Theme.s
        text: qsTr("Made with")
        kind: AppLabel.Strong
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Math.max(1, Math.floor(root.width / Math.round(240 * Theme.textScale)))
        columnSpacing: Theme.l
        rowSpacing: Theme.xs

        Repeater {
            model: root.app.settings.libraries

            AppLabel {
                required property string modelData

                Layout.fillWidth: true
                Layout.preferredWidth: 1
                text: modelData
                kind: AppLabel.Small
            }
        }
    }
}
