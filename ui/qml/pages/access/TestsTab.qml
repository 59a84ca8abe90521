// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The tests that are kept with the mesh. Arrow keys move, Enter opens, Delete asks to delete.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property PolicyTestsViewModel tests: root.app.tests
    property bool showsCommand: false

    signal newAsked
    signal opened(string key)
    signal removalAsked(string key)

    onVisibleChanged: root.tests.show(root.visible)
    Component.onCompleted: root.tests.show(root.visible)
    Component.onDestruction: root.tests.show(false)

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.m

        Banner {
            Layout.fillWidth: true
            visible: root.tests.errorText.length > 0
            tone: Look.Error
            word: qsTr("Error")
            text: root.tests.errorText
            actionText: qsTr("Try again")
            onActed: root.tests.askNow()
        }
        GridLayout {
            Layout.fillWidth: true
            visible: root.tests.count > 0
            columns: width > 560 * Theme.textScale ? 2 : 1
            columnSpacing: Theme.m
            rowSpacing: Theme.xs

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.s

                AppLabel {
                    Layout.fillWidth: true
                    text: root.tests.withDraft && root.tests.draftSummary.length > 0
                        ? qsTr("Now: %1. With your draft: %2.").arg(root.tests.summary)
                            .arg(root.tests.draftSummary)
                        : root.tests.summary
                    kind: AppLabel.Strong
                    wrapMode: Text.Wrap
                }
                Spinner {
                    visible: root.tests.running
                    running: visible
                    ink: Theme.accent
                    size: Theme.iconSize - 2
                }
                IconButton {
                    name: root.showsCommand ? qsTr("Hide the command") : qsTr("Show me the command")
                    iconName: "code"
                    onClicked: root.showsCommand = !root.showsCommand
                }
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.tests.figuresText
                kind: AppLabel.Small
                horizontalAlignment: parent.columns === 2 ? Text.AlignRight : Text.AlignLeft
                wrapMode: Text.Wrap
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.tests.count > 0
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: 1
            border.color: Theme.hairline

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: 1
                spacing: 0

                RowLayout {
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.m
                    Layout.rightMargin: Theme.m
                    Layout.topMargin: Theme.s
                    Layout.bottomMargin: Theme.s
                    visible: root.tests.withDraft
                    spacing: Theme.m

                    Item { Layout.fillWidth: true }
                    AppLabel {
                        Layout.preferredWidth: Math.round(112 * Theme.textScale)
                        text: qsTr("Now")
                        kind: AppLabel.Small
                    }
                    AppLabel {
                        Layout.preferredWidth: Math.round(112 * Theme.textScale)
                        text: qsTr("With my draft")
                        kind: AppLabel.Small
                    }
                }
                ListView {
                    id: list

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    focus: true
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    clip: true
                    cacheBuffer: 0
                    model: root.tests.tests
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Tests")

                    Keys.onReturnPressed: root.opened(root.tests.tests.keyAt(list.currentIndex))
                    Keys.onEnterPressed: root.opened(root.tests.tests.keyAt(list.currentIndex))
                    Keys.onDeletePressed: root.removalAsked(root.tests.tests.keyAt(list.currentIndex))
                    onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

                    delegate: TestRow {
                        required property int index

                        width: ListView.view.width
                        shown: root.tests.editor.isOpen && root.tests.editor.key === key
                        hasKeyboard: ListView.isCurrentItem && list.activeFocus
                        onClicked: {
                            list.currentIndex = index;
                            root.opened(key);
                        }
                    }
                    AppScrollBar { target: list }
                }
            }
        }
        CommandField {
            Layout.fillWidth: true
            visible: root.tests.count > 0 && root.showsCommand
            command: root.tests.command
            onCopied: (value, label) => root.app.copy(value, label)
        }
    }
    ColumnLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        visible: !root.tests.known && root.tests.available && root.tests.errorText.length === 0
        spacing: Theme.s

        Repeater {
            model: 3

            Skeleton {
                Layout.fillWidth: true
                implicitHeight: Theme.rowHeight
            }
        }
    }
    EmptyPane {
        anchors.fill: parent
        visible: !root.tests.available || (root.tests.known && root.tests.count === 0
                                           && root.tests.errorText.length === 0)
        iconName: "shield"
        text: root.tests.available ? qsTr("No tests yet") : qsTr("This mesh keeps no tests")
        detail: root.tests.available
            ? qsTr("A test says who must reach whom, or must not: “laptops must reach the nas”. It is run on each draft before it is applied, and by every node when the rules change, so that a mistake is seen before somebody misses something.")
            : qsTr("A newer service keeps tests of who must reach whom with the mesh, and runs them on each draft.")
        actionText: root.tests.available ? qsTr("Write the first test") : ""
        actionHint: root.app.readOnlyText
        onActed: root.newAsked()
    }
}
