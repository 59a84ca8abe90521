// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// A labelled value that a click puts on the clipboard. The whole row is the target.
T.AbstractButton {
    id: root

    required property string label
    required property string value
    property bool mono: false
    /// A long value goes on in a second line instead of losing its middle.
    property bool wrap: false
    property int labelWidth: Math.round(96 * Theme.textScale)

    signal copied(string value, string label)

    visible: root.value.length > 0
    implicitWidth: 200
    implicitHeight: Math.max(36, row.implicitHeight + Theme.s)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("%1: %2").arg(root.label).arg(root.value)
    Accessible.description: qsTr("Copies it")
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    onClicked: root.copied(root.value, root.label)

    contentItem: Item {
        implicitHeight: row.implicitHeight

        RowLayout {
            id: row

            anchors.fill: parent
            spacing: Theme.m

            AppLabel {
                Layout.preferredWidth: root.labelWidth
                Layout.minimumWidth: Math.min(implicitWidth, 1.75 * root.labelWidth)
                text: root.label
                color: Theme.textSecondary
                Accessible.ignored: true
            }
            AppLabel {
                id: value

                // A command that goes on in a second line begins both at the left.
                LayoutMirroring.enabled: Theme.mirrored && !(root.mono && value.lineCount > 1)
                Layout.fillWidth: true
                text: root.value
                kind: root.mono ? AppLabel.Mono : AppLabel.Body
                elide: root.wrap ? Text.ElideNone : root.mono ? Text.ElideMiddle : Text.ElideRight
                wrapMode: root.wrap ? Text.WrapAnywhere : Text.NoWrap
                maximumLineCount: 2
                Accessible.ignored: true
            }
            Icon {
                name: "copy"
                size: Theme.iconSize - 4
                opacity: root.hovered || root.visualFocus ? 1 : 0.55
                color: root.hovered ? Theme.accent : Theme.textTertiary
            }
        }
    }
    background: Rectangle {
        x: -Theme.s
        width: root.width + 2 * Theme.s
        height: root.height
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing { shown: root.visualFocus; gap: -2 }
    }
}
