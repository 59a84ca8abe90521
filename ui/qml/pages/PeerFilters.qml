// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Which members are meant, and how the list shows them.
RowLayout {
    id: root

    required property PeerList peers
    readonly property var groupings: [qsTr("No headings"), qsTr("State"), qsTr("Zone"), qsTr("Group")]

    spacing: Theme.m

    Flow {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.s

        Repeater {
            model: root.peers.facets

            TogglePill {
                required property int facet
                required property string name
                required property int count

                visible: count > 0 || on
                group: qsTr("Only")
                label: qsTr("%1 %2", "a filter and how many it shows").arg(name).arg(count)
                onAsked: root.peers.facets.toggle(facet)
            }
        }
        AppButton {
            visible: root.peers.filtered
            implicitHeight: Math.max(32, Theme.controlHeight - 4)
            kind: AppButton.Plain
            text: qsTr("Clear the filters")
            onPressedAllowed: root.peers.clearFilters()
        }
    }
    Row {
        Layout.alignment: Qt.AlignTop
        spacing: Theme.xs

        IconButton {
            id: group

            name: qsTr("Headings: %1").arg(root.groupings[root.peers.grouping])
            iconName: "list"
            onClicked: groups.openAt(group, group.width - groups.width, group.height)
        }
        IconButton {
            id: choose

            name: qsTr("Columns")
            iconName: "settings"
            onClicked: columns.openAt(choose, choose.width - columns.width, choose.height)
        }
        IconButton {
            name: root.peers.selecting ? qsTr("End the selection") : qsTr("Select several")
            iconName: "check"
            onClicked: root.peers.selecting = !root.peers.selecting
        }
    }
    RowMenu {
        id: groups

        name: qsTr("Headings")
        lines: {
            const entries = [];
            for (let i = 0; i < (root.peers.knowsGroups ? 4 : 3); ++i) {
                entries.push({
                    text: root.groupings[i],
                    detail: i === root.peers.grouping ? qsTr("Chosen") : ""
                });
            }
            return entries;
        }
        onChosen: index => root.peers.grouping = index
    }
    ColumnMenu {
        id: columns

        columns: root.peers.columns
    }
}
