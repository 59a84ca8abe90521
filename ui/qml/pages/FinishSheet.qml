// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The last step of the first run, which can be skipped and is never asked again.
Sheet {
    id: root

    required property AppViewModel app
    readonly property Preferences preferences: root.app.preferences

    signal inviteAsked

    heading: qsTr("Ready")
    widest: 520
    firstFocus: done
    onAboutToShow: root.app.loginStart.refresh()
    onClosed: root.preferences.setWelcomed()
    footer: [
        AppButton {
            id: done

            kind: AppButton.Primary
            text: qsTr("Done")
            onPressedAllowed: root.close()
        },
        AppButton {
            visible: root.app.connection.canInvite
            iconName: "invite"
            text: qsTr("Invite your first device")
            onPressedAllowed: {
                root.close();
                root.inviteAsked();
            }
        },
        Item { Layout.fillWidth: true }
    ]

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("Everything here can be changed later in the settings.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    SettingRow {
        Layout.fillWidth: true
        visible: root.app.loginStart.available
        label: qsTr("Start at login")
        help: qsTr("Weft starts when you log in on this computer.")
        note: root.app.loginStart.errorText.length > 0 ? root.app.loginStart.errorText
                                                       : root.app.loginStart.noteText
        failed: root.app.loginStart.errorText.length > 0

        AppSwitch {
            name: qsTr("Start at login")
            on: root.app.loginStart.on
            onAsked: on => root.app.loginStart.setOn(on)
        }
    }
    CategoryRow {
        preferences: root.preferences
        category: Preferences.Category.Connection
        label: qsTr("Notifications")
        help: qsTr("A mesh was lost, is back, or could not be connected.")
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Icon in the tray")
        help: qsTr("In the panel of the desktop, where it shows such icons: it tells the state of the mesh, and its menu opens this window again.")

        StateGlyph {
            implicitWidth: 32
            implicitHeight: 32
            shape: Look.Filled
            ink: Theme.ok
        }
    }
}
