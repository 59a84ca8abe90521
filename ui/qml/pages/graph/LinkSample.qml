// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// A piece of a link as the graph draws it.
Item {
    id: root

    enum Kind { Direct, Ice, Libp2p, Idle, Both, OneSided }

    required property int kind
    readonly property bool isArrow: root.kind === LinkSample.Both
        || root.kind === LinkSample.OneSided
    readonly property color ink: root.kind === LinkSample.Idle ? Theme.outline
        : root.kind === LinkSample.Libp2p ? Theme.relay
        : root.kind === LinkSample.OneSided ? Theme.warn : Theme.textSecondary
    readonly property int dot: 3

    implicitWidth: 26
    implicitHeight: 12
    Accessible.ignored: true

    Row {
        anchors.verticalCenter: parent.verticalCenter
        spacing: root.kind === LinkSample.Ice ? 4 : root.dot

        Repeater {
            model: root.kind === LinkSample.Ice ? 2 : root.kind === LinkSample.Libp2p ? 4 : 1

            Rectangle {
                width: root.kind === LinkSample.Ice ? 11
                    : root.kind === LinkSample.Libp2p ? root.dot : root.width
                height: root.kind === LinkSample.Libp2p ? root.dot
                    : root.kind === LinkSample.Idle ? 1 : 2
                radius: root.kind === LinkSample.Libp2p ? root.dot / 2 : 0
                color: root.ink
            }
        }
    }
    component Barb: Rectangle {
        y: root.height / 2 - 1
        width: 8
        height: 2
        color: root.ink
    }
    Barb {
        visible: root.isArrow
        x: root.width - width
        transformOrigin: Item.Right
        rotation: 35
    }
    Barb {
        visible: root.kind === LinkSample.Both
        x: root.width - width
        transformOrigin: Item.Right
        rotation: -35
    }
    Barb {
        visible: root.kind === LinkSample.Both
        transformOrigin: Item.Left
        rotation: 35
    }
    Barb {
        visible: root.kind === LinkSample.Both
        transformOrigin: Item.Left
        rotation: -35
    }
}
