// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// One change of the history. Opened it shows what it did to each object, and the ways back.
T.ItemDelegate {
    id: root

    required property var number  // a 64-bit number
    required property string verb
    required property string age
    required property string time
    required property string author
    required property string objectsText
    required property string note
    required property var objects  // maps of key, title, word, tone, fields
    required property var reverts
    required property var revertedBy
    required property bool waits
    required property string leftAlone
    required property string undoHint
    required property bool open
    required property bool hasKeyboard
    /// Why nothing can be taken back; empty when it can.
    required property string lockedText
    readonly property string hint: root.lockedText.length > 0 ? root.lockedText : root.undoHint

    signal linkAsked(var number)
    signal undoAsked(string object, string what)
    signal restoreAsked

    implicitHeight: column.implicitHeight + 2 * Theme.m
    leftPadding: Theme.l
    rightPadding: Theme.m
    topPadding: Theme.m
    bottomPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("Change %1, %2: %3, %4, %5").arg(root.number).arg(root.verb)
        .arg(root.note.length > 0 ? root.note : root.objectsText).arg(root.author).arg(root.age)
    Accessible.onPressAction: root.clicked()

    contentItem: ColumnLayout {
        id: column

        spacing: Theme.xs

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s

            AppLabel {
                text: qsTr("#%1").arg(root.number)
                kind: AppLabel.Mono
                color: Theme.textTertiary
                Accessible.ignored: true
            }
            AppLabel {
                Layout.fillWidth: true
                text: root.note.length > 0 ? root.note : root.objectsText
                kind: AppLabel.Strong
                Accessible.ignored: true
            }
            Chip {
                visible: root.waits
                text: qsTr("Waits to be kept")
                tone: Look.Warn
            }
            Chip {
                text: root.verb
                tone: Look.Neutral
                widest: 160
            }
            Icon {
                name: root.open ? "chevron-down" : "chevron-right"
                size: Theme.iconSize - 4
                color: Theme.textTertiary
            }
        }
        AppLabel {
            Layout.fillWidth: true
            text: qsTr("%1 · %2 · %3", "relative time, exact time, who").arg(root.age).arg(root.time)
                .arg(root.author)
            kind: AppLabel.Small
            wrapMode: Text.Wrap
            maximumLineCount: 3
            Accessible.ignored: true
        }
        Flow {
            Layout.fillWidth: true
            visible: root.reverts > 0 || root.revertedBy > 0
            spacing: Theme.s

            AppButton {
                visible: root.reverts > 0
                kind: AppButton.Plain
                text: qsTr("Takes back #%1").arg(root.reverts)
                onPressedAllowed: root.linkAsked(root.reverts)
            }
            AppButton {
                visible: root.revertedBy > 0
                kind: AppButton.Plain
                text: qsTr("Taken back by #%1").arg(root.revertedBy)
                onPressedAllowed: root.linkAsked(root.revertedBy)
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s
            visible: root.open
            spacing: Theme.m

            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.leftAlone
                color: Theme.warn
                wrapMode: Text.Wrap
                maximumLineCount: 8
            }
            Repeater {
                model: root.open ? root.objects : []

                ColumnLayout {
                    id: object

                    required property var modelData
                    readonly property string title: object.modelData["title"]

                    Layout.fillWidth: true
                    spacing: Theme.xs

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.s

                        AppLabel {
                            Layout.fillWidth: true
                            text: object.title
                            kind: AppLabel.Strong
                        }
                        Chip {
                            text: object.modelData["word"]
                            tone: object.modelData["tone"]
                        }
                        AppButton {
                            visible: root.objects.length > 1
                            text: qsTr("Undo this")
                            hint: root.hint
                            Accessible.name: qsTr("Undo %1").arg(object.title)
                            onPressedAllowed: root.undoAsked(object.modelData["key"], object.title)
                        }
                    }
                    FieldDiff {
                        Layout.fillWidth: true
                        fields: object.modelData["fields"]
                    }
                }
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.s

                AppButton {
                    iconName: "undo"
                    text: root.objects.length > 1 ? qsTr("Undo the whole change…")
                                                  : qsTr("Undo the change…")
                    hint: root.hint
                    onPressedAllowed: root.undoAsked("", qsTr("change #%1").arg(root.number))
                }
                AppButton {
                    text: qsTr("Restore to here…")
                    hint: root.lockedText
                    Accessible.name: qsTr("Restore the rules to what they were after change #%1").arg(root.number)
                    onPressedAllowed: root.restoreAsked()
                }
            }
        }
    }
    background: Rectangle {
        color: root.open ? Theme.tint(Look.Neutral) : root.hovered ? Theme.hover : "transparent"
        opacity: root.open ? 0.5 : 1

        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.hairline
            opacity: 0.6
        }
    }
    FocusRing { shown: root.hasKeyboard; gap: -4 }
}
