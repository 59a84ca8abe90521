// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The fields of a rule for which nodes may reach which.
ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property RuleEditor editor: root.app.access.rule
    readonly property var problems: root.editor.problems  // var: fields index it
    readonly property bool fixed: root.editor.readOnlyText.length > 0

    spacing: Theme.l

    NameField { editor: root.editor }
    Segmented {
        name: qsTr("What the rule does")
        enabled: !root.fixed
        options: [qsTr("Allow"), qsTr("Deny")]
        currentIndex: root.editor.accepts ? 0 : 1
        onChosen: index => root.editor.accepts = index === 0
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("From")
        placeholder: qsTr("Member or group")
        withGroups: true
        withEverybody: true
        readOnly: root.fixed
        entries: root.editor.sources
        problem: root.problems["sources"] ?? ""
        onChanged: entries => root.editor.sources = entries
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("To")
        placeholder: qsTr("Member or group")
        withGroups: true
        withEverybody: true
        readOnly: root.fixed
        entries: root.editor.destinations
        problem: root.problems["destinations"] ?? ""
        onChanged: entries => root.editor.destinations = entries
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("Only from networks")
        placeholder: "10.1.0.0/24"
        help: qsTr("Empty: from everywhere.")
        networks: true
        readOnly: root.fixed
        entries: root.editor.sourceNetworks
        problem: root.problems["sourceNetworks"] ?? ""
        onChanged: entries => root.editor.sourceNetworks = entries
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("Only to networks")
        placeholder: "10.1.0.0/24"
        help: qsTr("Empty: to everywhere.")
        networks: true
        readOnly: root.fixed
        entries: root.editor.destinationNetworks
        problem: root.problems["destinationNetworks"] ?? ""
        onChanged: entries => root.editor.destinationNetworks = entries
    }
    FormField {
        Layout.fillWidth: true
        enabled: !root.fixed
        label: qsTr("Priority")
        text: root.editor.priority
        problem: root.problems["priority"] ?? ""
        help: qsTr("Higher numbers are asked first. %1.").arg(root.editor.neighbours)
        onEdited: root.editor.priority = text
    }
    Banner {
        Layout.fillWidth: true
        visible: root.editor.sentence.length > 0
        tone: root.editor.accepts ? Look.Ok : Look.Error
        text: root.editor.sentence
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: root.editor.oneWay && !root.fixed
        spacing: Theme.s

        Banner {
            Layout.fillWidth: true
            tone: Look.Warn
            word: qsTr("Warning")
            text: qsTr("No rule allows the way back. A tunnel needs both ways, so nothing will pass.")
        }
        SettingRow {
            Layout.fillWidth: true
            label: qsTr("Allow the way back too")
            help: qsTr("Makes a second rule beside this one.")

            AppSwitch {
                name: qsTr("Allow the way back too")
                on: root.editor.withWayBack
                onAsked: on => root.editor.withWayBack = on
            }
        }
    }
}
