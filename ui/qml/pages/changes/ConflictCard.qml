// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// One object that the draft and somebody else changed: as it was, as the draft wants it, as it is
/// now, and which of them is to hold.
Card {
    id: root

    required property ChangesViewModel changes
    required property AppViewModel app
    required property string key
    required property string title
    required property string text
    required property var fields  // maps of label, base, mine, theirs, differs
    required property string baseText
    required property string mineText
    required property string theirsText
    /// The three sides below each other.
    required property bool stacked
    readonly property var sides: [
        { name: qsTr("Before"), role: "base", empty: root.baseText },
        { name: qsTr("Mine"), role: "mine", empty: root.mineText },
        { name: qsTr("Theirs"), role: "theirs", empty: root.theirsText }
    ]

    Accessible.role: Accessible.Grouping
    Accessible.name: root.title

    AppLabel {
        Layout.fillWidth: true
        text: root.title
        kind: AppLabel.Section
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0
        text: root.text
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    GridLayout {
        Layout.fillWidth: true
        columns: root.stacked ? 1 : 3
        columnSpacing: Theme.m
        rowSpacing: Theme.m

        Repeater {
            model: root.sides

            Rectangle {
                id: side

                required property var modelData
                readonly property string role: side.modelData["role"]
                readonly property string empty: side.modelData["empty"]

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                implicitHeight: content.implicitHeight + 2 * Theme.m
                radius: Theme.radiusControl
                color: side.role === "base" ? Theme.sunken
                    : side.role === "mine" ? Theme.tintAccent : Theme.tintWarn

                ColumnLayout {
                    id: content

                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.top: parent.top
                    anchors.margins: Theme.m
                    spacing: Theme.xs

                    AppLabel {
                        Layout.fillWidth: true
                        text: side.modelData["name"]
                        kind: AppLabel.Strong
                    }
                    AppLabel {
                        Layout.fillWidth: true
                        visible: side.empty.length > 0
                        text: side.empty
                        color: Theme.textSecondary
                        wrapMode: Text.Wrap
                    }
                    Repeater {
                        model: side.empty.length > 0 ? [] : root.fields

                        ColumnLayout {
                            id: field

                            required property var modelData
                            readonly property bool differs: field.modelData["differs"]

                            Layout.fillWidth: true
                            spacing: 0

                            AppLabel {
                                Layout.fillWidth: true
                                text: field.differs
                                    ? qsTr("%1 (differs)").arg(field.modelData["label"])
                                    : field.modelData["label"]
                                kind: AppLabel.Small
                                font.weight: field.differs ? Font.DemiBold : Font.Normal
                            }
                            AppLabel {
                                Layout.fillWidth: true
                                text: field.modelData[side.role].length > 0
                                    ? field.modelData[side.role] : "–"
                                font.weight: field.differs ? Font.DemiBold : Font.Normal
                                wrapMode: Text.Wrap
                                maximumLineCount: 8
                            }
                        }
                    }
                }
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.s

        AppButton {
            kind: AppButton.Primary
            text: qsTr("Keep mine")
            hint: root.changes.lockedText
            Accessible.name: qsTr("Keep mine: %1").arg(root.title)
            onPressedAllowed: root.changes.keepMine(root.key)
        }
        AppButton {
            text: qsTr("Take theirs")
            hint: root.changes.lockedText
            Accessible.name: qsTr("Take theirs: %1").arg(root.title)
            onPressedAllowed: root.changes.takeTheirs(root.key)
        }
    }
    CommandLine {
        Layout.fillWidth: true
        command: root.changes.rebaseCommand(root.key, true)
        onCopied: (value, label) => root.app.copy(value, label)
    }
}
