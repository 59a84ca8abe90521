// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What a button does, as a command line: shown on demand, copied by a click.
ColumnLayout {
    id: root

    required property string command
    property bool open: false

    signal copied(string value, string label)

    Layout.fillHeight: false
    spacing: Theme.xs

    AppButton {
        kind: AppButton.Plain
        iconName: "code"
        text: root.open ? qsTr("Hide the command") : qsTr("Show me the command")
        onPressedAllowed: root.open = !root.open
    }
    CommandField {
        Layout.fillWidth: true
        visible: root.open
        command: root.command
        onCopied: (value, label) => root.copied(value, label)
    }
}
