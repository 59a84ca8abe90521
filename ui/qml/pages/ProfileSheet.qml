// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The name of a mesh on this computer, and its password in the keychain.
Sheet {
    id: root

    required property AppViewModel app
    property string profileId

    function openFor(profileId: string, name: string) {
        root.profileId = profileId;
        nameField.text = name;
        password.text = "";
        root.open();
    }
    function save() {
        root.app.profiles.rename(root.profileId, nameField.text);
        if (password.text.length > 0) { root.app.profiles.keepPassword(root.profileId, password.text); }
        root.close();
    }

    heading: qsTr("Edit the mesh")
    widest: 480
    firstFocus: nameField.field
    onClosed: password.text = ""
    footer: [
        AppButton {
            kind: AppButton.Primary
            text: qsTr("Save")
            hint: nameField.text.trim().length > 0 ? "" : qsTr("A name is needed.")
            onPressedAllowed: root.save()
        },
        AppButton {
            text: qsTr("Cancel")
            onPressedAllowed: root.close()
        },
        Item { Layout.fillWidth: true }
    ]

    FormField {
        id: nameField

        Layout.fillWidth: true
        label: qsTr("Name")
        help: qsTr("Shown on this computer only.")
        onAccepted: root.save()
    }
    FormField {
        id: password

        Layout.fillWidth: true
        visible: root.app.profiles.canKeepPasswords
        label: qsTr("Password")
        help: qsTr("Only for meshes that ask for one. It is kept in the keychain of the desktop and handed over when you connect.")
        echoMode: TextInput.Password
        onAccepted: root.save()
    }
    AppButton {
        visible: root.app.profiles.canKeepPasswords
        kind: AppButton.Plain
        text: qsTr("Remove the kept password")
        onPressedAllowed: {
            root.app.profiles.keepPassword(root.profileId, "");
            root.close();
        }
    }
}
