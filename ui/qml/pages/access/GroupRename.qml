// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Gives a group another name in the draft, in all that names it.
ColumnLayout {
    id: root

    required property GroupEditor editor
    readonly property string key: root.editor.key
    readonly property string typed: field.text.trim()
    readonly property string problem: root.typed.length > 0 ? root.editor.renameProblem(root.typed) : ""

    function rename() {
        if (root.problem.length === 0) { root.editor.rename(root.typed); }
    }

    onKeyChanged: field.text = ""

    Layout.fillHeight: false
    spacing: Theme.s

    FormField {
        id: field

        Layout.fillWidth: true
        enabled: root.editor.renameHint.length === 0
        label: qsTr("Another name")
        placeholder: root.editor.name
        problem: root.problem
        help: root.editor.renameHint.length > 0 ? root.editor.renameHint
            : qsTr("Rules, bindings and groups that name it follow, all in the draft. Tests of the mesh do not.")
        onAccepted: root.rename()
    }
    AppButton {
        id: button

        visible: root.typed.length > 0
        text: qsTr("Rename in the draft")
        busy: root.editor.busy
        hint: root.editor.renameHint.length > 0 ? root.editor.renameHint : root.problem
        onPressedAllowed: root.rename()
    }
}
