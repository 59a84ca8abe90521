// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Asks before the draft is made: why, and whether it goes back by itself.
Sheet {
    id: root

    required property AppViewModel app
    readonly property ChangesViewModel changes: root.app.changes
    /// Goes back unless it is kept.
    property bool reverts: false
    property int choice: 1
    readonly property var seconds: [30, 60, 300]  // var: a list that is indexed
    readonly property int revertSeconds: root.reverts ? root.seconds[root.choice] : 0

    function ask(reverts: bool) {
        root.reverts = reverts;
        root.choice = 1;
        note.text = "";
        root.open();
    }
    function apply() {
        root.changes.apply(note.text, root.revertSeconds);
        root.close();
    }

    heading: qsTr("Apply the draft?")
    widest: 560
    firstFocus: note.field
    footer: [
        AppButton {
            kind: AppButton.Primary
            text: root.reverts ? qsTr("Apply with auto-revert") : qsTr("Apply")
            hint: root.changes.applyHint
            onPressedAllowed: root.apply()
        },
        AppButton {
            text: qsTr("Cancel")
            onPressedAllowed: root.close()
        },
        Item { Layout.fillWidth: true }
    ]

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("%1. All of it is made in the mesh at once, or nothing.")
            .arg(root.changes.summary)
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    WarningBanners {
        Layout.fillWidth: true
        notes: root.changes.review.warnings
    }
    Banner {
        Layout.fillWidth: true
        visible: root.changes.review.testsFail
        tone: Look.Error
        word: qsTr("Danger")
        text: root.changes.review.testSummary
    }
    FormField {
        id: note

        Layout.fillWidth: true
        label: qsTr("Note")
        placeholder: qsTr("Why, for the history")
        onAccepted: if (root.changes.applyHint.length === 0) { root.apply(); }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Take it back unless I keep it")
        help: qsTr("The mesh goes back by itself, also when the change cuts this computer off.")

        AppSwitch {
            name: qsTr("Take it back unless I keep it")
            on: root.reverts
            onAsked: on => root.reverts = on
        }
    }
    Segmented {
        visible: root.reverts
        name: qsTr("Taken back after")
        options: [qsTr("30 s"), qsTr("60 s"), qsTr("5 min")]
        currentIndex: root.choice
        onChosen: index => root.choice = index
    }
    CommandLine {
        Layout.fillWidth: true
        command: root.changes.applyCommand(note.text, root.revertSeconds)
        onCopied: (value, label) => root.app.copy(value, label)
    }
}
