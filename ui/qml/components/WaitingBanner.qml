// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A change that is taken back unless somebody keeps it: how long that is, and both ways.
Rectangle {
    id: root

    required property WaitingChange waiting

    implicitWidth: 320
    implicitHeight: row.implicitHeight + 2 * Theme.m
    radius: Theme.radiusCard
    color: Theme.tintWarn
    border.width: Theme.tintBorder
    border.color: Theme.warn
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("A change waits to be kept")

    Announcer { text: root.waiting.announcement }
    GridLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        columns: root.width < 720 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.s

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            Icon {
                Layout.alignment: Qt.AlignTop
                name: "clock"
                size: Theme.iconSize
                color: Theme.warn
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                AppLabel {
                    Layout.fillWidth: true
                    text: root.waiting.text
                    kind: AppLabel.Strong
                    color: Theme.warn
                    wrapMode: Text.Wrap
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: root.waiting.detail
                    kind: AppLabel.Small
                    color: Theme.text
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                }
            }
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            spacing: Theme.s

            AppButton {
                text: qsTr("Take back now")
                hint: root.waiting.lockedText
                onPressedAllowed: root.waiting.takeBack()
            }
            AppButton {
                kind: AppButton.Primary
                text: qsTr("Keep them")
                busy: root.waiting.busy
                hint: root.waiting.lockedText
                onPressedAllowed: root.waiting.keep()
            }
        }
    }
}
