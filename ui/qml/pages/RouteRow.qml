// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// One network with its state, and the answers that can be given to it.
T.ItemDelegate {
    id: root

    required property string routeKey
    required property string network
    required property string node
    required property string title
    required property string detail
    required property string badge
    required property int tone
    required property string iconName
    required property bool canAccept
    required property bool canRefuse
    required property bool canForget
    required property string question
    required property var consequences  // list of texts; var: the model hands over no other
    required property string publicKey
    required property bool hasKeyboard
    /// Its answer is on the way.
    required property bool busy
    /// Why nothing can be answered; empty when it can.
    required property string lockedText
    readonly property bool inUse: root.tone === Look.Ok
    readonly property bool buttonHasKeyboard: forget.activeFocus || refuse.activeFocus
        || accept.activeFocus
    readonly property bool answers: root.canAccept || root.canRefuse || root.canForget

    signal menuAsked(real x, real y)
    signal acceptAsked
    signal refuseAsked
    signal forgetAsked

    implicitHeight: column.implicitHeight + 2 * Theme.m
    leftPadding: Theme.l
    rightPadding: Theme.l
    topPadding: Theme.m
    bottomPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2. %3").arg(root.title).arg(root.badge).arg(root.detail)

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: eventPoint => root.menuAsked(eventPoint.position.x, eventPoint.position.y)
    }

    contentItem: ColumnLayout {
        id: column

        spacing: Theme.s

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            Icon {
                Layout.alignment: Qt.AlignTop
                name: root.iconName
                size: Theme.iconSize
                color: Theme.textSecondary
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                AppLabel {
                    Layout.fillWidth: true
                    text: root.title
                    kind: AppLabel.Strong
                    Accessible.ignored: true
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: root.detail
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                    Accessible.ignored: true
                }
            }
            Chip {
                Layout.alignment: Qt.AlignTop
                visible: root.badge.length > 0
                dot: true
                text: root.badge
                tone: root.tone
            }
        }
        RowLayout {
            Layout.fillWidth: true
            visible: root.answers
            spacing: Theme.s

            Item { Layout.fillWidth: true }
            AppButton {
                id: forget

                visible: root.canForget
                text: qsTr("Ask me again")
                hint: root.lockedText
                busy: root.busy
                Accessible.name: qsTr("Ask me again about %1").arg(root.title)
                onPressedAllowed: root.forgetAsked()
            }
            AppButton {
                id: refuse

                visible: root.canRefuse
                text: root.inUse ? qsTr("Stop using it") : qsTr("Refuse")
                hint: root.lockedText
                busy: root.busy && !root.canAccept
                Accessible.name: root.inUse ? qsTr("Stop using %1").arg(root.title)
                                            : qsTr("Refuse %1").arg(root.title)
                onPressedAllowed: root.refuseAsked()
            }
            AppButton {
                id: accept

                visible: root.canAccept
                kind: AppButton.Primary
                text: root.consequences.length > 0 ? qsTr("Accept…") : qsTr("Accept")
                hint: root.lockedText
                busy: root.busy && !root.canForget
                Accessible.name: qsTr("Accept %1").arg(root.title)
                onPressedAllowed: root.acceptAsked()
            }
        }
    }
    background: Rectangle {
        color: root.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.hairline
            opacity: 0.6
        }
        FocusRing { shown: root.hasKeyboard && !root.buttonHasKeyboard; gap: -4 }
    }
}
