// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Whom a role is given to.
ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property BindingEditor editor: root.app.access.binding
    readonly property var problems: root.editor.problems  // var: fields index it
    readonly property bool fixed: root.editor.readOnlyText.length > 0

    spacing: Theme.l

    NameField { editor: root.editor }
    ChoiceList {
        Layout.fillWidth: true
        label: qsTr("Role")
        choices: root.app.access.roleNames
        chosen: root.editor.role
        readOnly: root.fixed
        problem: root.problems["role"] ?? ""
        onPicked: text => root.editor.role = text
    }
    SettingRow {
        Layout.fillWidth: true
        visible: !root.fixed || root.editor.everybody
        label: qsTr("Everybody")
        help: qsTr("Every member and every user has the role.")

        AppSwitch {
            name: qsTr("Everybody")
            enabled: !root.fixed
            on: root.editor.everybody
            onAsked: on => root.editor.everybody = on
        }
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("Members")
        placeholder: qsTr("Member")
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
        suggests: false
        readOnly: root.fixed
        entries: root.editor.users
        problem: root.problems["users"] ?? ""
        onChanged: entries => root.editor.users = entries
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("Groups")
        placeholder: qsTr("Group name")
        suggests: false
        readOnly: root.fixed
        entries: root.editor.groups
        problem: root.problems["groups"] ?? ""
        onChanged: entries => root.editor.groups = entries
    }
}
