// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A few notes under a heading: what it is about, its state in a word, and more of it below.
ColumnLayout {
    id: root

    required property string heading
    required property NoteModel notes
    property bool mono: false
    /// By Look.Tone.
    readonly property var icons: ["off", "clock", "done", "warning", "error", "info"]

    visible: root.notes.count > 0
    spacing: Theme.s

    AppLabel {
        Layout.fillWidth: true
        text: root.heading
        kind: AppLabel.Strong
    }
    Repeater {
        model: root.notes

        RowLayout {
            id: note

            required property string text
            required property string detail
            required property string word
            required property int tone

            Layout.fillWidth: true
            spacing: Theme.s

            Icon {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 2
                name: root.icons[note.tone]
                size: Theme.iconSize
                color: note.tone === Look.Neutral ? Theme.textTertiary : Theme.ink(note.tone)
                Accessible.role: Accessible.Graphic
                Accessible.name: note.word
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.m

                    AppLabel {
                        Layout.fillWidth: true
                        text: note.text
                        kind: root.mono ? AppLabel.Mono : AppLabel.Body
                        color: note.tone === Look.Neutral ? Theme.textSecondary : Theme.text
                    }
                    AppLabel {
                        text: note.word
                        kind: AppLabel.Small
                        color: note.tone === Look.Neutral ? Theme.textTertiary : Theme.ink(note.tone)
                        Accessible.ignored: true
                    }
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: note.detail
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                }
            }
        }
    }
}
