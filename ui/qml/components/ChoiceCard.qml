// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// A large button: icon, name and a sentence.
T.AbstractButton {
    id: root

    required property string name
    required property string iconName
    /// Why it cannot be chosen; empty when it can.
    property string hint
    /// One of several that can be chosen is.
    property bool current: false
    property bool selectable: false

    signal chosen

    implicitWidth: 200
    implicitHeight: column.implicitHeight + 2 * Theme.xl
    padding: Theme.xl
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: root.hint.length > 0 ? 0.45 : 1
    Accessible.role: root.selectable ? Accessible.RadioButton : Accessible.Button
    Accessible.checkable: root.selectable
    Accessible.checked: root.current
    Accessible.name: root.name
    Accessible.description: root.hint.length > 0 ? root.hint : root.text
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    onClicked: if (root.hint.length === 0) { root.chosen(); }

    contentItem: ColumnLayout {
        id: column

        spacing: Theme.s

        Rectangle {
            implicitWidth: 44
            implicitHeight: 44
            radius: 12
            color: Theme.tintAccent
            border.width: Theme.tintBorder
            border.color: Theme.accent

            Icon {
                anchors.centerIn: parent
                name: root.iconName
                size: 22
                color: Theme.accent
            }
        }
        AppLabel {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s
            text: root.name
            kind: AppLabel.Section
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        AppLabel {
            Layout.fillWidth: true
            text: root.text
            color: Theme.textSecondary
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Item { Layout.fillHeight: true }
    }
    background: Rectangle {
        radius: Theme.radiusSheet
        color: Theme.surface
        border.width: root.current ? 2 * Theme.border : Theme.border
        border.color: root.current || root.hovered && root.hint.length === 0 ? Theme.accent : Theme.hairline

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.down ? Theme.pressed : "transparent"
        }
        FocusRing { shown: root.visualFocus; around: Theme.radiusSheet }
    }
}
