// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// A thin scroll bar at the edge of `target` where lines end.
T.ScrollBar {
    id: root

    required property Flickable target

    parent: root.target
    x: Theme.mirrored ? 0 : root.target.width - root.width
    height: root.target.height
    orientation: Qt.Vertical
    policy: T.ScrollBar.AsNeeded
    visible: root.size < 1
    size: root.target.visibleArea.heightRatio
    position: root.target.visibleArea.yPosition
    padding: 2
    implicitWidth: 10
    minimumSize: 0.06
    focusPolicy: Qt.NoFocus
    Accessible.ignored: true
    onPositionChanged: if (root.pressed) {
        root.target.contentY = root.target.originY + root.position * root.target.contentHeight;
    }

    contentItem: Rectangle {
        implicitWidth: 6
        radius: 3
        color: Theme.outline
        opacity: root.pressed || root.hovered ? 0.9 : 0.45
    }
}
