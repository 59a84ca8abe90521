// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A new mesh: its name, its domain, the name of this node, what members may do.
ColumnLayout {
    id: root

    required property FirstRunViewModel firstRun
    property bool defaultDeny: false
    property bool checked: false

    function create() {
        root.checked = true;
        root.firstRun.createMesh(nameField.text, domain.text, node.text, root.defaultDeny);
    }

    spacing: Theme.l
    Component.onCompleted: nameField.field.forceActiveFocus()

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("Create a mesh")
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
            id: nameField

            Layout.fillWidth: true
            label: qsTr("Name")
            placeholder: qsTr("Home")
            help: qsTr("What you call it. Shown on this computer only.")
            onAccepted: root.create()
        }
        FormField {
            id: domain

            Layout.fillWidth: true
            label: qsTr("Domain")
            text: root.firstRun.suggestedDomain
            help: qsTr("The names of all members end with it. It cannot be changed later.")
            problem: root.checked ? root.firstRun.domainProblem(domain.text) : ""
            onAccepted: root.create()
        }
        FormField {
            id: node

            Layout.fillWidth: true
            label: qsTr("Name of this computer in the mesh")
            placeholder: root.firstRun.suggestedNodeId
            help: qsTr("Empty takes the one shown.")
            problem: root.checked ? root.firstRun.nodeIdProblem(node.text) : ""
            onAccepted: root.create()
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.xs

            AppLabel {
                text: qsTr("Who may talk to whom")
                kind: AppLabel.Strong
            }
            Segmented {
                name: qsTr("Who may talk to whom")
                options: [qsTr("All members"), qsTr("Nobody until allowed")]
                currentIndex: root.defaultDeny ? 1 : 0
                onChosen: index => root.defaultDeny = index === 1
            }
            AppLabel {
                Layout.fillWidth: true
                text: root.defaultDeny
                    ? qsTr("No member reaches another until a rule allows it.")
                    : qsTr("Every member may reach every other. Rules can narrow it later.")
                kind: AppLabel.Small
                color: Theme.textTertiary
                wrapMode: Text.Wrap
            }
        }
    }
    AppLabel {
        Layout.fillWidth: true
        text: qsTr("Members are let in by invitation only, and prove who they are with certificates of this mesh.")
        kind: AppLabel.Small
        wrapMode: Text.Wrap
    }
    AppButton {
        kind: AppButton.Primary
        text: qsTr("Create the mesh")
        busy: root.firstRun.busy
        hint: root.firstRun.unavailableText
        onPressedAllowed: root.create()
    }
}
