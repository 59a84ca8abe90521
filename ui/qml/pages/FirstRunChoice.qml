// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The three ways in.
ColumnLayout {
    id: root

    required property AppViewModel app
    required property bool first

    signal chosen(string step)

    spacing: Theme.l

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 96
        implicitHeight: 96
        radius: 28
        color: Theme.accent

        StateGlyph {
            anchors.centerIn: parent
            width: 60
            height: 60
            shape: Look.Filled
            ink: Theme.accentText
        }
    }
    AppLabel {
        Layout.fillWidth: true
        Layout.topMargin: Theme.s
        horizontalAlignment: Text.AlignHCenter
        text: root.first ? qsTr("Welcome to Weft") : qsTr("Add a mesh")
        kind: AppLabel.Display
    }
    AppLabel {
        Layout.alignment: Qt.AlignHCenter
        Layout.fillWidth: true
        Layout.maximumWidth: 520
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("A mesh is a private network of your own devices. Nobody else runs it, and it needs no account.")
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Banner {
        Layout.fillWidth: true
        visible: text.length > 0
        tone: Look.Warn
        word: qsTr("Warning")
        text: root.app.firstRun.unavailableText
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.topMargin: Theme.m
        columns: root.width >= 640 * Theme.textScale ? 3 : 1
        columnSpacing: Theme.l
        rowSpacing: Theme.m

        ChoiceCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "spark"
            name: qsTr("Create a mesh")
            text: qsTr("This computer starts a new mesh and keeps its records. Then invite your other devices.")
            hint: root.app.firstRun.unavailableText
            onChosen: root.chosen("create")
        }
        ChoiceCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "code"
            name: qsTr("Join with a code")
            text: qsTr("Somebody in the mesh made an invitation for you. You see what it says before anything happens.")
            hint: root.app.firstRun.unavailableText
            onChosen: root.chosen("join")
        }
        ChoiceCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            iconName: "plug"
            name: qsTr("Attach to a service")
            text: qsTr("Weft already runs in the background on this computer. Use that one instead of the built-in core.")
            onChosen: root.chosen("attach")
        }
    }
    AppButton {
        Layout.alignment: Qt.AlignHCenter
        visible: root.app.firstRun.canExplore
        kind: AppButton.Plain
        text: qsTr("Explore with a sandbox")
        Accessible.description: qsTr("A simulated mesh of 30 nodes, where nothing is real.")
        onPressedAllowed: root.app.firstRun.openSandbox()
    }
    RowLayout {
        Layout.alignment: Qt.AlignHCenter
        visible: root.first
        spacing: Theme.m

        AppLabel {
            text: qsTr("Language")
            kind: AppLabel.Small
        }
        Segmented {
            name: qsTr("Language")
            options: root.app.appearance.languageNames
            currentIndex: root.app.appearance.languageIndex
            onChosen: index => root.app.appearance.languageIndex = index
        }
    }
}
