// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The shape of the overview while nothing is known yet.
ColumnLayout {
    id: root

    required property bool waitingLong

    spacing: Theme.l
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Loading")

    Banner {
        Layout.fillWidth: true
        visible: root.waitingLong
        tone: Look.Warn
        word: qsTr("Waiting")
        text: qsTr("Still waiting for the service.")
        detail: qsTr("It was found but has not answered yet. Nothing is lost: the window goes on by itself when it does.")
    }
    Skeleton {
        Layout.fillWidth: true
        implicitHeight: 132
        radius: Theme.radiusCard
    }
    GridLayout {
        Layout.fillWidth: true
        columns: 2
        columnSpacing: Theme.l
        rowSpacing: Theme.l

        Repeater {
            model: 4

            Skeleton {
                Layout.fillWidth: true
                implicitHeight: 190
                radius: Theme.radiusCard
            }
        }
    }
}
