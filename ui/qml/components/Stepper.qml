// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// How far a connection attempt is: one bar for each step, the failed one stays marked.
Item {
    id: root

    required property int current
    required property int count
    property bool failed: false

    implicitWidth: 240
    implicitHeight: 6
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Step %1 of %2").arg(root.current).arg(root.count)

    Row {
        anchors.fill: parent
        spacing: Theme.xs

        Repeater {
            model: root.count

            Rectangle {
                id: bar

                required property int index
                readonly property bool passed: bar.index + 1 < root.current
                readonly property bool now: bar.index + 1 === root.current

                width: (root.width - (root.count - 1) * Theme.xs) / Math.max(1, root.count)
                height: root.height
                radius: height / 2
                color: bar.now ? (root.failed ? Theme.error : Theme.accent)
                    : bar.passed ? (root.failed ? Theme.textTertiary : Theme.accent) : Theme.hairline
                opacity: bar.passed ? 0.55 : 1
            }
        }
    }
}
