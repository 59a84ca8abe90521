// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What is wrong with the graph or worth knowing about it.
ColumnLayout {
    id: root

    required property AppViewModel app
    required property bool editing
    readonly property GraphViewModel graph: root.app.graph
    readonly property LossPreview loss: root.graph.loss

    // Not by what is visible below: nothing is while this is not.
    readonly property bool isStale: root.app.connection.stale && root.graph.known
    readonly property bool hasFailed: root.graph.errorText.length > 0 && root.app.connection.inMesh
    readonly property bool hasRules: root.graph.permissionsText.length > 0

    signal endAsked

    visible: root.isStale || root.hasFailed || root.hasRules || root.loss.open || root.editing
    spacing: Theme.s

    Banner {
        Layout.fillWidth: true
        visible: root.isStale
        tone: Look.Warn
        word: qsTr("Not current")
        text: root.app.lost
            ? qsTr("This is the last that was known: nobody tells what happens now.")
            : qsTr("This is the last that was known: the node is not in the mesh now.")
    }
    Banner {
        Layout.fillWidth: true
        visible: root.hasFailed
        tone: Look.Error
        word: qsTr("Error")
        text: root.graph.errorText
        actionText: qsTr("Try again")
        onActed: root.graph.refresh()
    }
    Banner {
        Layout.fillWidth: true
        visible: root.hasRules
        tone: root.graph.permissionsFailed ? Look.Error : Look.Neutral
        word: root.graph.permissionsFailed ? qsTr("Error") : ""
        text: root.graph.permissionsText
        actionText: root.graph.permissionsFailed ? qsTr("Try again") : ""
        onActed: root.graph.refresh()
    }
    Banner {
        Layout.fillWidth: true
        visible: root.loss.open
        tone: root.loss.errorText.length > 0 ? Look.Error : root.loss.tone
        word: root.loss.errorText.length > 0 ? qsTr("Error") : ""
        text: root.loss.heading
        detail: root.loss.errorText.length > 0 ? root.loss.errorText
            : root.loss.known ? root.loss.text : qsTr("Being found out…")
        actionText: qsTr("End")
        onActed: root.loss.clear()
    }
    Banner {
        Layout.fillWidth: true
        visible: root.editing
        tone: Look.Accent
        word: qsTr("Editing")
        text: qsTr("Draw a line from one node to another to link them.")
        actionText: qsTr("Done")
        onActed: root.endAsked()
    }
}
