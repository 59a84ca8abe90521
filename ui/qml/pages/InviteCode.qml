// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A new code, to scan or to send. It is shown this once.
GridLayout {
    id: root

    required property AppViewModel app
    readonly property InviteViewModel invite: root.app.invite

    signal done

    columns: root.width > 480 * Theme.textScale ? 2 : 1
    columnSpacing: Theme.xl
    rowSpacing: Theme.l

    Rectangle {
        Layout.alignment: Qt.AlignTop
        implicitWidth: picture.width + Theme.s
        implicitHeight: picture.width + Theme.s
        radius: Theme.radiusCard
        color: "white"
        border.width: Theme.border
        border.color: Theme.hairline

        QrCode {
            id: picture

            anchors.centerIn: parent
            // Whole pixels for each module, and no smaller than a camera reads with ease.
            width: (picture.modules + 8) * Math.ceil(224 / (picture.modules + 8))
            height: width
            text: root.invite.code
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("The invitation code as a QR code")
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.m

        AppLabel {
            Layout.fillWidth: true
            text: root.invite.forText
            kind: AppLabel.Section
            wrapMode: Text.Wrap
        }
        AppLabel {
            Layout.fillWidth: true
            text: root.invite.expiryText
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
        AppLabel {
            Layout.fillWidth: true
            padding: Theme.m
            text: root.invite.code
            kind: AppLabel.Mono
            wrapMode: Text.WrapAnywhere
            maximumLineCount: 12

            Rectangle {
                anchors.fill: parent
                z: -1
                radius: Theme.radiusControl
                color: Theme.sunken
            }
        }
        AppButton {
            kind: AppButton.Primary
            iconName: "copy"
            text: qsTr("Copy the code")
            onPressedAllowed: root.app.copy(root.invite.code, qsTr("Invitation code"))
        }
        AppLabel {
            Layout.fillWidth: true
            text: qsTr("Whoever has this code can join once. It is not shown again after this window is closed.")
            kind: AppLabel.Small
            color: Theme.textTertiary
            wrapMode: Text.Wrap
        }
        AppLabel {
            Layout.fillWidth: true
            visible: root.invite.authority.length > 0
            text: qsTr("Authority of this mesh, for comparing: %1").arg(root.invite.authority)
            kind: AppLabel.Small
            color: Theme.textTertiary
            wrapMode: Text.Wrap
        }
        AppButton {
            kind: AppButton.Plain
            text: qsTr("Make another")
            onPressedAllowed: root.invite.forgetCode()
        }
    }
}
