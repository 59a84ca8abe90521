// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// One edit of the draft: what it is about, what becomes of it, and the way out.
T.ItemDelegate {
    id: root

    required property string key
    required property string title
    required property string word
    required property int tone
    required property var fields  // see FieldDiff
    required property bool hasKeyboard
    /// Why it cannot be discarded; empty when it can.
    required property string lockedText
    readonly property bool buttonHasKeyboard: discard.activeFocus

    signal discardAsked

    implicitHeight: column.implicitHeight + 2 * Theme.m
    leftPadding: Theme.l
    rightPadding: Theme.m
    topPadding: Theme.m
    bottomPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2").arg(root.title).arg(root.word)

    contentItem: ColumnLayout {
        id: column

        spacing: Theme.xs

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s

            AppLabel {
                Layout.fillWidth: true
                text: root.title
                kind: AppLabel.Strong
                Accessible.ignored: true
            }
            Chip {
                text: root.word
                tone: root.tone
            }
            IconButton {
                id: discard

                enabled: root.lockedText.length === 0
                name: qsTr("Discard the edit of %1").arg(root.title)
                iconName: "undo"
                onClicked: root.discardAsked()
            }
        }
        FieldDiff {
            Layout.fillWidth: true
            fields: root.fields
        }
    }
    background: Rectangle {
        color: root.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.hairline
            opacity: 0.6
        }
        FocusRing { shown: root.hasKeyboard && !root.buttonHasKeyboard; gap: -4 }
    }
}
