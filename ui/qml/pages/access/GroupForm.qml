// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Who is in a group.
ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property GroupEditor editor: root.app.access.group
    readonly property var problems: root.editor.problems  // var: fields index it
    readonly property bool fixed: root.editor.readOnlyText.length > 0

    spacing: Theme.l

    NameField { editor: root.editor }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("Members")
        placeholder: qsTr("Member")
        help: qsTr("A list can be pasted: lines, or with commas.")
        iconName: "device"
        readOnly: root.fixed
        entries: root.editor.nodes
        problem: root.problems["nodes"] ?? ""
        onChanged: entries => root.editor.nodes = entries
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("Users")
        placeholder: qsTr("User name")
        help: qsTr("People who sign in without being a member.")
        suggests: false
        iconName: "user"
        readOnly: root.fixed
        entries: root.editor.users
        problem: root.problems["users"] ?? ""
        onChanged: entries => root.editor.users = entries
    }
    ChipsField {
        Layout.fillWidth: true
        visible: root.editor.groups.length > 0
        access: root.app.access
        label: qsTr("Groups")
        placeholder: qsTr("Group name")
        suggests: false
        iconName: "peers"
        readOnly: root.fixed
        entries: root.editor.groups
        problem: root.problems["groups"] ?? ""
        onChanged: entries => root.editor.groups = entries
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0 && root.editor.uses.count === 0
        text: root.editor.usedBy
        kind: AppLabel.Small
        wrapMode: Text.Wrap
    }
    NoteList {
        Layout.fillWidth: true
        heading: root.editor.usedBy
        notes: root.editor.uses
    }
    GroupRename {
        Layout.fillWidth: true
        visible: !root.editor.isNew && !root.fixed
        editor: root.editor
    }
}
