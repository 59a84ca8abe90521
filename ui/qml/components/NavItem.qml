// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// A page in the rail: icon and name, or the icon alone when the rail is narrow.
T.AbstractButton {
    id: root

    required property string name
    required property string iconName
    required property bool current
    required property bool narrow
    property string badge

    // In a low window with large text the pages of the rail stand closer together.
    Layout.fillHeight: true
    Layout.minimumHeight: 32
    Layout.maximumHeight: implicitHeight
    implicitHeight: Theme.rowHeight - 4
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTab
    Accessible.name: root.name
    Accessible.selected: root.current
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()

    contentItem: Item {
        Icon {
            id: icon

            anchors.left: parent.left
            anchors.leftMargin: root.narrow ? Math.round((parent.width - width) / 2) : Theme.m
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            size: Theme.iconSize
            color: root.current ? Theme.accent : Theme.textSecondary
        }
        AppLabel {
            anchors.left: icon.right
            anchors.leftMargin: Theme.m
            anchors.right: count.left
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.narrow
            text: root.name
            color: root.current ? Theme.accent : Theme.textSecondary
            font.weight: root.current ? Font.DemiBold : Font.Medium
            Accessible.ignored: true
        }
        AppLabel {
            id: count

            anchors.right: parent.right
            anchors.rightMargin: Theme.m
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.narrow && root.badge.length > 0
            kind: AppLabel.Small
            text: root.badge
            color: root.current ? Theme.accent : Theme.textTertiary
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl + 2
        border.width: root.current ? Theme.tintBorder : 0
        border.color: Theme.accent
        color: root.current ? Theme.tintAccent : root.hovered ? Theme.hover : "transparent"

        FocusRing { shown: root.visualFocus; gap: -2; around: Theme.radiusControl + 2 }
    }

    Tip {
        x: Theme.mirrored ? -implicitWidth - Theme.xs : root.width + Theme.xs
        y: Math.round((root.height - implicitHeight) / 2)
        visible: root.narrow && root.hovered
        text: root.name
    }
}
