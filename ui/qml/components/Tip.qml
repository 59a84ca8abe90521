// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// A short text under a control: what an icon means, why a button is disabled.
T.ToolTip {
    id: root

    readonly property int widest: 320
    readonly property bool placed: root.parent !== null && root.parent.Window.window !== null

    // What it explains went within the delay.
    onPlacedChanged: if (!root.placed) { root.close(); }

    x: parent ? Math.round((parent.width - root.implicitWidth) / 2) : 0
    y: parent ? parent.height + Theme.xs : 0
    margins: Theme.s
    padding: Theme.s
    delay: 500
    implicitWidth: Math.min(root.widest, label.implicitWidth + 2 * Theme.s)
    implicitHeight: label.implicitHeight + 2 * Theme.s

    contentItem: AppLabel {
        id: label

        kind: AppLabel.Small
        text: root.text
        color: Theme.bg
        wrapMode: Text.Wrap
    }
    background: Rectangle {
        color: Theme.text
        radius: Theme.radiusControl
    }
}
