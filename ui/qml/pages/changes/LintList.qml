// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What the linter found, with a button where a fix is known.
ColumnLayout {
    id: root

    required property ChangesViewModel changes
    readonly property LintModel lint: root.changes.review.lint
    /// By Look.Tone.
    readonly property var icons: ["info", "clock", "done", "warning", "error", "info"]

    spacing: Theme.s

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("Check of the rules: %1").arg(root.changes.review.lintSummary)
        kind: AppLabel.Strong
        wrapMode: Text.Wrap
    }
    Repeater {
        model: root.lint

        RowLayout {
            id: finding

            required property int index
            required property string title
            required property string text
            required property string word
            required property int tone
            required property string fix

            Layout.fillWidth: true
            spacing: Theme.s

            Icon {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 2
                name: root.icons[finding.tone]
                size: Theme.iconSize
                color: finding.tone === Look.Neutral ? Theme.textTertiary : Theme.ink(finding.tone)
                Accessible.role: Accessible.Graphic
                Accessible.name: finding.word
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppLabel {
                    Layout.fillWidth: true
                    text: finding.title.length > 0
                        ? qsTr("%1: %2").arg(finding.word).arg(finding.title) : finding.word
                    kind: AppLabel.Small
                    color: finding.tone === Look.Neutral ? Theme.textTertiary
                                                         : Theme.ink(finding.tone)
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: finding.text
                    wrapMode: Text.Wrap
                    maximumLineCount: 8
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: finding.fix.length > 0 ? qsTr("The fix: %1").arg(finding.fix) : ""
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                    maximumLineCount: 4
                }
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                visible: finding.fix.length > 0
                text: qsTr("Fix")
                hint: root.changes.lockedText
                Accessible.name: qsTr("Fix in the draft: %1").arg(finding.text)
                onPressedAllowed: root.changes.fix(finding.index)
            }
        }
    }
}
