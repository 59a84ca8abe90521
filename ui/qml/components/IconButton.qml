// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// A button with an icon alone. Its name is read to those who do not see it, and shown as a tip.
T.Button {
    id: root

    required property string name
    required property string iconName
    property color ink: Theme.textSecondary

    implicitWidth: 32
    implicitHeight: 32
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: root.enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: root.name
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            size: Theme.iconSize - 2
            color: root.hovered ? Theme.text : root.ink
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing { shown: root.visualFocus; gap: 0 }
    }

    Tip {
        visible: root.hovered || root.visualFocus
        text: root.name
    }
}
