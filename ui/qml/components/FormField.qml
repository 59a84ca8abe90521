// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A text field with its label above, and help or what is wrong below.
ColumnLayout {
    id: root

    required property string label
    property string help
    property string problem
    property alias text: field.text
    property alias placeholder: field.placeholderText
    property alias mono: field.mono
    property alias echoMode: field.echoMode
    readonly property alias field: field

    signal accepted
    signal edited

    // A layout in a layout would take the room that is left.
    Layout.fillHeight: false
    spacing: Theme.xs

    AppLabel {
        Layout.fillWidth: true
        text: root.label
        kind: AppLabel.Strong
        Accessible.ignored: true
    }
    AppTextField {
        id: field

        Layout.fillWidth: true
        name: root.label
        wrong: root.problem.length > 0
        Accessible.description: root.problem.length > 0 ? root.problem : root.help
        onAccepted: root.accepted()
        onTextEdited: root.edited()
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0
        kind: AppLabel.Small
        color: root.problem.length > 0 ? Theme.error : Theme.textTertiary
        text: root.problem.length > 0 ? root.problem : root.help
        wrapMode: Text.Wrap
    }
}
