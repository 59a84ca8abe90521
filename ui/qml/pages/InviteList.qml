// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// All invitations of the mesh, newest first.
ColumnLayout {
    id: root

    required property InviteViewModel invite

    spacing: 0

    EmptyState {
        Layout.fillWidth: true
        visible: root.invite.invitations.count === 0 && !root.invite.listBusy
        iconName: "invite"
        text: qsTr("No invitations yet")
    }
    ListView {
        id: list

        Layout.fillWidth: true
        implicitHeight: Math.min(list.contentHeight, 320)
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        // As in PeersTable: no rows are made ahead.
        cacheBuffer: 0
        model: root.invite.invitations
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Invitations")

        delegate: RowLayout {
            id: row

            required property string invitationId
            required property string title
            required property string detail
            required property string stateText
            required property int tone
            required property bool open

            width: ListView.view.width
            height: Math.max(56, words.implicitHeight + Theme.m)
            spacing: Theme.m

            ColumnLayout {
                id: words

                Layout.fillWidth: true
                spacing: 2

                AppLabel {
                    Layout.fillWidth: true
                    text: row.title
                    kind: AppLabel.Strong
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: row.detail
                    kind: AppLabel.Small
                }
            }
            Chip {
                text: row.stateText
                tone: row.tone
                dot: true
            }
            AppButton {
                visible: row.open
                kind: AppButton.Danger
                text: qsTr("Revoke")
                Accessible.name: qsTr("Revoke %1").arg(row.title)
                onPressedAllowed: root.invite.revoke(row.invitationId)
            }
        }
        AppScrollBar { target: list }
    }
}
