// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What the graph shows and what is looked for in it.
ColumnLayout {
    id: root

    required property AppViewModel app
    required property bool editing
    required property string lockedText
    readonly property GraphViewModel graph: root.app.graph
    readonly property GraphFilter filter: root.graph.filter

    signal nextAsked
    signal nodesAsked
    signal editAsked
    signal exportAsked(int format)

    function focusSearch() { search.forceActiveFocus(Qt.ShortcutFocusReason); }

    spacing: Theme.m

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.m

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppLabel {
                text: qsTr("Graph")
                kind: AppLabel.Title
            }
            AppLabel {
                Layout.fillWidth: true
                text: !root.graph.known ? qsTr("Members and what connects them")
                    : root.graph.matchText.length > 0 ? root.graph.matchText : root.graph.countText
                kind: AppLabel.Small
            }
        }
        Segmented {
            visible: root.graph.known
            name: qsTr("Show")
            options: [qsTr("Paths"), qsTr("Permissions")]
            currentIndex: root.graph.permissions ? 1 : 0
            onChosen: index => root.graph.permissions = index === 1
        }
        AppTextField {
            id: search

            Layout.fillWidth: true
            Layout.minimumWidth: 140
            Layout.maximumWidth: Math.round(240 * Theme.textScale)
            visible: root.graph.known
            name: qsTr("Search the graph")
            placeholderText: qsTr("Name or address")
            iconName: "search"
            text: root.filter.searchText
            onTextEdited: root.filter.searchText = text
            Keys.onReturnPressed: root.nextAsked()
            Keys.onEnterPressed: root.nextAsked()
            Keys.onDownPressed: root.nodesAsked()
            Keys.onEscapePressed: event => {
                event.accepted = root.filter.searchText.length > 0;
                root.filter.searchText = "";
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        visible: root.graph.known
        spacing: Theme.m

        GraphFilters {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            graph: root.graph
        }
        Row {
            Layout.alignment: Qt.AlignTop
            spacing: Theme.xs

            IconButton {
                name: root.editing ? qsTr("End the editing") : root.lockedText.length > 0
                    ? root.lockedText : qsTr("Edit the links")
                iconName: "edit"
                enabled: root.editing || root.lockedText.length === 0
                ink: root.editing ? Theme.accent : Theme.textSecondary
                Accessible.checkable: true
                Accessible.checked: root.editing
                onClicked: root.editAsked()
            }
            IconButton {
                name: root.graph.listing ? qsTr("View as picture") : qsTr("View as list")
                iconName: root.graph.listing ? "graph" : "list"
                onClicked: root.graph.listing = !root.graph.listing
            }
            IconButton {
                id: exports

                name: qsTr("Export…")
                iconName: "export"
                onClicked: formats.openAt(exports, 0, exports.height)
            }
        }
    }
    RowMenu {
        id: formats

        name: qsTr("Export as")
        lines: [
            { text: qsTr("SVG"), detail: qsTr("A drawing") },
            { text: qsTr("PNG"), detail: qsTr("A picture") },
            { text: qsTr("DOT"), detail: qsTr("For Graphviz") },
            { text: qsTr("JSON"), detail: qsTr("For programs") }
        ]
        onChosen: index => root.exportAsked(index)
    }
}
