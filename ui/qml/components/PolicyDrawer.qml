// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The frame of an editor: what it is, what is in the way, its fields, and what can be done.
Item {
    id: root

    required property PolicyEditor editor
    required property Component form

    signal closeAsked
    signal removalAsked
    signal saveAsked

    readonly property string unchanged: root.editor.dirty || root.editor.busy
        ? "" : qsTr("Nothing was changed.")

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
            anchors.left: parent.left
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
            visible: root.editor.readOnlyText.length > 0
            tone: Look.Neutral
            text: root.editor.readOnlyText
        }
        Banner {
            Layout.fillWidth: true
            visible: root.editor.errorText.length > 0
            tone: Look.Error
            word: qsTr("Error")
            text: root.editor.errorText
        }
        Banner {
            Layout.fillWidth: true
            visible: root.editor.draftText.length > 0
            tone: Look.Accent
            word: qsTr("Draft")
            text: root.editor.draftText
            actionText: root.editor.readOnlyText.length === 0 ? qsTr("Discard") : ""
            onActed: root.editor.leaveDraft()
        }
        ColumnLayout {
            Layout.fillWidth: true
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
                anchors.left: parent.left
                anchors.leftMargin: 3
                y: 2
                width: scroller.width - 6
                    - (scroller.contentHeight > scroller.height ? bar.width : 0)

                Loader {
                    Layout.fillWidth: true
                    active: root.editor.isOpen
                    sourceComponent: root.form
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
                visible: root.editor.canDraft
                text: qsTr("Add to draft")
                busy: root.editor.busy
                hint: root.unchanged
                onPressedAllowed: root.editor.addToDraft()
            }
            AppButton {
                kind: root.editor.canDraft ? AppButton.Secondary : AppButton.Primary
                text: root.editor.canDraft ? qsTr("Save now") : qsTr("Save")
                busy: root.editor.busy && !root.editor.canDraft
                hint: root.editor.drafted && !root.editor.dirty ? "" : root.unchanged
                onPressedAllowed: root.saveAsked()
            }
            AppButton {
                kind: AppButton.Danger
                visible: !root.editor.isNew
                text: root.editor.canDraft ? qsTr("Delete…") : qsTr("Delete")
                onPressedAllowed: root.removalAsked()
            }
        }
    }
}
