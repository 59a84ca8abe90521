// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What "connected" is made of, each part with its own state and age.
Card {
    id: root

    required property ConnectionViewModel connection
    /// By Look.Tone.
    readonly property var icons: ["off", "clock", "done", "warning", "error", "info"]

    heading: qsTr("Checks")

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.m

        Repeater {
            model: root.connection.checklist

            RowLayout {
                id: check

                required property string text
                required property string detail
                required property string word
                required property int tone

                Layout.fillWidth: true
                spacing: Theme.m

                Icon {
                    Layout.alignment: Qt.AlignTop
                    name: root.icons[check.tone]
                    size: Theme.iconSize
                    color: check.tone === Look.Neutral ? Theme.textTertiary : Theme.ink(check.tone)
                    Accessible.role: Accessible.Graphic
                    Accessible.name: check.word
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.m

                        AppLabel {
                            Layout.fillWidth: true
                            text: check.text
                            color: check.tone === Look.Neutral ? Theme.textSecondary : Theme.text
                        }
                        AppLabel {
                            text: check.word
                            kind: AppLabel.Small
                            color: check.tone === Look.Neutral ? Theme.textTertiary
                                : Theme.ink(check.tone)
                            Accessible.ignored: true
                        }
                    }
                    AppLabel {
                        Layout.fillWidth: true
                        visible: text.length > 0
                        text: check.detail
                        kind: AppLabel.Small
                        color: Theme.textTertiary
                        wrapMode: Text.Wrap
                        maximumLineCount: 3
                    }
                }
            }
        }
        AppLabel {
            Layout.fillWidth: true
            visible: root.connection.checklist.count === 0
            text: qsTr("The checks run once this node is in the mesh.")
            color: Theme.textTertiary
            wrapMode: Text.Wrap
        }
    }
}
