// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What this node sends to a member: the member's own addresses, and what lies behind it.
Flickable {
    id: root

    required property AppViewModel app
    readonly property PeerDetails peer: root.app.peer

    contentHeight: column.implicitHeight
    contentWidth: root.width
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.leftMargin: Theme.s
        width: root.width - 2 * Theme.s - (root.contentHeight > root.height ? Theme.s : 0)
        spacing: Theme.m

        AppLabel {
            Layout.fillWidth: true
            visible: root.peer.networks.length > 0
            text: qsTr("This node sends to this member what goes to these addresses.")
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
        Repeater {
            model: root.peer.networks

            CopyField {
                required property string modelData

                Layout.fillWidth: true
                label: qsTr("Network")
                value: modelData
                mono: true
                wrap: true
                onCopied: (value, label) => root.app.copy(value, label)
            }
        }
        EmptyState {
            Layout.fillWidth: true
            Layout.topMargin: Theme.xl
            visible: root.peer.networks.length === 0
            iconName: "route"
            text: qsTr("Nothing goes to this member")
            detail: root.peer.isSelf ? qsTr("This is this computer.")
                : qsTr("This node has no tunnel to it; the path says how packets get there.")
        }
    }
    AppScrollBar { target: root }
}
