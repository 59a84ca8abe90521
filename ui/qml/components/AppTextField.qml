// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// One line of text. `name` is what a screen reader says.
T.TextField {
    id: root

    required property string name
    property string iconName
    property bool wrong: false
    property bool mono: false
    /// Room before the text.
    readonly property real lead: root.iconName.length > 0 ? Theme.m + Theme.iconSize + Theme.xs : Theme.m

    implicitWidth: 240
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.mirrored ? Theme.m : root.lead
    rightPadding: Theme.mirrored ? root.lead : Theme.m
    horizontalAlignment: TextInput.AlignLeft
    verticalAlignment: TextInput.AlignVCenter
    color: Theme.text
    placeholderTextColor: Theme.textTertiary
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    selectByMouse: true
    maximumLength: 4000
    font.pixelSize: root.mono ? Theme.mono : Theme.body
    font.family: root.mono ? Theme.monoFamily : Theme.family
    opacity: root.enabled ? 1 : 0.45
    Accessible.role: Accessible.EditableText
    Accessible.name: root.name

    Icon {
        anchors.left: parent.left
        anchors.leftMargin: Theme.m
        anchors.verticalCenter: parent.verticalCenter
        visible: root.iconName.length > 0
        name: root.iconName
        size: Theme.iconSize - 2
        color: Theme.textTertiary
    }
    AppLabel {
        x: root.leftPadding
        width: root.width - root.leftPadding - root.rightPadding
        anchors.verticalCenter: parent.verticalCenter
        visible: root.length === 0 && root.preeditText.length === 0
        text: root.placeholderText
        color: root.placeholderTextColor
        font: root.font
        Accessible.ignored: true
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.surface
        border.width: root.activeFocus ? 2 : Theme.border
        border.color: root.wrong ? Theme.error : root.activeFocus ? Theme.focus : Theme.outline
    }
}
