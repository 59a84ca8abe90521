// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The lower edge: the service, this node, the leader.
Rectangle {
    id: root

    required property AppViewModel app
    property int margin: Theme.xl
    readonly property ConnectionViewModel connection: root.app.connection
    /// There is room for the rates beside the rest.
    readonly property bool roomy: root.width >= 620 * Theme.textScale

    implicitHeight: row.implicitHeight + Theme.m
    color: Theme.bg

    Binding {
        target: root.app.rates
        property: "wanted"
        value: root.visible && root.roomy
    }
    TextMetrics {
        id: widest

        font.pixelSize: Theme.small
        font.family: Theme.family
        text: "↓ 888.8 MiB/s"
    }
    Rectangle {
        width: parent.width
        height: 1
        color: Theme.hairline
    }
    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: root.margin
        anchors.rightMargin: root.margin
        spacing: Theme.l

        AppLabel {
            Layout.fillWidth: true
            Layout.preferredWidth: 2
            text: root.app.coreText
            kind: AppLabel.Small
            color: Theme.textTertiary
        }
        AppLabel {
            // Does not jump while the figures change.
            Layout.minimumWidth: widest.advanceWidth
            visible: root.roomy && root.app.rates.receivedRate.length > 0
            horizontalAlignment: Text.AlignHCenter
            text: "↓ " + root.app.rates.receivedRate
            kind: AppLabel.Small
            color: Theme.textTertiary
            Accessible.name: qsTr("Receiving %1").arg(root.app.rates.receivedRate)
        }
        AppLabel {
            Layout.minimumWidth: widest.advanceWidth
            visible: root.roomy && root.app.rates.sentRate.length > 0
            horizontalAlignment: Text.AlignHCenter
            text: "↑ " + root.app.rates.sentRate
            kind: AppLabel.Small
            color: Theme.textTertiary
            Accessible.name: qsTr("Sending %1").arg(root.app.rates.sentRate)
        }
        AppLabel {
            Layout.maximumWidth: Math.round(root.width / 4)
            visible: root.connection.nodeId.length > 0
            text: qsTr("Node: %1").arg(root.connection.nodeId)
            kind: AppLabel.Small
            color: Theme.textTertiary
        }
        AppLabel {
            Layout.maximumWidth: Math.round(root.width / 4)
            visible: root.connection.inMesh && root.connection.leader.length > 0
            text: qsTr("Leader: %1").arg(root.connection.leader)
            kind: AppLabel.Small
            color: Theme.textTertiary
        }
    }
}
