// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// What can be done with the members that are selected.
Flow {
    id: root

    required property AppViewModel app
    readonly property PeerActions actions: root.app.peerActions
    readonly property string noneText: root.app.peers.selectedCount > 0 ? ""
        : qsTr("Select members first: click them, or press Space.")

    spacing: Theme.s

    AppLabel {
        height: copy.height
        rightPadding: Theme.s
        verticalAlignment: Text.AlignVCenter
        text: root.app.peers.selectedText
        kind: AppLabel.Strong
    }
    AppButton {
        id: copy

        iconName: "copy"
        text: qsTr("Addresses")
        Accessible.name: qsTr("Copy the addresses")
        hint: root.noneText
        onPressedAllowed: root.app.copy(root.actions.addresses(), qsTr("Addresses"))
    }
    AppButton {
        iconName: "copy"
        text: qsTr("Names")
        Accessible.name: qsTr("Copy the names")
        hint: root.noneText
        onPressedAllowed: root.app.copy(root.actions.names(), qsTr("Names"))
    }
    AppButton {
        iconName: "export"
        text: qsTr("Export…")
        Accessible.name: qsTr("Export as a table")
        hint: root.noneText
        onPressedAllowed: files.ask()
    }
    AppButton {
        id: group

        iconName: "plus"
        text: qsTr("To a group…")
        Accessible.name: qsTr("Add to a group")
        hint: root.noneText.length > 0 ? root.noneText : root.app.readOnlyText.length > 0
            ? root.app.readOnlyText : root.actions.groupsHint
        onPressedAllowed: groups.openAt(group, 0, group.height)
    }
    AppButton {
        kind: AppButton.Plain
        text: qsTr("All")
        Accessible.name: qsTr("Select all")
        onPressedAllowed: root.app.peers.selectAll()
    }
    AppButton {
        kind: AppButton.Plain
        text: qsTr("Done")
        Accessible.name: qsTr("End the selection")
        onPressedAllowed: root.app.peers.clearSelection()
    }
    RowMenu {
        id: groups

        name: qsTr("Add to a group")
        lines: {
            const entries = [];
            for (let i = 0; i < root.actions.groups.length; ++i) {
                entries.push({ text: root.actions.groups[i], detail: "" });
            }
            return entries;
        }
        onChosen: index => root.actions.addToGroup(index)
    }
    PeersExportSheet {
        id: files

        actions: root.actions
    }
}
