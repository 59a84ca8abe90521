// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The nodes that links of a node lead to; goes to the one that is chosen.
RowMenu {
    id: root

    required property GraphViewModel graph

    signal walked(int node)

    function ask(node: int, item: Item, x: real, y: real) {
        root.lines = root.graph.neighboursOf(node);
        if (root.lines.length > 0) { root.openAt(item, x, y); }
    }

    name: qsTr("Neighbours")
    onChosen: index => root.walked(root.lines[index].node)
}
