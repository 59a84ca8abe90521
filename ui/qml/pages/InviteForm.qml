// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// For whom a new invitation is, and how long it can be used.
ColumnLayout {
    id: root

    required property InviteViewModel invite
    /// Hours by choice. var: QML 6.4 cannot index a typed list in a binding.
    readonly property var hours: [1, 24, 168]
    property int lifetime: 1

    spacing: Theme.l

    FormField {
        id: note

        Layout.fillWidth: true
        label: qsTr("Note")
        placeholder: qsTr("Office phone")
        help: qsTr("For you, to know later whom it was for.")
    }
    FormField {
        id: node

        Layout.fillWidth: true
        label: qsTr("Name in the mesh")
        placeholder: qsTr("Any")
        help: qsTr("Set, only a device with this name can use the code.")
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.xs

        AppLabel {
            text: qsTr("Can be used for")
            kind: AppLabel.Strong
        }
        Segmented {
            name: qsTr("Can be used for")
            options: [qsTr("1 hour"), qsTr("1 day"), qsTr("1 week")]
            currentIndex: root.lifetime
            onChosen: index => root.lifetime = index
        }
    }
    AppButton {
        kind: AppButton.Primary
        text: qsTr("Make a code")
        busy: root.invite.busy
        onPressedAllowed: root.invite.create(node.text, note.text, root.hours[root.lifetime])
    }
}
