// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick

/// Makes that row current in which a button got the keyboard, and leaves the keyboard there: the
/// list by itself would take it for the row.
Timer {
    id: root

    required property ListView list
    property int row: -1

    function follow(row: int) {
        root.row = row;
        root.start();
    }

    interval: 0
    onTriggered: {
        const button = root.list.Window.activeFocusItem;
        root.list.currentIndex = root.row;
        button?.forceActiveFocus(Qt.OtherFocusReason);
    }
}
