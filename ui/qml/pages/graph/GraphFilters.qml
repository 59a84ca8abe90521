// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// What of the graph is meant, and what its colours say. Wraps where there is no room.
Flow {
    id: root

    required property GraphViewModel graph
    readonly property GraphFilter filter: root.graph.filter

    spacing: Theme.s

    TogglePill {
        group: qsTr("Only")
        label: qsTr("Online")
        on: root.filter.online
        onAsked: root.filter.online = !root.filter.online
    }
    TogglePill {
        group: qsTr("Only")
        label: qsTr("Routers")
        on: root.filter.routers
        onAsked: root.filter.routers = !root.filter.routers
    }
    TogglePill {
        group: qsTr("Only")
        label: qsTr("Exits")
        on: root.filter.exits
        onAsked: root.filter.exits = !root.filter.exits
    }
    TogglePill {
        id: zone

        visible: root.filter.zones.length > 1 || root.filter.zone.length > 0
        group: qsTr("Only")
        label: root.filter.zone.length > 0 ? qsTr("Zone: %1").arg(root.filter.zone) : qsTr("Zone…")
        on: root.filter.zone.length > 0
        onAsked: {
            if (zone.on) { root.filter.zone = ""; } else { zones.openAt(zone, 0, zone.height); }
        }
    }
    Row {
        spacing: Theme.s

        AppLabel {
            height: zone.implicitHeight
            text: qsTr("Colour by")
            kind: AppLabel.Small
            Accessible.ignored: true
        }
        Segmented {
            name: qsTr("Colour by")
            implicitHeight: zone.implicitHeight
            options: [qsTr("Zone"), qsTr("Group"), qsTr("Service")]
            currentIndex: root.graph.colourBy
            onChosen: index => root.graph.colourBy = index
        }
    }
    RowMenu {
        id: zones

        name: qsTr("Zone")
        lines: {
            const entries = [];
            for (let i = 0; i < root.filter.zones.length; ++i) {
                entries.push({ text: root.filter.zones[i], detail: "" });
            }
            return entries;
        }
        onChosen: index => root.filter.zone = root.filter.zones[index]
    }
}
