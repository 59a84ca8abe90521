// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Everything that the mesh says about a member, as JSON.
ColumnLayout {
    id: root

    required property AppViewModel app

    spacing: Theme.m

    Rectangle {
        Layout.fillWidth: true
        Layout.fillHeight: true
        radius: Theme.radiusControl
        color: Theme.sunken

        Flickable {
            id: scroller

            anchors.fill: parent
            anchors.margins: Theme.m
            contentHeight: text.implicitHeight
            contentWidth: width
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            AppLabel {
                id: text

                // JSON runs from the left in every language.
                LayoutMirroring.enabled: false
                width: scroller.width
                text: root.app.peer.rawText
                kind: AppLabel.Mono
                wrapMode: Text.WrapAnywhere
            }
            AppScrollBar { target: scroller }
        }
    }
    AppButton {
        iconName: "copy"
        text: qsTr("Copy all")
        onPressedAllowed: root.app.copy(root.app.peer.rawText, qsTr("JSON of the member"))
    }
}
