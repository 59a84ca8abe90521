// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// What the colours and the lines say.
Flow {
    id: root

    required property GraphViewModel graph

    // var: QML 6.4 has no list of such.
    readonly property var lines: root.graph.permissions ? [
        { text: qsTr("Both ways"), kind: LinkSample.Both },
        { text: qsTr("One-sided"), kind: LinkSample.OneSided }
    ] : [
        { text: qsTr("Direct"), kind: LinkSample.Direct },
        { text: qsTr("ICE"), kind: LinkSample.Ice },
        { text: qsTr("libp2p"), kind: LinkSample.Libp2p },
        { text: qsTr("No traffic"), kind: LinkSample.Idle }
    ]

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
    Repeater {
        model: root.lines

        Row {
            id: sample

            required property var modelData  // { text, kind }

            spacing: 6

            LinkSample {
                anchors.verticalCenter: parent.verticalCenter
                kind: sample.modelData.kind
            }
            AppLabel {
                kind: AppLabel.Small
                text: sample.modelData.text
            }
        }
    }
}
