// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Joining with a code: paste, look at what it says, join.
ColumnLayout {
    id: root

    required property FirstRunViewModel firstRun

    function join() { root.firstRun.join(code.text, node.text); }
    function take(text: string) {
        if (text.length > 0) {
            code.text = text;
            root.firstRun.preview(text);
        }
    }

    spacing: Theme.l
    // The way back forgot what the code said, not the code.
    onVisibleChanged: if (root.visible) { root.firstRun.preview(code.text); }
    Component.onCompleted: code.field.forceActiveFocus()

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("Join with a code")
        kind: AppLabel.Title
    }
    Banner {
        Layout.fillWidth: true
        visible: text.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.firstRun.errorText
    }
    Card {
        Layout.fillWidth: true
        inset: Theme.xl

        FormField {
            id: code

            Layout.fillWidth: true
            label: qsTr("Invitation code")
            placeholder: "weft1-…"
            mono: true
            help: qsTr("Made by a member of the mesh. It works once.")
            onEdited: pause.restart()
            onAccepted: root.firstRun.preview(code.text)

            Timer {
                id: pause

                interval: 250
                onTriggered: root.firstRun.preview(code.text)
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s

            AppButton {
                iconName: "copy"
                text: qsTr("Paste")
                onPressedAllowed: root.take(root.firstRun.clipboardCode())
            }
            AppButton {
                visible: !file.visible
                text: qsTr("From a file…")
                onPressedAllowed: {
                    file.visible = true;
                    file.field.forceActiveFocus(Qt.TabFocusReason);
                }
            }
        }
        FormField {
            id: file

            Layout.fillWidth: true
            visible: false
            label: qsTr("File with the code")
            placeholder: "~/invitation.txt"
            mono: true
            help: qsTr("A path on this computer. Return reads it.")
            onAccepted: root.take(root.firstRun.codeInFile(file.text))
        }
        ColumnLayout {
            Layout.fillWidth: true
            visible: root.firstRun.hasPreview
            spacing: Theme.xs

            AppLabel {
                text: qsTr("What the code says")
                kind: AppLabel.Strong
            }
            FactRow {
                Layout.fillWidth: true
                label: qsTr("Mesh at")
                value: root.firstRun.previewAddresses
                mono: true
            }
            FactRow {
                Layout.fillWidth: true
                label: qsTr("Authority")
                value: root.firstRun.previewFingerprint
                mono: true
            }
            FactRow {
                Layout.fillWidth: true
                label: qsTr("Validity")
                value: root.firstRun.previewExpiry
            }
            AppLabel {
                Layout.fillWidth: true
                text: qsTr("Compare the authority with what the other side shows if the code came by a way you do not trust.")
                kind: AppLabel.Small
                color: Theme.textTertiary
                wrapMode: Text.Wrap
            }
        }
        FormField {
            id: node

            Layout.fillWidth: true
            visible: root.firstRun.hasPreview
            label: qsTr("Name of this computer in the mesh")
            placeholder: root.firstRun.suggestedNodeId
            help: qsTr("Empty takes the one shown, or the one that the invitation is for.")
            problem: root.firstRun.nodeIdProblem(node.text)
            onAccepted: root.join()
        }
    }
    AppButton {
        kind: AppButton.Primary
        text: qsTr("Join the mesh")
        busy: root.firstRun.busy
        hint: root.firstRun.unavailableText.length > 0 ? root.firstRun.unavailableText
            : root.firstRun.previewUsable ? "" : qsTr("Enter a code that can be used.")
        onPressedAllowed: root.join()
    }
}
