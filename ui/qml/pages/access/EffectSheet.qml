// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What stands beside a list where there is room, for windows that have none.
Sheet {
    id: root

    required property Component side

    widest: 560

    Loader {
        Layout.fillWidth: true
        Layout.preferredHeight: Math.round(420 * Theme.textScale)
        active: root.opened && root.side !== null
        sourceComponent: root.side
    }
}
