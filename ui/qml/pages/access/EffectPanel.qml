// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What the draft would do to who reaches whom, while the rules are put into order.
Rectangle {
    id: root

    required property AppViewModel app
    readonly property ChangesViewModel changes: root.app.changes
    readonly property DraftReview review: root.changes.review
    readonly property bool hasDraft: root.changes.count > 0

    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.hairline
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Effect of the draft")

    Component.onCompleted: root.changes.showEffect(true)
    Component.onDestruction: root.changes.showEffect(false)

    ScrollPage {
        anchors.fill: parent
        anchors.margins: 1
        margin: Theme.l

        AppLabel {
            Layout.fillWidth: true
            visible: !root.hasDraft
            text: qsTr("Effect")
            kind: AppLabel.Section
        }
        AppLabel {
            Layout.fillWidth: true
            visible: !root.hasDraft
            text: root.app.access.order.lockedText.length > 0 ? root.app.access.order.lockedText
                : qsTr("Your draft is empty. Drag a rule to another place, or add an edit to the draft: what it would do is seen here before it is made.")
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
        ReviewColumn {
            Layout.fillWidth: true
            visible: root.hasDraft
            changes: root.changes
            inMesh: root.app.connection.inMesh && !root.app.lost
        }
    }
}
