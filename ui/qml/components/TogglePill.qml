// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// A word that is chosen or not, one of a set.
T.AbstractButton {
    id: root

    required property string label
    required property string group
    required property bool on

    signal asked

    implicitWidth: Math.min(260, text.implicitWidth)
    implicitHeight: Math.max(30, text.implicitHeight + 10)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: root.enabled || root.on ? 1 : 0.45
    Accessible.role: Accessible.CheckBox
    Accessible.name: qsTr("%1: %2").arg(root.group).arg(root.label)
    Accessible.checkable: true
    Accessible.checked: root.on
    Accessible.onPressAction: root.clicked()
    Accessible.onToggleAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    onClicked: root.asked()

    contentItem: AppLabel {
        id: text

        leftPadding: Theme.m
        rightPadding: Theme.m
        horizontalAlignment: Text.AlignHCenter
        text: root.label
        color: root.on ? Theme.accent : Theme.textSecondary
        font.weight: root.on ? Font.DemiBold : Font.Normal
        Accessible.ignored: true
    }
    background: Rectangle {
        radius: height / 2
        color: root.on ? Theme.tintAccent : root.hovered ? Theme.hover : "transparent"
        border.width: Theme.border
        border.color: root.on ? Theme.accent : Theme.outline

        FocusRing { shown: root.visualFocus; around: parent.height / 2 }
    }
}
