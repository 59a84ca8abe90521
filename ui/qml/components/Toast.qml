// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// A short message at the lower edge that goes by itself.
Rectangle {
    id: root

    function show(text: string) {
        label.text = text;
        timer.restart();
    }

    width: Math.min(label.implicitWidth + 2 * Theme.l, parent ? parent.width - 2 * Theme.xl : 400)
    height: label.implicitHeight + 2 * Theme.m
    radius: Theme.radiusCard
    color: Theme.text
    opacity: timer.running ? 1 : 0
    visible: opacity > 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: label.text

    Behavior on opacity { NumberAnimation { duration: Theme.slide } }

    AppLabel {
        id: label

        anchors.centerIn: parent
        width: Math.min(implicitWidth, root.width - 2 * Theme.l)
        color: Theme.bg
        Accessible.ignored: true
    }
    Timer {
        id: timer

        interval: 4000
    }
}
