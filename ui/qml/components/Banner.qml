// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What is wrong or worth knowing, and what can be done about it.
Rectangle {
    id: root

    required property int tone
    required property string text
    property string detail
    /// The state in a word, read out before the text.
    property string word
    property string actionText
    property bool closable: false

    readonly property var icons: ["info", "info", "done", "warning", "error", "info"]

    signal acted
    signal closed

    implicitWidth: 320
    implicitHeight: row.implicitHeight + 2 * Theme.m
    radius: Theme.radiusCard
    color: Theme.tint(root.tone)
    border.width: Theme.tintBorder
    border.color: Theme.ink(root.tone)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.word.length > 0 ? qsTr("%1: %2").arg(root.word).arg(root.text) : root.text

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.s
        spacing: Theme.m

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 1
            name: root.icons[root.tone]
            size: Theme.iconSize
            color: Theme.ink(root.tone)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            AppLabel {
                Layout.fillWidth: true
                text: root.text
                kind: root.detail.length > 0 ? AppLabel.Strong : AppLabel.Body
                color: root.tone === Look.Neutral ? Theme.text : Theme.ink(root.tone)
                wrapMode: Text.Wrap
                maximumLineCount: 6
            }
            AppLabel {
                Layout.fillWidth: true
                visible: root.detail.length > 0
                text: root.detail
                color: Theme.text
                wrapMode: Text.Wrap
                maximumLineCount: 6
            }
        }
        AppButton {
            visible: root.actionText.length > 0
            text: root.actionText
            onPressedAllowed: root.acted()
        }
        IconButton {
            Layout.alignment: Qt.AlignTop
            visible: root.closable
            name: qsTr("Close this message")
            iconName: "close"
            ink: Theme.ink(root.tone)
            onClicked: root.closed()
        }
    }
}
