// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// This node and the newest members, and the way to all of them.
Card {
    id: root

    required property AppViewModel app
    readonly property int most: 5

    signal inviteAsked
    signal peersAsked

    RowLayout {
        Layout.fillWidth: true

        AppLabel {
            Layout.fillWidth: true
            text: qsTr("Members")
            kind: AppLabel.Section
        }
        AppLabel {
            visible: root.app.allPeers.count > 0
            text: root.app.newestPeers.countText
            kind: AppLabel.Small
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.xs

        ListView {
            id: list

            readonly property int line: Math.round(38 * Theme.textScale)

            Layout.fillWidth: true
            implicitHeight: Math.min(list.count, root.most) * list.line
            interactive: false
            clip: true
            cacheBuffer: 0
            model: root.app.newestPeers
            Accessible.role: Accessible.List
            Accessible.name: qsTr("The newest members")

            delegate: RowLayout {
                id: peer

                required property string name
                required property string initial
                required property string address
                required property int tone
                required property bool isSelf

                width: ListView.view.width
                height: list.line
                spacing: Theme.m

                Avatar {
                    size: 28
                    initial: peer.initial
                    tone: peer.tone
                    ringed: peer.isSelf
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: peer.name
                }
                AppLabel {
                    text: peer.address
                    kind: AppLabel.Mono
                    color: Theme.textSecondary
                }
            }
        }
        AppLabel {
            Layout.fillWidth: true
            visible: root.app.allPeers.count <= 1
            text: root.app.connection.inMesh
                ? qsTr("You are alone in this mesh. Invite a device and it appears here.")
                : qsTr("The members appear once this node is in the mesh.")
            color: Theme.textTertiary
            wrapMode: Text.Wrap
        }
    }
    Item { Layout.fillHeight: true }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s

        AppButton {
            visible: root.app.allPeers.count > 1
            kind: AppButton.Plain
            text: qsTr("See all members")
            onPressedAllowed: root.peersAsked()
        }
        AppButton {
            visible: root.app.allPeers.count <= 1
            iconName: "invite"
            text: qsTr("Invite a device")
            hint: root.app.connection.inviteHint
            onPressedAllowed: root.inviteAsked()
        }
        Item { Layout.fillWidth: true }
    }
}
