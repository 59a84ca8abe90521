// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Which news become notifications while the window is not seen.
Card {
    id: root

    required property AppViewModel app
    readonly property Preferences preferences: root.app.preferences

    heading: qsTr("Notifications")

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("Weft notifies only while nobody sees its window.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    CategoryRow {
        preferences: root.preferences
        category: Preferences.Category.Connection
        label: qsTr("Connection")
        help: qsTr("A mesh was lost, is back, or could not be connected.")
    }
    CategoryRow {
        preferences: root.preferences
        category: Preferences.Category.Peers
        label: qsTr("Members")
        help: qsTr("A member joined, left, or was not heard of for long.")
    }
    CategoryRow {
        preferences: root.preferences
        category: Preferences.Category.Policy
        label: qsTr("Rules and access")
        help: qsTr("Somebody changed who reaches whom, or a change waits for a yes.")
    }
    CategoryRow {
        preferences: root.preferences
        category: Preferences.Category.Routes
        label: qsTr("Routes")
        help: qsTr("A node offers a network or a way to the Internet, and asks for consent.")
    }
}
