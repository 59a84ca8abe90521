// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// Work goes on. Stands still when motion is reduced.
Item {
    id: root

    required property bool running
    required property color ink
    property int size: Theme.iconSize

    implicitWidth: root.size
    implicitHeight: root.size
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Working")

    Icon {
        id: icon

        anchors.centerIn: parent
        size: root.size
        name: "refresh"
        color: root.ink

        RotationAnimator on rotation {
            from: 0
            to: 360
            duration: 1200
            loops: Animation.Infinite
            running: root.running && root.visible && !Theme.reduceMotion
        }
    }
}
