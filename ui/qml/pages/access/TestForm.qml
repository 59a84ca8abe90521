// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The fields of a test: who must reach whom, or must not.
ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property PolicyTestsViewModel tests: root.app.tests
    readonly property TestEditor editor: root.tests.editor
    readonly property var problems: root.editor.problems  // var: fields index it
    readonly property bool fixed: root.editor.readOnlyText.length > 0

    /// The last that was added: an end of a test is one.
    function lastOf(entries: var): string {
        return entries.length > 0 ? entries[entries.length - 1] : "";
    }

    spacing: Theme.l

    NoteList {
        Layout.fillWidth: true
        heading: qsTr("On the rules as they are")
        notes: root.tests.reasons
    }
    NoteList {
        Layout.fillWidth: true
        heading: qsTr("With your draft")
        notes: root.tests.draftReasons
    }
    FormField {
        Layout.fillWidth: true
        enabled: !root.fixed
        label: qsTr("Name")
        text: root.editor.name
        placeholder: "laptops-to-nas"
        problem: root.problems["name"] ?? ""
        onEdited: root.editor.name = text
        onAccepted: root.editor.save()
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("From")
        placeholder: qsTr("Member or group")
        withGroups: true
        withEverybody: true
        readOnly: root.fixed
        entries: root.editor.from.length > 0 ? [root.editor.from] : []
        problem: root.problems["from"] ?? ""
        onChanged: entries => root.editor.from = root.lastOf(entries)
    }
    Segmented {
        name: qsTr("What must be")
        enabled: !root.fixed
        options: [qsTr("Must reach"), qsTr("Must not reach")]
        currentIndex: root.editor.mustReach ? 0 : 1
        onChosen: index => root.editor.mustReach = index === 0
    }
    ChipsField {
        Layout.fillWidth: true
        access: root.app.access
        label: qsTr("To")
        placeholder: qsTr("Member or group")
        help: root.editor.network.length > 0 ? qsTr("Empty: through whoever leads there.") : ""
        withGroups: true
        withEverybody: true
        readOnly: root.fixed
        entries: root.editor.to.length > 0 ? [root.editor.to] : []
        problem: root.problems["to"] ?? ""
        onChanged: entries => root.editor.to = root.lastOf(entries)
    }
    FormField {
        Layout.fillWidth: true
        enabled: !root.fixed
        label: qsTr("Network behind them")
        text: root.editor.network
        placeholder: "10.1.0.0/24"
        mono: true
        problem: root.problems["network"] ?? ""
        help: qsTr("Empty: the members themselves.")
        onEdited: root.editor.network = text
        onAccepted: root.editor.save()
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.fillHeight: false
        spacing: Theme.xs

        AppLabel {
            Layout.fillWidth: true
            text: qsTr("Addresses")
            kind: AppLabel.Strong
            Accessible.ignored: true
        }
        Segmented {
            name: qsTr("Addresses")
            enabled: !root.fixed
            options: [qsTr("Either"), "IPv4", "IPv6"]
            currentIndex: root.editor.family
            onChosen: index => root.editor.family = index
        }
    }
    Banner {
        Layout.fillWidth: true
        visible: root.editor.sentence.length > 0
        tone: Look.Accent
        text: root.editor.sentence
    }
}
