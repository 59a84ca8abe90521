// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// On or off, at once. `on` comes from the view-model; a click asks for the other.
T.AbstractButton {
    id: root

    required property string name
    required property bool on

    signal asked(bool on)

    implicitWidth: 42
    implicitHeight: 32
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: root.enabled ? 1 : 0.45
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.name
    Accessible.checked: root.on
    Accessible.checkable: true
    Accessible.onPressAction: root.clicked()
    Accessible.onToggleAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    onClicked: root.asked(!root.on)

    contentItem: Item {}
    background: Item {
        Rectangle {
            id: track

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            width: 40
            height: 22
            radius: 11
            color: root.on ? Theme.accent : Theme.sunken
            border.width: root.on ? 0 : Theme.border
            border.color: Theme.outline

            Behavior on color { ColorAnimation { duration: Theme.quick } }

            Rectangle {
                x: root.on !== Theme.mirrored ? parent.width - width - 3 : 3
                anchors.verticalCenter: parent.verticalCenter
                width: 16
                height: 16
                radius: 8
                color: root.on ? Theme.accentText : Theme.outline

                Behavior on x { NumberAnimation { duration: Theme.quick } }
            }
            FocusRing { shown: root.visualFocus; around: 11 }
        }
    }
}
