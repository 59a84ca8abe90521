// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// One right of a role: what may be done, with what, and with which of them.
Rectangle {
    id: root

    required property AppViewModel app
    required property int number
    required property bool fixed
    readonly property RoleEditor editor: root.app.access.role
    readonly property var entry: root.editor.rights[root.number]
        ?? ({ verbs: [], resources: [], names: [], sentence: "" })

    implicitHeight: column.implicitHeight + 2 * Theme.m
    radius: Theme.radiusCard
    color: "transparent"
    border.width: Theme.border
    border.color: Theme.hairline

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.m
        spacing: Theme.m

        RowLayout {
            Layout.fillWidth: true

            AppLabel {
                Layout.fillWidth: true
                text: qsTr("Right %1").arg(root.number + 1)
                kind: AppLabel.Strong
            }
            IconButton {
                visible: !root.fixed
                name: qsTr("Take away right %1").arg(root.number + 1)
                iconName: "trash"
                onClicked: root.editor.removeRight(root.number)
            }
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.xs

            Repeater {
                model: root.editor.verbChoices

                TogglePill {
                    required property int index
                    required property string modelData

                    label: modelData
                    group: qsTr("What may be done")
                    on: root.entry.verbs.includes(index)
                    enabled: !root.fixed
                    onAsked: root.editor.toggleVerb(root.number, index)
                }
            }
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.xs

            Repeater {
                model: root.editor.resourceChoices

                TogglePill {
                    required property int index
                    required property string modelData

                    label: modelData
                    group: qsTr("With what")
                    on: root.entry.resources.includes(index)
                    enabled: !root.fixed
                    onAsked: root.editor.toggleResource(root.number, index)
                }
            }
        }
        ChipsField {
            Layout.fillWidth: true
            visible: !root.fixed || entries.length > 0
            access: root.app.access
            label: qsTr("Only those named")
            placeholder: qsTr("Name")
            help: qsTr("Empty: all of them.")
            suggests: false
            readOnly: root.fixed
            entries: root.entry.names
            onChanged: entries => root.editor.setNames(root.number, entries)
        }
        AppLabel {
            Layout.fillWidth: true
            visible: text.length > 0
            text: root.entry.sentence
            kind: AppLabel.Small
            wrapMode: Text.Wrap
        }
    }
}
