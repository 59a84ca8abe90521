// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Networks behind a member.
ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property RouteEditor editor: root.app.access.route
    readonly property var problems: root.editor.problems  // var: fields index it
    readonly property bool fixed: root.editor.readOnlyText.length > 0

    spacing: Theme.l

    NameField { editor: root.editor }
    FormField {
        Layout.fillWidth: true
        enabled: !root.fixed
        label: qsTr("Member that leads there")
        text: root.editor.node
        problem: root.problems["node"] ?? ""
        onEdited: root.editor.node = text
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("Networks")
        placeholder: "10.1.0.0/24"
        networks: true
        readOnly: root.fixed
        entries: root.editor.networks
        problem: root.problems["networks"] ?? ""
        onChanged: entries => root.editor.networks = entries
    }
    FormField {
        Layout.fillWidth: true
        enabled: !root.fixed
        label: qsTr("Next hop")
        placeholder: qsTr("None")
        text: root.editor.nextHop
        problem: root.problems["nextHop"] ?? ""
        help: qsTr("Kept with the route; reference nodes do not use it.")
        onEdited: root.editor.nextHop = text
    }
    Banner {
        Layout.fillWidth: true
        visible: root.editor.warning.length > 0
        tone: Look.Warn
        word: qsTr("Warning")
        text: root.editor.warning
    }
}
