// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The chosen node in a line, and what can be asked about it.
RowLayout {
    id: root

    required property AppViewModel app
    readonly property GraphViewModel graph: root.app.graph
    readonly property bool chosen: root.graph.current >= 0

    signal detailsAsked

    spacing: Theme.m

    ColumnLayout {
        Layout.fillWidth: true
        // As with buttons, so that nothing moves when a node is chosen.
        Layout.minimumHeight: Theme.controlHeight
        spacing: 0

        AppLabel {
            Layout.fillWidth: true
            text: root.chosen ? root.graph.currentLine
                              : qsTr("Choose a node: click it, or go there with the arrow keys.")
            kind: root.chosen ? AppLabel.Strong : AppLabel.Body
            color: root.chosen ? Theme.text : Theme.textSecondary
        }
        AppLabel {
            Layout.fillWidth: true
            visible: text.length > 0
            text: root.graph.currentMarks
            kind: AppLabel.Small
        }
    }
    AppButton {
        visible: root.chosen
        text: qsTr("What if it were gone")
        hint: root.app.connection.inMesh ? "" : qsTr("Connect first: the mesh is asked about it.")
        busy: root.graph.loss.busy
        onPressedAllowed: root.graph.askLoss(root.graph.current)
    }
    AppButton {
        visible: root.chosen
        text: qsTr("Details")
        onPressedAllowed: root.detailsAsked()
    }
}
