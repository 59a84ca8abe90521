// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Asks before an object is deleted: what goes with it, and whether at once or in the draft.
Sheet {
    id: root

    required property PolicyEditor editor

    heading: qsTr("Delete %1?").arg(root.editor.heading)
    widest: 500
    footer: [
        AppButton {
            kind: AppButton.Primary
            visible: root.editor.canDraft
            text: qsTr("Delete in the draft")
            onPressedAllowed: {
                root.editor.removeInDraft();
                root.close();
            }
        },
        AppButton {
            visible: root.editor.stored
            kind: root.editor.canDraft ? AppButton.Danger : AppButton.DangerFilled
            text: root.editor.canDraft ? qsTr("Delete now") : qsTr("Delete")
            onPressedAllowed: {
                root.editor.remove();
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
        text: root.editor.consequenceText.length > 0 ? root.editor.consequenceText
                                                     : qsTr("Nothing else changes by it.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
}
