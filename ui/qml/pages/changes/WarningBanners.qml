// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What must be read before anything else, each in a banner of its own.
ColumnLayout {
    id: root

    required property NoteModel notes

    visible: root.notes.count > 0
    spacing: Theme.s

    Repeater {
        model: root.notes

        ColumnLayout {
            id: note

            required property string text
            required property string word
            required property int tone

            Layout.fillWidth: true

            Banner {
                Layout.fillWidth: true
                tone: note.tone
                word: note.word
                text: note.text
            }
        }
    }
}
