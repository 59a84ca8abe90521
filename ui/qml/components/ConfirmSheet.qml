// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Asks before something that cannot be undone: what, and what it means.
Sheet {
    id: root

    required property string text
    required property string confirmText

    signal confirmed

    widest: 460
    footer: [
        AppButton {
            kind: AppButton.DangerFilled
            text: root.confirmText
            onPressedAllowed: {
                root.confirmed();
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
        text: root.text
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
}
