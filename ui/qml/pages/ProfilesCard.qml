// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The meshes that this computer knows, with what can be done to each.
Card {
    id: root

    required property AppViewModel app

    signal addAsked

    RowLayout {
        Layout.fillWidth: true

        AppLabel {
            Layout.fillWidth: true
            text: qsTr("Meshes")
            kind: AppLabel.Section
        }
        AppButton {
            iconName: "plus"
            text: qsTr("Add a mesh")
            onPressedAllowed: root.addAsked()
        }
    }
    Banner {
        Layout.fillWidth: true
        visible: root.app.profiles.errorText.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.app.profiles.errorText
        closable: true
        onClosed: root.app.profiles.dismissError()
    }
    Repeater {
        model: root.app.profiles

        ProfileRow {
            Layout.fillWidth: true
            app: root.app
            onEditAsked: (id, name) => editor.openFor(id, name)
            onRemoveAsked: (id, name) => remover.openFor(id, name)
            onLockdownAsked: (id, name) => locking.openFor(id, name)
        }
    }
    ProfileSheet {
        id: editor

        app: root.app
    }
    LockdownSheet {
        id: locking

        app: root.app
    }
    RemoveSheet {
        id: remover

        app: root.app
    }
}
