// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// What can be done with a member of the list.
RowMenu {
    id: root

    required property AppViewModel app
    property string peerId
    property string peerName
    property string ipv4
    property string ipv6

    signal accessAsked(string from, string to)
    signal graphAsked(string peerId)

    function ask(peerId: string, name: string, item: Item, x: real, y: real) {
        root.peerId = peerId;
        root.peerName = name;
        root.ipv4 = root.app.peerActions.addressOf(peerId, false);
        root.ipv6 = root.app.peerActions.addressOf(peerId, true);
        root.openAt(item, x, y);
    }

    name: qsTr("What to do with %1").arg(root.peerName)
    lines: {
        const here = root.peerName === root.app.connection.nodeId;
        const entries = [
            { text: qsTr("Open the details"), detail: "", act: "details" },
            { text: qsTr("Copy the name"), detail: "", act: "name" }
        ];
        if (root.ipv4.length > 0) {
            entries.push({ text: qsTr("Copy the IPv4 address"), detail: root.ipv4, act: "ipv4" });
        }
        if (root.ipv6.length > 0) {
            entries.push({ text: qsTr("Copy the IPv6 address"), detail: "", act: "ipv6" });
        }
        entries.push({ text: qsTr("Show it in the graph"), detail: "", act: "graph" });
        entries.push({ text: here ? qsTr("Whom it may reach…") : qsTr("Who may reach it…"),
                       detail: "", act: "access" });
        entries.push({ text: qsTr("Select"), detail: "", act: "select" });
        return entries;
    }
    onChosen: index => {
        const here = root.app.connection.nodeId;
        switch (root.lines[index].act) {
        case "details": root.app.peer.show(root.peerId); break;
        case "name": root.app.copy(root.peerName, qsTr("Name")); break;
        case "ipv4": root.app.copy(root.ipv4, qsTr("IPv4 address")); break;
        case "ipv6": root.app.copy(root.ipv6, qsTr("IPv6 address")); break;
        case "graph": root.graphAsked(root.peerId); break;
        case "access":
            root.accessAsked(here, root.peerName === here ? "" : root.peerName);
            break;
        case "select":
            root.app.peers.pick(root.app.peers.rowOf(root.peerId), Qt.ControlModifier);
            break;
        }
    }
}
