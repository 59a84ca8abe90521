// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Removing a mesh from this computer, with or without its keys.
ConfirmSheet {
    id: root

    required property AppViewModel app
    property string profileId
    property string name
    property bool forget: false

    function openFor(profileId: string, name: string) {
        root.profileId = profileId;
        root.name = name;
        root.forget = false;
        root.open();
    }

    heading: qsTr("Remove %1?").arg(root.name)
    text: qsTr("This computer leaves the mesh and no longer lists it. The other members stay as they are.")
    confirmText: root.forget ? qsTr("Remove and delete") : qsTr("Remove")
    onConfirmed: root.app.profiles.removeProfile(root.profileId, root.forget)

    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Delete its key and data too")
        help: qsTr("Cannot be undone. To come back, this computer needs a new invitation; a mesh that was started here and has no other storage is lost.")

        AppSwitch {
            name: qsTr("Delete its key and data too")
            on: root.forget
            onAsked: on => root.forget = on
        }
    }
}
