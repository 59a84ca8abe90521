// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// All shortcuts, from the one table.
Sheet {
    id: root

    required property ShortcutTable table

    heading: qsTr("Shortcuts")
    widest: 480

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        Repeater {
            model: root.table.entries

            RowLayout {
                id: row

                required property ShortcutEntry modelData

                Layout.fillWidth: true
                Layout.minimumHeight: 36
                spacing: Theme.m

                AppLabel {
                    Layout.fillWidth: true
                    text: row.modelData.text
                    wrapMode: Text.Wrap
                }
                Repeater {
                    model: [row.modelData.keys, row.modelData.more]

                    Rectangle {
                        id: key

                        required property string modelData

                        visible: key.modelData.length > 0
                        implicitWidth: keys.implicitWidth + 2 * Theme.s
                        implicitHeight: keys.implicitHeight + Theme.s
                        radius: Theme.radiusControl
                        color: Theme.sunken
                        border.width: Theme.border
                        border.color: Theme.hairline

                        AppLabel {
                            id: keys

                            anchors.centerIn: parent
                            text: key.modelData
                            kind: AppLabel.Mono
                        }
                    }
                }
            }
        }
    }
}
