// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A connection between two members.
ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property EdgeEditor editor: root.app.access.edge
    readonly property var problems: root.editor.problems  // var: fields index it
    readonly property bool fixed: root.editor.readOnlyText.length > 0

    spacing: Theme.l

    FormField {
        Layout.fillWidth: true
        visible: root.editor.isNew
        label: qsTr("One member")
        text: root.editor.source
        problem: root.problems["source"] ?? ""
        onEdited: root.editor.source = text
    }
    FormField {
        Layout.fillWidth: true
        visible: root.editor.isNew
        label: qsTr("The other member")
        text: root.editor.target
        problem: root.problems["target"] ?? ""
        onEdited: root.editor.target = text
    }
    FormField {
        Layout.fillWidth: true
        enabled: !root.fixed
        label: qsTr("Weight")
        text: root.editor.weight
        problem: root.problems["weight"] ?? ""
        help: qsTr("Of several ways the one with the smaller sum is taken.")
        onEdited: root.editor.weight = text
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.xs

        AppLabel {
            text: qsTr("How they connect")
            kind: AppLabel.Strong
        }
        Segmented {
            name: qsTr("How they connect")
            enabled: root.editor.isNew
            opacity: enabled ? 1 : 0.6
            options: [qsTr("Directly"), qsTr("ICE"), qsTr("libp2p")]
            currentIndex: root.editor.protocol
            onChosen: index => root.editor.protocol = index
        }
        AppLabel {
            Layout.fillWidth: true
            visible: !root.editor.isNew
            text: qsTr("To change it, delete the edge and make it anew.")
            kind: AppLabel.Small
            wrapMode: Text.Wrap
        }
    }
}
