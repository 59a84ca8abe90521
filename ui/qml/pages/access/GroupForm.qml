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
        readOnly: root.fixed
        entries: root.editor.users
        problem: root.problems["users"] ?? ""
        onChanged: entries => root.editor.users = entries
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0
        text: root.editor.usedBy
        kind: AppLabel.Small
        wrapMode: Text.Wrap
    }
}
