// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The rights that a role gives.
ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property RoleEditor editor: root.app.access.role
    readonly property var problems: root.editor.problems  // var: fields index it
    readonly property bool fixed: root.editor.readOnlyText.length > 0

    spacing: Theme.l

    NameField { editor: root.editor }
    Repeater {
        // By number: a right that changes is not made anew under the hand of who changes it.
        model: root.editor.rightCount

        RoleRight {
            required property int index

            Layout.fillWidth: true
            app: root.app
            number: index
            fixed: root.fixed
        }
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0
        kind: AppLabel.Small
        color: Theme.error
        text: root.problems["rights"] ?? ""
        wrapMode: Text.Wrap
    }
    AppButton {
        visible: !root.fixed
        iconName: "plus"
        text: qsTr("Add a right")
        onPressedAllowed: root.editor.addRight()
    }
}
