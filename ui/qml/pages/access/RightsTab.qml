// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What somebody may do in the mesh, and which role gives it. Arrow keys choose a right, Enter asks
/// the mesh about it.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property RightsViewModel rights: root.app.access.rights
    property bool showsCommand: false
    readonly property int cellWidth: Math.round(84 * Theme.textScale)

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.m

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            MemberField {
                Layout.fillWidth: true
                Layout.maximumWidth: 380 * Theme.textScale
                simulator: root.app.simulator
                label: qsTr("Who")
                problem: ""
                value: root.rights.subject
                onEdited: text => root.rights.subject = text
            }
            Segmented {
                Layout.alignment: Qt.AlignBottom
                name: qsTr("Looked at")
                options: [qsTr("As both"), qsTr("As a member"), qsTr("As a user")]
                currentIndex: root.rights.kind
                onChosen: index => root.rights.kind = index
            }
            IconButton {
                Layout.alignment: Qt.AlignBottom
                visible: root.rights.known
                name: root.showsCommand ? qsTr("Hide the command") : qsTr("Show me the command")
                iconName: "code"
                onClicked: root.showsCommand = !root.showsCommand
            }
            Item { Layout.fillWidth: true }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.rights.known
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: 1
            border.color: Theme.hairline

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: 1
                spacing: 0

                RowLayout {
                    Layout.fillWidth: true
                    Layout.margins: Theme.s
                    Layout.leftMargin: Theme.m
                    Layout.rightMargin: Theme.m
                    spacing: Theme.s

                    Item { Layout.fillWidth: true }
                    Repeater {
                        model: root.rights.verbs

                        AppLabel {
                            required property string modelData

                            Layout.preferredWidth: root.cellWidth
                            horizontalAlignment: Text.AlignHCenter
                            text: modelData
                            kind: AppLabel.Small
                        }
                    }
                }
                ListView {
                    id: list

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    focus: true
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    clip: true
                    cacheBuffer: 0
                    model: root.rights
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Rights of %1").arg(root.rights.subject)

                    Keys.onLeftPressed: root.rights.column -= 1
                    Keys.onRightPressed: root.rights.column += 1
                    Keys.onReturnPressed: root.rights.ask()
                    Keys.onEnterPressed: root.rights.ask()
                    onCurrentIndexChanged: if (list.currentIndex >= 0) { root.rights.row = list.currentIndex; }
                    onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

                    delegate: RightRow {
                        id: row

                        required property int index

                        width: ListView.view.width
                        cellWidth: root.cellWidth
                        hasKeyboard: ListView.isCurrentItem && list.activeFocus
                        chosen: row.index === root.rights.row ? root.rights.column : -1
                        onAsked: column => {
                            list.currentIndex = row.index;
                            root.rights.row = row.index;
                            root.rights.column = column;
                            root.rights.ask();
                        }
                    }
                    AppScrollBar { target: list }
                }
            }
        }
        Banner {
            Layout.fillWidth: true
            visible: root.rights.answerText.length > 0
            tone: root.rights.answerTone
            word: qsTr("The mesh says")
            text: root.rights.answerText
        }
        CommandField {
            Layout.fillWidth: true
            visible: root.rights.known && root.showsCommand
            command: root.rights.command
            onCopied: (value, label) => root.app.copy(value, label)
        }
        EmptyPane {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !root.rights.known
            iconName: "key"
            text: qsTr("Who may change what?")
            detail: qsTr("Name a member or a user: you see what each may read, change and delete in the mesh, and which binding and role give it.")
        }
    }
}
