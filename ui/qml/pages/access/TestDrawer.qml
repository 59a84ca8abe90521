// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The frame of the editor of a test: what is in the way, its fields, and what can be done.
Item {
    id: root

    required property AppViewModel app
    readonly property TestEditor editor: root.app.tests.editor

    signal closeAsked
    signal removalAsked

    function focusFirst() {
        const next = body.nextItemInFocusChain(true) as Item;
        if (next) { next.forceActiveFocus(Qt.ShortcutFocusReason); }
    }

    Accessible.role: Accessible.Pane
    Accessible.name: root.editor.heading

    Rectangle {
        anchors.fill: parent
        color: Theme.surface

        MouseArea { anchors.fill: parent }
        Rectangle {
            anchors.top: parent.top
            anchors.bottom: parent.bottom
            width: 1
            color: Theme.hairline
        }
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.l
        anchors.leftMargin: Theme.xl
        spacing: Theme.l

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            AppLabel {
                Layout.fillWidth: true
                text: root.editor.heading
                kind: AppLabel.Section
            }
            Chip {
                visible: root.editor.dirty
                text: qsTr("Not saved")
                tone: Look.Warn
            }
            IconButton {
                name: qsTr("Close the editor")
                iconName: "close"
                onClicked: root.closeAsked()
            }
        }
        Banner {
            Layout.fillWidth: true
            visible: root.editor.errorText.length > 0
            tone: Look.Error
            word: qsTr("Error")
            text: root.editor.errorText
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: false
            visible: root.editor.conflict
            spacing: Theme.s

            Banner {
                Layout.fillWidth: true
                tone: Look.Warn
                word: qsTr("Warning")
                text: root.editor.conflictText
                detail: root.editor.conflictDetail
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.s

                AppButton {
                    text: qsTr("Take theirs")
                    onPressedAllowed: root.editor.takeTheirs()
                }
                AppButton {
                    text: qsTr("Write mine over it")
                    busy: root.editor.busy
                    hint: root.editor.readOnlyText
                    onPressedAllowed: root.editor.writeMine()
                }
            }
        }
        Flickable {
            id: scroller

            Layout.fillWidth: true
            Layout.fillHeight: true
            contentHeight: body.implicitHeight + 4
            contentWidth: width
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            ColumnLayout {
                id: body

                // Room for the ring of the focus, and beside the scroll bar.
                x: 3
                y: 2
                width: scroller.width - 6
                    - (scroller.contentHeight > scroller.height ? bar.width : 0)

                TestForm {
                    Layout.fillWidth: true
                    app: root.app
                }
            }
            AppScrollBar {
                id: bar

                target: scroller
            }
        }
        Flow {
            Layout.fillWidth: true
            visible: root.editor.readOnlyText.length === 0
            layoutDirection: Qt.RightToLeft
            spacing: Theme.s

            AppButton {
                kind: AppButton.Primary
                text: qsTr("Save")
                busy: root.editor.busy
                hint: root.editor.conflict ? qsTr("First choose which one holds.")
                    : root.editor.dirty ? "" : qsTr("Nothing was changed.")
                onPressedAllowed: root.editor.save()
            }
            AppButton {
                kind: AppButton.Danger
                visible: !root.editor.isNew
                text: qsTr("Delete")
                onPressedAllowed: root.removalAsked()
            }
        }
    }
}
