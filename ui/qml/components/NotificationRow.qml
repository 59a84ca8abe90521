// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// One thing that happened, in the list of the bell. The whole row leads to it.
T.ItemDelegate {
    id: root

    required property string title
    required property string detail
    required property string timeText
    required property string word
    required property int tone
    required property bool unread

    implicitHeight: words.implicitHeight + 2 * Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: root.unread
        ? qsTr("New, %1: %2, %3. %4").arg(root.word).arg(root.title).arg(root.timeText).arg(root.detail)
        : qsTr("%1: %2, %3. %4").arg(root.word).arg(root.title).arg(root.timeText).arg(root.detail)
    Accessible.onPressAction: root.clicked()

    contentItem: Item {
        StatusDot {
            id: dot

            anchors.left: parent.left
            anchors.leftMargin: Theme.m
            y: Math.round((title.height - height) / 2)
            tone: root.tone
        }
        Column {
            id: words

            anchors.left: dot.right
            anchors.leftMargin: Theme.m
            anchors.right: parent.right
            anchors.rightMargin: Theme.m

            AppLabel {
                id: title

                width: parent.width
                text: root.title
                kind: root.unread ? AppLabel.Strong : AppLabel.Body
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            AppLabel {
                width: parent.width
                visible: text.length > 0
                text: root.detail
                kind: AppLabel.Small
                wrapMode: Text.Wrap
                maximumLineCount: 4
                Accessible.ignored: true
            }
            AppLabel {
                width: parent.width
                text: root.unread ? qsTr("%1 · new").arg(root.timeText) : root.timeText
                kind: AppLabel.Small
                color: Theme.textTertiary
                Accessible.ignored: true
            }
        }
    }
    topPadding: Theme.m
    bottomPadding: Theme.m
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed
            : root.hovered || root.highlighted ? Theme.hover : "transparent"

        FocusRing { shown: root.highlighted; gap: -4 }
    }
}
