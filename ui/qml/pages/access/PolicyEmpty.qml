// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What stands in place of an empty list: why it is empty and what to do.
Item {
    id: root

    required property AppViewModel app
    required property PolicySection section
    required property string iconName
    readonly property bool known: root.app.access.known
    readonly property bool loading: !root.known && root.app.connection.inMesh
        && root.app.access.errorText.length === 0

    signal newAsked

    ColumnLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        visible: root.loading
        spacing: Theme.s

        Repeater {
            model: 4

            Skeleton {
                Layout.fillWidth: true
                implicitHeight: Theme.rowHeight
            }
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width, 480)
        visible: root.known && root.section.model.total > 0
        iconName: "search"
        text: qsTr("Nothing matches")
        actionText: qsTr("Clear the search")
        onActed: root.section.model.searchText = ""
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width, 480)
        visible: root.known && root.section.model.total === 0
        iconName: root.iconName
        text: root.section.emptyText
        detail: root.section.emptyDetail
        actionText: root.section.newText
        actionHint: root.app.readOnlyText
        onActed: root.newAsked()
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width, 480)
        visible: !root.known && !root.loading
        iconName: root.iconName
        text: root.app.connection.inMesh ? qsTr("Not to be seen from here")
                                         : qsTr("Not in the mesh")
        detail: root.app.connection.inMesh ? root.app.access.errorText
            : qsTr("The rules of the mesh appear here once this node is connected.")
        actionText: root.app.connection.inMesh ? "" : root.app.connection.actionText
        actionHint: root.app.connection.actionHint
        onActed: root.app.connection.act()
    }
}
