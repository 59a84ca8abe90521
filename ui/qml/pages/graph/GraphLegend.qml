// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// What the colours say.
Flow {
    id: root

    required property GraphViewModel graph

    spacing: Theme.m

    Repeater {
        model: root.graph.legend

        Row {
            id: line

            required property var modelData  // { text, colour }

            spacing: 6

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 12
                height: 12
                radius: 3
                color: Theme.series[line.modelData.colour]
            }
            AppLabel {
                width: Math.min(implicitWidth, Math.round(180 * Theme.textScale))
                kind: AppLabel.Small
                text: line.modelData.text
            }
        }
    }
}
