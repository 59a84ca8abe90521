// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// Finds what can be done by some words of it. Up and Down choose, Return does it, Escape closes.
T.Popup {
    id: root

    required property PaletteModel palette
    property Item opener: null

    function show() {
        root.palette.open();
        field.clear();
        root.open();
    }
    function run(row: int) {
        // The focus goes back first: what is done may want it.
        root.close();
        root.palette.run(row);
    }

    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: Theme.huge
    width: Math.min(Math.round(620 * Theme.textScale), parent ? parent.width - 2 * Theme.xl : 620)
    height: column.implicitHeight + 2 * root.padding
    padding: Theme.s
    onAboutToShow: root.opener = root.parent ? root.parent.Window.activeFocusItem : null
    onOpened: field.forceActiveFocus(Qt.PopupFocusReason)
    onClosed: if (root.opener) { root.opener.forceActiveFocus(Qt.PopupFocusReason); }

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: Theme.radiusSheet
        color: Theme.surface
        border.width: Theme.border
        border.color: Theme.hairline
    }
    contentItem: ColumnLayout {
        id: column

        spacing: Theme.s
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Commands")

        AppTextField {
            id: field

            Layout.fillWidth: true
            name: qsTr("Search commands, meshes and members")
            placeholderText: qsTr("What do you want to do? A page, a mesh, a member")
            iconName: "search"
            onTextEdited: {
                root.palette.query = text;
                list.currentIndex = 0;
            }
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
            Keys.onReturnPressed: root.run(list.currentIndex)
            Keys.onEnterPressed: root.run(list.currentIndex)
            Keys.onPressed: event => {
                if (event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp) {
                    const step = event.key === Qt.Key_PageDown ? 8 : -8;
                    list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + step));
                    event.accepted = true;
                }
            }
        }
        ListView {
            id: list

            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(contentHeight, Math.round((root.parent?.height ?? 600) * 0.6))
            visible: count > 0
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            // Rows are made when they are seen: Qt 6.4 warns when a search takes away rows that it makes ahead.
            cacheBuffer: 0
            model: root.palette
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Commands")
            onCountChanged: currentIndex = count > 0 ? 0 : -1

            delegate: PaletteRow {
                required property int index

                width: ListView.view.width - bar.width
                highlighted: ListView.isCurrentItem
                onClicked: root.run(index)
            }
            AppScrollBar {
                id: bar

                target: list
            }
        }
        AppLabel {
            Layout.fillWidth: true
            Layout.margins: Theme.m
            visible: list.count === 0
            text: qsTr("Nothing matches. Try fewer letters, or the name of a member.")
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
    }
}
