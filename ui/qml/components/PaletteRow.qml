// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// A line of the palette: what is done, and the keys or the command that do the same.
T.ItemDelegate {
    id: root

    required property string title
    required property string detail
    required property string iconName
    required property string command

    implicitHeight: Math.max(40, row.implicitHeight + Theme.s)
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: root.detail.length > 0 ? qsTr("%1, %2").arg(root.title).arg(root.detail) : root.title
    Accessible.description: root.command
    Accessible.selected: root.highlighted
    Accessible.onPressAction: root.clicked()

    contentItem: RowLayout {
        id: row

        spacing: Theme.m

        Icon {
            name: root.iconName
            size: 18
            color: root.highlighted ? Theme.accent : Theme.textSecondary
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppLabel {
                Layout.fillWidth: true
                text: root.title
                kind: root.highlighted ? AppLabel.Strong : AppLabel.Body
                Accessible.ignored: true
            }
            AppLabel {
                Layout.fillWidth: true
                visible: root.highlighted && root.command.length > 0
                text: root.command
                kind: AppLabel.Small
                font.family: Theme.monoFamily
                Accessible.ignored: true
            }
        }
        AppLabel {
            Layout.maximumWidth: Math.round(root.width * 0.35)
            visible: root.detail.length > 0
            text: root.detail
            kind: AppLabel.Small
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.highlighted ? Theme.tintAccent : root.hovered ? Theme.hover : "transparent"
    }
}
