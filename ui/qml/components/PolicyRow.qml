// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// One rule, group, role, binding, edge or route in a list.
T.ItemDelegate {
    id: root

    required property string key
    required property string title
    required property string detail
    required property string lead
    required property string badge
    required property int tone
    required property bool locked
    /// What the draft does to it; empty when nothing.
    required property string mark
    required property int markTone
    required property bool shown
    required property bool hasKeyboard
    /// Whether it has a handle to be put elsewhere by, and whether that happens now.
    property bool movable: false
    property bool dragged: false

    implicitHeight: Math.max(Theme.rowHeight + 12, column.implicitHeight + 2 * Theme.s)
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: root.mark.length > 0
        ? qsTr("%1, %2, %3").arg(root.title).arg(root.detail).arg(root.mark)
        : qsTr("%1, %2").arg(root.title).arg(root.detail)
    Accessible.description: root.movable ? qsTr("Alt and the arrow keys move it.") : ""
    Accessible.selected: root.shown
    Accessible.onPressAction: root.clicked()

    contentItem: RowLayout {
        opacity: root.dragged ? 0.4 : 1
        spacing: Theme.m

        Icon {
            visible: root.movable
            name: "grip"
            size: Theme.iconSize
            color: Theme.textTertiary
        }
        ColumnLayout {
            id: column

            Layout.fillWidth: true
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.s

                AppLabel {
                    Layout.maximumWidth: Math.ceil(implicitWidth) + 1
                    Layout.fillWidth: true
                    text: root.title
                    kind: AppLabel.Strong
                    Accessible.ignored: true
                }
                Icon {
                    visible: root.locked
                    name: "lock"
                    size: 14
                    color: Theme.textTertiary
                }
                Chip {
                    visible: root.mark.length > 0
                    text: root.mark
                    tone: root.markTone
                }
                Item { Layout.fillWidth: true }
            }
            AppLabel {
                Layout.fillWidth: true
                visible: text.length > 0
                text: root.detail
                kind: AppLabel.Small
                Accessible.ignored: true
            }
        }
        AppLabel {
            visible: text.length > 0
            text: root.lead
            kind: AppLabel.Mono
            color: Theme.textTertiary
            Accessible.ignored: true
        }
        Chip {
            visible: root.badge.length > 0
            text: root.badge
            tone: root.tone
        }
    }
    background: Rectangle {
        color: root.shown ? Theme.tintAccent
            : root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.hairline
            opacity: 0.6
        }
        FocusRing { shown: root.hasKeyboard; gap: -4 }
    }
}
