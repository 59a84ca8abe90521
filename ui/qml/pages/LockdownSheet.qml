// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Asks before a lockdown is turned on: what it stops, and the way out of it.
ConfirmSheet {
    id: root

    required property AppViewModel app
    property string profileId
    property string name

    function openFor(profileId: string, name: string) {
        root.profileId = profileId;
        root.name = name;
        root.open();
    }

    heading: qsTr("Turn on the lockdown of %1?").arg(root.name)
    text: qsTr("From connecting this mesh to disconnecting it, nothing leaves this computer but into the mesh and to networks beside it: no web page, no mail, no update, unless a member leads to the Internet. It stays so while the mesh cannot be reached.")
    confirmText: qsTr("Turn it on")
    onConfirmed: root.app.profiles.setLockdown(root.profileId, true)

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("To get out, turn this switch off or disconnect the mesh. Without this window:")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    CopyField {
        Layout.fillWidth: true
        label: qsTr("Command")
        value: "weftctl profiles lockdown off " + root.profileId
        mono: true
        wrap: true
        onCopied: (value, label) => root.app.copy(value, label)
    }
    AppLabel {
        Layout.fillWidth: true
        text: qsTr("A mesh that is joined by a name may not be found then: names are looked up outside. Give it addresses.")
        kind: AppLabel.Small
        wrapMode: Text.Wrap
    }
}
