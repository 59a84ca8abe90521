// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// An EmptyState in the middle of what is free, which scrolls where that is not enough.
Flickable {
    id: root

    required property string iconName
    required property string text
    property string detail
    property string actionText
    property string actionHint

    signal acted

    contentWidth: root.width
    contentHeight: Math.max(root.height, state.implicitHeight + 2 * Theme.s)
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    EmptyState {
        id: state

        x: Math.round((root.width - width) / 2)
        y: Math.round((root.contentHeight - implicitHeight) / 2)
        width: Math.min(root.width, 480)
        iconName: root.iconName
        text: root.text
        detail: root.detail
        actionText: root.actionText
        actionHint: root.actionHint
        onActed: root.acted()
    }
    AppScrollBar { target: root }
}
