// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// One test of who must reach whom, with what came of it now and in the draft.
T.ItemDelegate {
    id: root

    required property string key
    required property string title
    required property string sentence
    required property string word
    required property int tone
    required property string liveText
    required property string draftWord
    required property int draftTone
    required property string draftText
    required property bool shown
    required property bool hasKeyboard
    readonly property string found: root.tone === Look.Error ? root.liveText
        : root.draftTone === Look.Error ? root.draftText : ""

    implicitHeight: Math.max(Theme.rowHeight + 12, column.implicitHeight + 2 * Theme.s)
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: root.draftWord.length > 0
        ? qsTr("%1, %2, now: %3, with the draft: %4").arg(root.title).arg(root.sentence)
            .arg(root.word).arg(root.draftWord)
        : qsTr("%1, %2, %3").arg(root.title).arg(root.sentence).arg(root.word)
    Accessible.description: root.found
    Accessible.selected: root.shown
    Accessible.onPressAction: root.clicked()

    contentItem: RowLayout {
        spacing: Theme.m

        ColumnLayout {
            id: column

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
                text: root.sentence
                kind: AppLabel.Small
                Accessible.ignored: true
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.found
                kind: AppLabel.Small
                color: Theme.error
                wrapMode: Text.Wrap
                maximumLineCount: 3
                Accessible.ignored: true
            }
        }
        TestVerdict {
            Layout.preferredWidth: Math.round(112 * Theme.textScale)
            word: root.word
            tone: root.tone
        }
        TestVerdict {
            Layout.preferredWidth: Math.round(112 * Theme.textScale)
            visible: root.draftWord.length > 0
            word: root.draftWord
            tone: root.draftTone
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
}
