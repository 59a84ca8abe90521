// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Where the table of the selected members is to be written.
Sheet {
    id: root

    required property PeerActions actions

    function ask() {
        root.actions.forget();
        path.text = root.actions.suggestedPath();
        root.open();
    }
    function write() {
        if (root.actions.writeCsv(path.text)) { root.close(); }
    }

    heading: qsTr("Export as CSV")
    widest: 560
    firstFocus: path.field
    footer: [
        AppButton {
            kind: AppButton.Primary
            text: qsTr("Write the file")
            hint: path.text.trim().length > 0 ? "" : qsTr("Say where the file is to be written.")
            onPressedAllowed: root.write()
        },
        AppButton {
            text: qsTr("Cancel")
            onPressedAllowed: root.close()
        },
        Item { Layout.fillWidth: true }
    ]

    Banner {
        Layout.fillWidth: true
        visible: root.actions.errorText.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.actions.errorText
    }
    FormField {
        id: path

        Layout.fillWidth: true
        label: qsTr("File")
        help: root.actions.noteFor(path.text)
        onAccepted: if (path.text.trim().length > 0) { root.write(); }
    }
}
