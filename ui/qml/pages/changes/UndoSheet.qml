// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Asks before a change of the history, or a part of it, is taken back.
Sheet {
    id: root

    required property AppViewModel app
    readonly property HistoryViewModel history: root.app.changes.history
    property var number: 0  // a 64-bit number
    property string object
    property string what

    function ask(number: var, object: string, what: string) {
        root.number = number;
        root.object = object;
        root.what = what;
        root.open();
    }

    heading: qsTr("Undo %1?").arg(root.what)
    widest: 500
    footer: [
        AppButton {
            kind: AppButton.Primary
            text: qsTr("Undo")
            hint: root.app.changes.lockedText
            onPressedAllowed: {
                root.history.undo(root.number, root.object);
                root.close();
            }
        },
        AppButton {
            text: qsTr("Cancel")
            onPressedAllowed: root.close()
        },
        Item { Layout.fillWidth: true }
    ]

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("It is made in the mesh at once, as a change of its own that can be undone as well. It is refused when others have changed the same since.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    CommandLine {
        Layout.fillWidth: true
        command: root.history.undoCommand(root.number, root.object)
        onCopied: (value, label) => root.app.copy(value, label)
    }
}
