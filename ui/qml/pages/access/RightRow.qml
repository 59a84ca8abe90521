// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What somebody may do with one kind of objects: a cell for each verb, and what gives the right.
Item {
    id: root

    required property string title
    required property var cells  // list of maps; var: delegates index it
    required property string detail
    required property string spoken
    required property int cellWidth
    required property bool hasKeyboard
    /// The chosen cell; -1: none of this row.
    required property int chosen

    signal asked(int column)

    implicitHeight: Math.max(Theme.rowHeight, line.implicitHeight + Theme.m)
    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken
    Accessible.description: root.detail

    RowLayout {
        id: line

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.m
        anchors.rightMargin: Theme.m
        spacing: Theme.s

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppLabel {
                Layout.fillWidth: true
                text: root.title
                kind: AppLabel.Strong
                Accessible.ignored: true
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.detail
                kind: AppLabel.Small
                wrapMode: Text.Wrap
                maximumLineCount: 4
                Accessible.ignored: true
            }
        }
        Repeater {
            model: root.cells

            Rectangle {
                id: cell

                required property int index
                required property var modelData  // a map of word and tone

                Layout.preferredWidth: root.cellWidth
                implicitHeight: Math.max(32, chip.implicitHeight + Theme.s)
                radius: Theme.radiusControl
                color: mouse.containsMouse ? Theme.hover : "transparent"
                border.width: root.chosen === cell.index ? (root.hasKeyboard ? 2 : 1) : 0
                border.color: root.hasKeyboard ? Theme.accent : Theme.outline

                Chip {
                    id: chip

                    anchors.centerIn: parent
                    text: cell.modelData.word
                    tone: cell.modelData.tone
                    iconName: cell.modelData.tone === Look.Ok ? "check"
                        : cell.modelData.tone === Look.Warn ? "minus" : "close"
                }
                MouseArea {
                    id: mouse

                    anchors.fill: parent
                    hoverEnabled: true
                    onClicked: root.asked(cell.index)
                }
            }
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 1
        color: Theme.hairline
        opacity: 0.6
    }
}
