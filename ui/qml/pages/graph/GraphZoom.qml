// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// Closer, further, all of it.
Row {
    id: root

    /// By that factor; 0 fits all of it.
    signal asked(real factor)

    IconButton {
        name: qsTr("Zoom in (%1)").arg("+")
        iconName: "plus"
        onClicked: root.asked(1.25)
    }
    IconButton {
        name: qsTr("Zoom out (%1)").arg("-")
        iconName: "minus"
        onClicked: root.asked(0.8)
    }
    IconButton {
        name: qsTr("Show all of it (%1)").arg("0")
        iconName: "fit"
        onClicked: root.asked(0)
    }
}
