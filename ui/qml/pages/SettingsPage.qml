// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// All settings in groups: their list at the left, or above where there is little room.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property SettingsViewModel settings: root.app.settings
    /// The group that shows.
    property int tab: 0
    readonly property bool wide: root.width >= 690 * Theme.textScale
    readonly property var names: [qsTr("General"), qsTr("Appearance"), qsTr("Notifications"),
        qsTr("Security"), qsTr("Meshes"), qsTr("Advanced"), qsTr("About")]
    readonly property var icons: ["settings", "sun", "spark", "shield", "peers", "code", "info"]

    signal addAsked
    signal attachAsked
    signal shortcutsAsked

    ColumnLayout {
        id: list

        anchors.left: parent.left
        anchors.leftMargin: Theme.l
        y: scroll.margin
        width: Math.round(212 * Theme.textScale)
        visible: root.wide
        spacing: Theme.xs

        AppLabel {
            Layout.leftMargin: Theme.s
            Layout.bottomMargin: Theme.s
            text: qsTr("Settings")
            kind: AppLabel.Title
        }
        Repeater {
            model: root.names

            NavItem {
                required property string modelData
                required property int index

                Layout.fillWidth: true
                name: modelData
                iconName: root.icons[index]
                current: root.tab === index
                narrow: false
                onClicked: root.tab = index
            }
        }
    }
    ScrollPage {
        id: scroll

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.left: root.wide ? list.right : parent.left
        anchors.right: parent.right
        widest: 760

        AppLabel {
            visible: !root.wide
            text: qsTr("Settings")
            kind: AppLabel.Title
        }
        Flow {
            Layout.fillWidth: true
            visible: !root.wide
            spacing: Theme.xs

            Repeater {
                model: root.names

                TogglePill {
                    required property string modelData
                    required property int index

                    label: modelData
                    group: qsTr("Settings")
                    on: root.tab === index
                    onAsked: root.tab = index
                }
            }
        }
        Loader {
            Layout.fillWidth: true
            sourceComponent: [general, appearance, notifications, security, meshes, advanced,
                about][root.tab]
        }
    }
    Component {
        id: general

        GeneralGroup { app: root.app }
    }
    Component {
        id: appearance

        AppearanceGroup { app: root.app }
    }
    Component {
        id: notifications

        NotificationGroup { app: root.app }
    }
    Component {
        id: security

        SecurityGroup { app: root.app }
    }
    Component {
        id: meshes

        ProfilesCard {
            app: root.app
            onAddAsked: root.addAsked()
        }
    }
    Component {
        id: advanced

        AdvancedGroup {
            app: root.app
            onAttachAsked: root.attachAsked()
        }
    }
    Component {
        id: about

        AboutGroup {
            app: root.app
            onShortcutsAsked: root.shortcutsAsked()
        }
    }
}
