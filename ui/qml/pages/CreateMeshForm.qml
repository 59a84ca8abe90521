// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A new mesh in three steps: its names, who may talk to whom, and what that comes to.
ColumnLayout {
    id: root

    required property FirstRunViewModel firstRun
    property int step: 0
    property bool defaultDeny: false
    property bool checked: false
    readonly property bool named: root.firstRun.domainProblem(domain.text).length === 0
        && root.firstRun.nodeIdProblem(node.text).length === 0

    function next() {
        root.checked = true;
        if (root.step === 2) {
            root.firstRun.createMesh(nameField.text, domain.text, node.text, root.defaultDeny);
        } else if (root.named) {
            root.step += 1;
        }
        root.focusStep();
    }
    /// Whether there was a step to go back to.
    function back(): bool {
        const inside = root.step > 0;
        root.step = Math.max(0, root.step - 1);
        root.focusStep();
        return inside;
    }
    function focusStep() {
        const first = [nameField.field, root.defaultDeny ? deny : accept, proceed];
        (first[root.step] as Item).forceActiveFocus(Qt.TabFocusReason);
    }

    spacing: Theme.l
    onVisibleChanged: if (root.visible) { root.focusStep(); }
    Component.onCompleted: nameField.field.forceActiveFocus()

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("Create a mesh")
        kind: AppLabel.Title
    }
    Stepper {
        Layout.fillWidth: true
        current: root.step + 1
        count: 3
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
        visible: root.step === 0
        inset: Theme.xl

        FormField {
            id: nameField

            Layout.fillWidth: true
            label: qsTr("Name")
            placeholder: qsTr("Home")
            help: qsTr("What you call it. Shown on this computer only.")
            onAccepted: root.next()
        }
        FormField {
            id: domain

            Layout.fillWidth: true
            label: qsTr("Domain")
            text: root.firstRun.suggestedDomain
            help: qsTr("The names of all members end with it. It cannot be changed later.")
            problem: root.checked ? root.firstRun.domainProblem(domain.text) : ""
            onAccepted: root.next()
        }
        FormField {
            id: node

            Layout.fillWidth: true
            label: qsTr("Name of this computer in the mesh")
            placeholder: root.firstRun.suggestedNodeId
            help: qsTr("Empty takes the one shown.")
            problem: root.checked ? root.firstRun.nodeIdProblem(node.text) : ""
            onAccepted: root.next()
        }
    }
    AppLabel {
        Layout.fillWidth: true
        visible: root.step === 1
        text: qsTr("Who may talk to whom")
        kind: AppLabel.Section
    }
    GridLayout {
        Layout.fillWidth: true
        visible: root.step === 1
        columns: root.width >= 480 * Theme.textScale ? 2 : 1
        columnSpacing: Theme.m
        rowSpacing: Theme.m

        ChoiceCard {
            id: accept

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            selectable: true
            current: !root.defaultDeny
            iconName: "peers"
            name: qsTr("All members")
            text: qsTr("Every member may reach every other. Rules can narrow it later.")
            onChosen: root.defaultDeny = false
        }
        ChoiceCard {
            id: deny

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            selectable: true
            current: root.defaultDeny
            iconName: "lock"
            name: qsTr("Nobody until allowed")
            text: qsTr("No member reaches another until a rule allows it. A new device seems cut off until you write one.")
            onChosen: root.defaultDeny = true
        }
    }
    Card {
        Layout.fillWidth: true
        visible: root.step === 2
        inset: Theme.xl
        heading: qsTr("This is what will be made")

        FactRow {
            Layout.fillWidth: true
            labelWidth: Math.round(140 * Theme.textScale)
            label: qsTr("Name")
            value: nameField.text.trim()
        }
        FactRow {
            Layout.fillWidth: true
            labelWidth: Math.round(140 * Theme.textScale)
            label: qsTr("Domain")
            value: domain.text.trim()
        }
        FactRow {
            Layout.fillWidth: true
            labelWidth: Math.round(140 * Theme.textScale)
            label: qsTr("This computer")
            value: node.text.trim().length > 0 ? node.text.trim() : root.firstRun.suggestedNodeId
        }
        FactRow {
            Layout.fillWidth: true
            labelWidth: Math.round(140 * Theme.textScale)
            label: qsTr("Who may talk")
            value: root.defaultDeny ? qsTr("Nobody until allowed") : qsTr("All members")
        }
        FactRow {
            Layout.fillWidth: true
            labelWidth: Math.round(140 * Theme.textScale)
            label: qsTr("Who may join")
            value: qsTr("Members are let in by invitation only, and prove who they are with certificates of this mesh.")
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s

        AppButton {
            id: proceed

            kind: AppButton.Primary
            text: root.step === 2 ? qsTr("Create the mesh") : qsTr("Next")
            busy: root.firstRun.busy
            hint: root.step === 2 ? root.firstRun.unavailableText : ""
            onPressedAllowed: root.next()
        }
        AppButton {
            visible: root.step > 0
            text: qsTr("Back")
            onPressedAllowed: root.back()
        }
    }
}
