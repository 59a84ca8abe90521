// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// How names of the mesh are found, and a look-up of one.
FocusScope {
    id: root

    required property AppViewModel app
    property int type: 0
    readonly property NameLook names: root.app.diagnose.names
    readonly property bool inMesh: root.app.connection.inMesh

    function lookUp() { if (root.inMesh) { root.names.lookUp(name.text, root.type); } }

    ScrollPage {
        anchors.fill: parent
        visible: root.inMesh || root.names.known
        opacity: root.app.connection.stale ? 0.75 : 1
        margin: 0
        activeFocusOnTab: false

        Banner {
            Layout.fillWidth: true
            visible: root.names.errorText.length > 0 && root.inMesh
            tone: Look.Error
            word: qsTr("Error")
            text: root.names.errorText
            actionText: qsTr("Try again")
            onActed: root.names.refresh()
        }
        Card {
            Layout.fillWidth: true
            visible: root.names.facts.count > 0

            NoteList {
                Layout.fillWidth: true
                heading: qsTr("The name service")
                notes: root.names.facts
            }
        }
        Skeleton {
            Layout.fillWidth: true
            visible: !root.names.known && root.names.errorText.length === 0
            implicitHeight: 3 * Theme.rowHeight
        }
        Card {
            Layout.fillWidth: true
            heading: qsTr("Look a name up")

            FormField {
                id: name

                Layout.fillWidth: true
                label: qsTr("Name or address")
                placeholder: qsTr("nas, nas.home.internal, 172.16.0.2")
                help: qsTr("A name without a dot is one of the mesh.")
                onAccepted: root.lookUp()
            }
            ChoiceList {
                Layout.fillWidth: true
                label: qsTr("Records")
                choices: root.names.types
                chosen: root.names.types[root.type]
                onPicked: text => root.type = root.names.types.indexOf(text)
            }
            AppButton {
                text: qsTr("Look up")
                iconName: "search"
                busy: root.names.asking
                hint: root.inMesh ? "" : qsTr("Connect first: a server of the mesh is asked.")
                onPressedAllowed: root.lookUp()
            }
            ColumnLayout {
                Layout.fillWidth: true
                visible: root.names.answerText.length > 0
                spacing: Theme.xs

                AppLabel {
                    Layout.fillWidth: true
                    text: root.names.answerText
                    color: root.names.answerTone === Look.Neutral ? Theme.text
                        : Theme.ink(root.names.answerTone)
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: root.names.answerSource
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                }
            }
            NoteList {
                Layout.fillWidth: true
                heading: qsTr("Answer")
                notes: root.names.records
                mono: true
            }
            CommandLine {
                Layout.fillWidth: true
                visible: root.names.command.length > 0
                command: root.names.command
                onCopied: (value, label) => root.app.copy(value, label)
            }
        }
    }
    EmptyPane {
        anchors.fill: parent
        visible: !root.inMesh && !root.names.known && !root.app.loading
        iconName: "globe"
        text: qsTr("Not in the mesh")
        detail: qsTr("Names of the mesh can be looked up once this node is connected.")
        actionText: root.app.connection.actionText
        actionHint: root.app.connection.actionHint
        onActed: root.app.connection.act()
    }
}
