// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// One node of the graph in a list.
T.ItemDelegate {
    id: root

    required property int node
    required property string name
    required property string line
    required property string detail
    required property string note
    required property string stateText
    required property string stateIcon
    required property string initial
    required property int tone
    required property bool isSelf
    required property bool shown
    required property bool hasKeyboard

    signal menuAsked(real x, real y)

    implicitHeight: Math.max(Theme.rowHeight + Theme.s, texts.implicitHeight + 2 * Theme.s)
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: root.line
    Accessible.selected: root.shown
    Accessible.onPressAction: root.clicked()

    contentItem: RowLayout {
        spacing: Theme.m

        Avatar {
            size: Math.round(30 * Math.min(1.25, Theme.textScale))
            initial: root.initial
            tone: root.tone
            ringed: root.isSelf
        }
        ColumnLayout {
            id: texts

            Layout.fillWidth: true
            spacing: 0

            AppLabel {
                Layout.fillWidth: true
                text: root.name
                kind: AppLabel.Strong
                Accessible.ignored: true
            }
            AppLabel {
                Layout.fillWidth: true
                text: root.detail
                kind: AppLabel.Small
                Accessible.ignored: true
            }
        }
        Chip {
            visible: root.note.length > 0
            text: root.note
            tone: Look.Warn
            iconName: "warning"
        }
        Chip {
            text: root.stateText
            tone: root.tone
            iconName: root.stateIcon
            widest: 160
        }
    }
    background: Rectangle {
        color: root.shown ? Theme.tintAccent
            : root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.hairline
            opacity: 0.6
        }
        FocusRing { shown: root.hasKeyboard; gap: -4 }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: point => root.menuAsked(point.position.x, point.position.y)
    }
}
