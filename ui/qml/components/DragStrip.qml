// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The handles of a list whose rows can be put into another order: over the list, so that it stays
/// when a row is scrolled away. Draws where the row would go.
MouseArea {
    id: root

    required property ListView list
    required property RuleOrder order  // null: nothing can be dragged

    /// What is dragged; empty: nothing.
    property string key
    property string title
    /// Beside which row, and on which side of it.
    property string target
    property bool after: false
    property real lineY: 0
    readonly property bool dragging: root.key.length > 0
    /// The pointer is so near to an edge that the list goes on below it.
    readonly property int edge: 28
    readonly property int push: !root.dragging ? 0
        : root.mouseY < root.edge && !root.list.atYBeginning ? -1
        : root.mouseY > root.height - root.edge && !root.list.atYEnd ? 1 : 0

    signal pressedRow(int index)

    function rowAt(y: real): PolicyRow {
        return root.list.itemAt(root.list.width / 2, y + root.list.contentY) as PolicyRow;
    }
    function cancel() { root.key = ""; }
    function follow(y: real) {
        const inside = Math.max(1, Math.min(root.height - 1, y));
        const row = root.rowAt(inside) ?? root.list.itemAtIndex(root.list.count - 1) as PolicyRow;
        if (row) {
            root.target = row.key;
            root.after = inside + root.list.contentY > row.y + row.height / 2;
            root.lineY = row.y + (root.after ? row.height : 0) - root.list.contentY;
        }
    }

    cursorShape: root.dragging ? Qt.ClosedHandCursor : Qt.OpenHandCursor
    preventStealing: true
    onPressed: event => {
        const row = root.rowAt(event.y);
        event.accepted = row !== null && root.order.canMove(row.key);
        if (event.accepted) {
            root.pressedRow(root.list.indexAt(root.list.width / 2, event.y + root.list.contentY));
            root.title = row.title;
            root.key = row.key;
            root.follow(event.y);
        }
    }
    onPositionChanged: event => { if (root.dragging) { root.follow(event.y); } }
    onReleased: {
        const key = root.key;
        root.key = "";
        if (key.length > 0) { root.order.move(key, root.target, root.after); }
    }
    onCanceled: root.cancel()

    Timer {
        interval: 16
        repeat: true
        running: root.push !== 0
        onTriggered: {
            const most = Math.max(0, root.list.contentHeight - root.list.height);
            root.list.contentY = Math.max(0, Math.min(most, root.list.contentY + 6 * root.push));
            root.follow(root.mouseY);
        }
    }
    Rectangle {
        x: Theme.s
        y: Math.max(0, Math.min(root.height - height, root.lineY - 1))
        width: root.list.width - 2 * Theme.s
        height: 3
        radius: 1.5
        visible: root.dragging && root.target !== root.key
        color: Theme.accent
    }
    Rectangle {
        x: Theme.xl
        y: Math.max(0, Math.min(root.height - height, root.mouseY - height / 2))
        width: Math.min(root.list.width - 2 * Theme.xl, name.implicitWidth + 2 * Theme.m)
        height: name.implicitHeight + Theme.m
        radius: Theme.radiusControl
        visible: root.dragging
        color: Theme.surface
        border.width: 1
        border.color: Theme.accent

        AppLabel {
            id: name

            anchors.fill: parent
            anchors.leftMargin: Theme.m
            anchors.rightMargin: Theme.m
            text: root.title
            kind: AppLabel.Strong
            Accessible.ignored: true
        }
    }
}
