// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// A button with a text. Disabled with a `hint`, it stays reachable and says why.
T.Button {
    id: root

    enum Kind { Primary, Secondary, Plain, Danger, DangerFilled }

    property int kind: AppButton.Secondary
    property string iconName
    property bool busy: false
    /// Why it cannot be pressed; empty when it can.
    property string hint

    readonly property bool blocked: root.hint.length > 0
    readonly property bool filled: root.kind === AppButton.Primary
        || root.kind === AppButton.DangerFilled
    readonly property bool danger: root.kind === AppButton.Danger
        || root.kind === AppButton.DangerFilled
    readonly property color base: root.danger ? Theme.error : Theme.accent
    readonly property color ink: root.filled ? Theme.accentText
        : root.kind === AppButton.Secondary ? Theme.text : root.base

    signal pressedAllowed

    readonly property int lead: root.iconName.length > 0 || root.busy ? Theme.iconSize + Theme.s : 0

    implicitWidth: root.lead + Math.ceil(label.implicitWidth) + root.leftPadding + root.rightPadding
    implicitHeight: Theme.controlHeight
    leftPadding: root.kind === AppButton.Plain ? Theme.s : Theme.l
    rightPadding: root.leftPadding
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: root.enabled && !root.blocked ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.description: root.hint
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    onClicked: if (!root.blocked && !root.busy) { root.pressedAllowed(); }

    contentItem: Item {
        implicitHeight: row.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.s

            Spinner {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.busy
                running: root.busy
                ink: root.ink
                size: Theme.iconSize - 2
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName.length > 0 && !root.busy
                name: root.iconName
                size: Theme.iconSize - 2
                color: root.ink
            }
            AppLabel {
                id: label

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, Math.max(0, root.availableWidth - root.lead))
                text: root.text
                color: root.ink
                font.weight: root.filled ? Font.DemiBold : Font.Medium
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.filled ? root.base
            : root.kind === AppButton.Plain ? "transparent" : Theme.surface
        border.width: root.filled || root.kind === AppButton.Plain ? 0 : Theme.border
        border.color: root.danger ? root.base : Theme.outline

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        }
        FocusRing { shown: root.visualFocus }
    }

    Tip {
        visible: root.blocked && (root.hovered || root.visualFocus)
        text: root.hint
    }
}
