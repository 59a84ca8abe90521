// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// One member in the list. Draws what the model hands over.
T.ItemDelegate {
    id: root

    required property PeerColumns columns
    required property string peerId
    required property string name
    required property string initial
    required property string stateText
    required property string stateIcon
    required property string address
    required property string zone
    required property string features
    required property string joined
    required property string roleWord
    required property string traffic
    required property string handshake
    required property int tone
    required property bool flowing
    required property bool isSelf
    required property bool shown
    required property bool hasKeyboard

    implicitHeight: Theme.rowHeight + 4
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %3").arg(root.name).arg(root.stateText).arg(root.address)
    Accessible.selected: root.shown
    Accessible.onPressAction: root.clicked()

    contentItem: RowLayout {
        spacing: Theme.m

        Avatar {
            size: Math.round(30 * Math.min(1.25, Theme.textScale))
            initial: root.initial
            tone: root.tone
            ringed: root.isSelf
        }
        AppLabel {
            Layout.fillWidth: true
            Layout.preferredWidth: 100
            text: root.name
            kind: AppLabel.Strong
            Accessible.ignored: true
        }
        Item {
            Layout.preferredWidth: root.columns.state
            implicitHeight: state.implicitHeight

            Chip {
                id: state

                text: root.stateText
                tone: root.tone
                iconName: root.stateIcon
                widest: root.columns.state - 2 * Theme.s - (root.stateIcon.length > 0 ? 24 : 0)
            }
        }
        AppLabel {
            Layout.preferredWidth: root.columns.address
            text: root.address
            kind: AppLabel.Mono
            elide: Text.ElideMiddle
            Accessible.ignored: true
        }
        AppLabel {
            Layout.preferredWidth: root.columns.traffic
            visible: root.columns.showTraffic
            text: root.traffic
            color: root.flowing ? Theme.text : Theme.textTertiary
            Accessible.ignored: true
        }
        AppLabel {
            Layout.preferredWidth: root.columns.handshake
            visible: root.columns.showHandshake
            text: root.handshake
            color: Theme.textSecondary
            Accessible.ignored: true
        }
        AppLabel {
            Layout.preferredWidth: root.columns.zone
            visible: root.columns.showZone
            text: root.zone
            color: Theme.textSecondary
            Accessible.ignored: true
        }
        AppLabel {
            Layout.preferredWidth: root.columns.services
            visible: root.columns.showServices
            text: root.features
            color: Theme.textSecondary
            Accessible.ignored: true
        }
        AppLabel {
            Layout.preferredWidth: root.columns.joined
            visible: root.columns.showJoined
            text: root.joined
            color: Theme.textTertiary
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        color: root.shown ? Theme.tintAccent
            : root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.hairline
            opacity: 0.6
        }
        FocusRing { shown: root.hasKeyboard; gap: -4 }
    }
}
