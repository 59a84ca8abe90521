// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The name of an object: typed for a new one, fixed afterwards, since other objects name it.
FormField {
    id: root

    required property PolicyEditor editor
    readonly property var problems: root.editor.problems  // var: fields index it

    Layout.fillWidth: true
    visible: root.editor.isNew
    label: qsTr("Name")
    text: root.editor.name
    problem: root.problems["name"] ?? ""
    help: qsTr("Stays as it is later: rules, bindings and people use it.")
    onEdited: root.editor.name = root.text
    onAccepted: root.editor.save()
}
