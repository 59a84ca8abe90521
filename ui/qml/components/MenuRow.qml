// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// A line of a menu: dot or icon, text, a word at the right.
T.ItemDelegate {
    id: root

    property string detail
    property string iconName
    property int dotTone: -1

    implicitHeight: Math.max(40, row.implicitHeight + Theme.s)
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.MenuItem
    Accessible.name: root.detail.length > 0 ? qsTr("%1, %2").arg(root.text).arg(root.detail) : root.text
    Accessible.checked: root.checked
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: RowLayout {
        id: row

        spacing: Theme.m

        StatusDot {
            visible: root.dotTone >= 0
            tone: Math.max(0, root.dotTone)
        }
        Icon {
            visible: root.iconName.length > 0
            name: root.iconName
            size: 18
            color: Theme.accent
        }
        AppLabel {
            Layout.fillWidth: true
            text: root.text
            kind: root.checked ? AppLabel.Strong : AppLabel.Body
            color: root.iconName.length > 0 ? Theme.accent : Theme.text
            Accessible.ignored: true
        }
        AppLabel {
            Layout.maximumWidth: 130
            visible: root.detail.length > 0
            text: root.detail
            kind: AppLabel.Small
            color: root.dotTone > 0 ? Theme.ink(root.dotTone) : Theme.textTertiary
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed
            : root.hovered || root.highlighted ? Theme.hover : "transparent"

        FocusRing { shown: root.visualFocus || root.highlighted; gap: -4 }
    }
}
