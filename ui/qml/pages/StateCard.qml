// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The state in picture, word and sentence, and the one button that belongs to it.
Rectangle {
    id: root

    required property ConnectionViewModel connection

    implicitHeight: row.implicitHeight + 2 * Theme.xl
    radius: Theme.radiusSheet
    color: Theme.surface
    border.width: Theme.border
    border.color: Theme.hairline

    RowLayout {
        id: row

        x: Theme.xl
        y: Theme.xl
        width: root.width - 2 * Theme.xl
        spacing: Theme.xl

        Rectangle {
            Layout.alignment: Qt.AlignVCenter
            implicitWidth: 84
            implicitHeight: 84
            radius: 42
            color: Theme.tint(root.connection.tone)

            Behavior on color { ColorAnimation { duration: Theme.fade } }

            StateGlyph {
                anchors.centerIn: parent
                anchors.verticalCenterOffset: -1
                width: 48
                height: 48
                shape: root.connection.shape
                ink: Theme.ink(root.connection.tone)
                ground: Theme.tint(root.connection.tone)
                animated: root.connection.animated && !Theme.reduceMotion
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            spacing: Theme.xs

            AppLabel {
                Layout.fillWidth: true
                text: root.connection.word
                kind: AppLabel.Display
                wrapMode: Text.Wrap
                maximumLineCount: 2
            }
            AppLabel {
                Layout.fillWidth: true
                // Problems stand below in full.
                visible: text.length > 0 && root.connection.problems.count === 0
                text: root.connection.detail
                color: Theme.textSecondary
                wrapMode: Text.Wrap
                maximumLineCount: 4
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.connection.failureRemedy
                wrapMode: Text.Wrap
                maximumLineCount: 4
            }
            Stepper {
                Layout.fillWidth: true
                Layout.maximumWidth: 420
                Layout.topMargin: Theme.s
                visible: root.connection.stepCount > 0
                current: root.connection.stepNumber
                count: root.connection.stepCount
                failed: root.connection.tone === Look.Error
            }
        }
        AppButton {
            Layout.alignment: Qt.AlignVCenter
            visible: root.connection.actionText.length > 0
            kind: root.connection.action === Look.Connect || root.connection.action === Look.Retry
                ? AppButton.Primary : AppButton.Secondary
            text: root.connection.actionText
            hint: root.connection.actionHint
            busy: root.connection.busy
            onPressedAllowed: root.connection.act()
        }
    }
}
