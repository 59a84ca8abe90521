// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// What can be done with a node.
RowMenu {
    id: root

    required property AppViewModel app
    /// Why no link can be made; empty when one can.
    required property string lockedText
    readonly property GraphViewModel graph: root.app.graph
    property int node: -1

    signal detailsAsked(int node)
    signal reachAsked(int node)
    signal simulationAsked(int node)
    signal linkAsked(int node)

    function ask(node: int, item: Item, x: real, y: real) {
        root.node = node;
        root.openAt(item, x, y);
    }

    lines: {
        const entries = [
            { text: qsTr("Open the details"), detail: "" },
            { text: qsTr("Show its permissions"), detail: "" },
            { text: qsTr("Who may reach it…"), detail: "" },
            { text: qsTr("What if it were gone"), detail: "" },
            { text: qsTr("Copy the name"), detail: "" },
            { text: qsTr("Copy the address"), detail: root.graph.addressAt(root.node) }
        ];
        if (root.lockedText.length === 0) {
            entries.push({ text: qsTr("Link it to another…"), detail: "" });
        }
        return entries;
    }
    name: qsTr("What to do with %1").arg(root.graph.nameAt(root.node))
    onChosen: index => {
        switch (index) {
        case 0: root.detailsAsked(root.node); break;
        case 1: root.reachAsked(root.node); break;
        case 2: root.simulationAsked(root.node); break;
        case 3: root.graph.askLoss(root.node); break;
        case 4: root.app.copy(root.graph.nameAt(root.node), qsTr("Name")); break;
        case 5: root.app.copy(root.graph.addressAt(root.node), qsTr("Address")); break;
        case 6: root.linkAsked(root.node); break;
        }
    }
}
