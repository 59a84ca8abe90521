// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What it takes to make the rules what they were after a change: into the draft, or at once.
Sheet {
    id: root

    required property AppViewModel app
    readonly property HistoryViewModel history: root.app.changes.history
    property var number: 0  // a 64-bit number
    readonly property string hint: root.app.changes.lockedText.length > 0
        ? root.app.changes.lockedText
        : root.history.restoreKnown && root.history.restoreEdits.count > 0 ? ""
        : qsTr("There is nothing to restore.")

    function ask(number: var) {
        root.number = number;
        root.history.lookAtRestore(number);
        root.open();
    }

    heading: qsTr("Restore the rules to #%1?").arg(root.number)
    widest: 600
    footer: [
        AppButton {
            kind: AppButton.Primary
            visible: root.history.canDraft
            text: qsTr("Put into the draft")
            hint: root.hint
            onPressedAllowed: {
                root.history.restoreToDraft();
                root.close();
            }
        },
        AppButton {
            text: qsTr("Restore now")
            hint: root.hint
            onPressedAllowed: {
                root.history.restoreNow();
                root.close();
            }
        },
        AppButton {
            kind: AppButton.Plain
            text: qsTr("Cancel")
            onPressedAllowed: root.close()
        },
        Item { Layout.fillWidth: true }
    ]

    Banner {
        Layout.fillWidth: true
        visible: root.history.restoreError.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.history.restoreError
    }
    RowLayout {
        visible: !root.history.restoreKnown && root.history.restoreError.length === 0
        spacing: Theme.s

        Spinner {
            running: root.opened && parent.visible
            ink: Theme.accent
            size: Theme.iconSize
        }
        AppLabel { text: qsTr("Looking at how the rules were then…") }
    }
    AppLabel {
        Layout.fillWidth: true
        visible: root.history.restoreKnown
        text: root.history.restoreEdits.count === 0 ? qsTr("The rules are like that already.")
            : qsTr("This takes back %n object(s), all as one change.", "", root.history.restoreEdits.count)
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0
        text: root.history.restoreDraftHint
        color: Theme.warn
        wrapMode: Text.Wrap
    }
    WarningBanners {
        Layout.fillWidth: true
        notes: root.history.restoreWarnings
    }
    ListView {
        id: list

        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(contentHeight, 220)
        visible: root.history.restoreEdits.count > 0
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.history.restoreEdits
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What a restore would change")

        delegate: RowLayout {
            id: edit

            required property string group
            required property string title
            required property string word
            required property int tone

            width: ListView.view.width - Theme.m
            spacing: Theme.s

            AppLabel {
                Layout.fillWidth: true
                Layout.topMargin: Theme.xs
                Layout.bottomMargin: Theme.xs
                text: qsTr("%1: %2").arg(edit.group).arg(edit.title)
            }
            Chip {
                text: edit.word
                tone: edit.tone
            }
        }
        AppScrollBar { target: list }
    }
    CommandLine {
        Layout.fillWidth: true
        command: root.history.restoreCommand(root.number, root.history.canDraft)
        onCopied: (value, label) => root.app.copy(value, label)
    }
}
