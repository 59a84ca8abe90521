// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// Which columns a list has. Space or Enter takes one or leaves it, Escape closes.
T.Popup {
    id: root

    required property PeerColumns columns
    property Item opener: null

    function openAt(item: Item, x: real, y: real) {
        const place = item.mapToItem(root.parent, x, y);
        root.opener = item;
        root.x = place.x;
        root.y = place.y;
        root.open();
    }

    width: Math.round(260 * Math.min(1.25, Theme.textScale))
    // Templates take no size from what they hold.
    height: Math.min(rows.contentHeight + note.implicitHeight + reset.implicitHeight
        + 2 * Theme.xs + 2 * root.padding,
        (root.opener?.Window.height ?? 560) - 2 * root.margins)
    margins: Theme.s
    padding: Theme.xs
    focus: true
    modal: true
    onOpened: {
        rows.currentIndex = 0;
        rows.forceActiveFocus(Qt.PopupFocusReason);
    }
    onClosed: if (root.opener) { root.opener.forceActiveFocus(Qt.PopupFocusReason); }

    T.Overlay.modal: Item {}
    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: 1
        border.color: Theme.hairline
    }
    contentItem: ColumnLayout {
        spacing: Theme.xs

        AppLabel {
            id: note

            Layout.fillWidth: true
            padding: Theme.m
            text: qsTr("Name and state are always shown. Columns without room wait for a wider window.")
            kind: AppLabel.Small
            wrapMode: Text.Wrap
        }
        ListView {
            id: rows

            Layout.fillWidth: true
            Layout.fillHeight: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            cacheBuffer: 0
            model: root.columns
            Accessible.role: Accessible.PopupMenu
            Accessible.name: qsTr("Columns")
            Keys.onReturnPressed: (rows.currentItem as T.AbstractButton)?.clicked()
            Keys.onEnterPressed: (rows.currentItem as T.AbstractButton)?.clicked()
            Keys.onSpacePressed: (rows.currentItem as T.AbstractButton)?.clicked()

            delegate: T.ItemDelegate {
                id: row

                required property int index
                required property int column
                required property string name
                required property string note
                required property bool on

                width: ListView.view.width
                implicitHeight: Math.max(36, line.implicitHeight + Theme.s)
                leftPadding: Theme.m
                rightPadding: Theme.m
                hoverEnabled: true
                focusPolicy: Qt.NoFocus
                Accessible.role: Accessible.CheckBox
                Accessible.name: row.note.length > 0 ? qsTr("%1, %2").arg(row.name).arg(row.note) : row.name
                Accessible.checkable: true
                Accessible.checked: row.on
                Accessible.onPressAction: row.clicked()
                Accessible.onToggleAction: row.clicked()
                onClicked: {
                    rows.currentIndex = row.index;
                    root.columns.toggle(row.column);
                }

                contentItem: RowLayout {
                    id: line

                    spacing: Theme.m

                    CheckMark { on: row.on }
                    AppLabel {
                        Layout.fillWidth: true
                        text: row.name
                        Accessible.ignored: true
                    }
                    AppLabel {
                        visible: row.note.length > 0
                        text: row.note
                        kind: AppLabel.Small
                        Accessible.ignored: true
                    }
                }
                background: Rectangle {
                    radius: Theme.radiusControl
                    color: row.down ? Theme.pressed : row.hovered ? Theme.hover : "transparent"

                    FocusRing { shown: row.ListView.isCurrentItem && rows.activeFocus; gap: -4 }
                }
            }
        }
        AppButton {
            id: reset

            Layout.fillWidth: true
            kind: AppButton.Plain
            text: qsTr("Choose by the width")
            hint: root.columns.chosen ? "" : qsTr("This is what is done now.")
            onPressedAllowed: root.columns.reset()
        }
    }
}
