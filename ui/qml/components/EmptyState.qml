// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What stands where there is nothing yet: why, and the next thing to do.
ColumnLayout {
    id: root

    required property string iconName
    required property string text
    property string detail
    property string actionText
    property string actionHint

    signal acted

    spacing: Theme.m

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 64
        implicitHeight: 64
        radius: 32
        color: Theme.tintAccent
        border.width: Theme.tintBorder
        border.color: Theme.accent

        Icon {
            anchors.centerIn: parent
            name: root.iconName
            size: 28
            color: Theme.accent
        }
    }
    AppLabel {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: root.text
        kind: AppLabel.Section
        wrapMode: Text.Wrap
    }
    AppLabel {
        Layout.alignment: Qt.AlignHCenter
        Layout.fillWidth: true
        Layout.maximumWidth: 420
        visible: root.detail.length > 0
        horizontalAlignment: Text.AlignHCenter
        text: root.detail
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    AppButton {
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.s
        visible: root.actionText.length > 0
        kind: AppButton.Primary
        text: root.actionText
        hint: root.actionHint
        onPressedAllowed: root.acted()
    }
}
