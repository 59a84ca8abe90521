// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// Looks like a field for the search, and opens the palette.
T.AbstractButton {
    id: root

    property bool compact: false

    implicitWidth: root.compact ? Theme.controlHeight : words.implicitWidth + 2 * Theme.m
    implicitHeight: Theme.controlHeight
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Search everything")
    Accessible.description: "Ctrl+K"
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Item {
        RowLayout {
            id: words

            anchors.centerIn: parent
            spacing: Theme.s

            Icon {
                name: "search"
                size: Theme.iconSize - 2
                color: Theme.textSecondary
            }
            AppLabel {
                visible: !root.compact
                text: qsTr("Search")
                color: Theme.textSecondary
                Accessible.ignored: true
            }
            AppLabel {
                visible: !root.compact
                text: "Ctrl+K"
                kind: AppLabel.Small
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : Theme.surface
        border.width: Theme.border
        border.color: Theme.outline

        FocusRing { shown: root.visualFocus }
    }
    Tip {
        visible: root.compact && (root.hovered || root.visualFocus)
        text: qsTr("Search everything (Ctrl+K)")
    }
}
