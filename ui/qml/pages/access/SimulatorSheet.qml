// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// May one member reach another, and which rule says so.
Sheet {
    id: root

    required property AppViewModel app
    readonly property SimulatorViewModel simulator: root.app.simulator

    signal ruleAsked(bool accepts)

    heading: qsTr("Who reaches whom?")
    widest: 720
    firstFocus: root.simulator.from.length > 0 ? target.field : source.field
    onClosed: root.simulator.close()
    footer: [
        AppButton {
            kind: AppButton.Primary
            text: qsTr("Close")
            onPressedAllowed: root.close()
        },
        AppButton {
            visible: root.simulator.known && root.simulator.tone !== Look.Ok
            text: qsTr("Write a rule that allows it")
            hint: root.app.readOnlyText
            onPressedAllowed: root.ruleAsked(true)
        },
        AppButton {
            visible: root.simulator.known && root.simulator.tone === Look.Ok
            text: qsTr("Write a rule that denies it")
            hint: root.app.readOnlyText
            onPressedAllowed: root.ruleAsked(false)
        },
        Item { Layout.fillWidth: true }
    ]

    GridLayout {
        readonly property bool wide: width > 480 * Theme.textScale

        Layout.fillWidth: true
        columns: wide ? 3 : 1
        columnSpacing: Theme.m
        rowSpacing: Theme.m

        MemberField {
            id: source

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            simulator: root.simulator
            label: qsTr("From")
            problem: root.simulator.fromProblem
            value: root.simulator.from
            onEdited: text => root.simulator.from = text
        }
        IconButton {
            Layout.alignment: Qt.AlignTop | Qt.AlignHCenter
            Layout.topMargin: parent.wide ? Theme.body + Theme.l : 0
            name: qsTr("The other way round")
            iconName: "swap"
            onClicked: root.simulator.swap()
        }
        MemberField {
            id: target

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            simulator: root.simulator
            label: qsTr("To")
            problem: root.simulator.toProblem
            value: root.simulator.to
            onEdited: text => root.simulator.to = text
        }
    }
    Segmented {
        name: qsTr("Rules")
        options: [qsTr("As they are"), qsTr("With my draft")]
        currentIndex: root.simulator.withDraft ? 1 : 0
        onChosen: index => root.simulator.withDraft = index === 1
    }
    Banner {
        Layout.fillWidth: true
        visible: root.simulator.errorText.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.simulator.errorText
    }
    AppLabel {
        Layout.fillWidth: true
        visible: !root.simulator.known && root.simulator.errorText.length === 0
        text: root.simulator.busy ? qsTr("Asking the rules…")
            : qsTr("Choose two members. The answer comes from the rules that set up the tunnels, for both directions.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: root.simulator.known
        opacity: root.simulator.busy ? 0.6 : 1
        spacing: Theme.l

        Banner {
            Layout.fillWidth: true
            tone: root.simulator.tone
            word: root.simulator.verdictWord
            text: root.simulator.verdictWord
            detail: root.simulator.summary
        }
        NoteList {
            Layout.fillWidth: true
            heading: root.simulator.forwardText
            notes: root.simulator.forward
        }
        NoteList {
            Layout.fillWidth: true
            heading: root.simulator.backwardText
            notes: root.simulator.backward
        }
        CopyField {
            Layout.fillWidth: true
            label: qsTr("Command")
            value: root.simulator.command
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
    }
}
