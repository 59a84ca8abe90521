// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// What stands in place of the graph while there is none, or nothing of it is meant.
Item {
    id: root

    required property AppViewModel app
    readonly property GraphViewModel graph: root.app.graph
    readonly property bool noMatch: root.graph.known && root.graph.filter.active
        && root.graph.matches === 0

    visible: root.noMatch || !root.graph.known

    Skeleton {
        anchors.fill: parent
        visible: !root.graph.known && root.app.connection.inMesh
        radius: Theme.radiusCard

        AppLabel {
            anchors.centerIn: parent
            text: qsTr("Reading the members…")
            color: Theme.textSecondary
        }
    }
    Rectangle {
        anchors.centerIn: parent
        width: nothing.width + 2 * Theme.xl
        height: nothing.implicitHeight + 2 * Theme.xl
        visible: root.noMatch
        radius: Theme.radiusCard
        color: Theme.surface

        EmptyState {
            id: nothing

            anchors.centerIn: parent
            width: Math.min(root.width - 4 * Theme.xl, 420)
            iconName: "search"
            text: qsTr("No nodes match")
            actionText: qsTr("Clear filters")
            onActed: root.graph.filter.clear()
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width, 480)
        visible: !root.graph.known && !root.app.connection.inMesh
        iconName: "graph"
        text: qsTr("Not in the mesh")
        detail: qsTr("The graph of the mesh appears here once this node is connected.")
        actionText: root.app.connection.actionText
        actionHint: root.app.connection.actionHint
        onActed: root.app.connection.act()
    }
}
