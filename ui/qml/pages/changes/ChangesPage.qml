// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Edits before they are made, what others changed meanwhile, and what was made.
FocusScope {
    id: root

    required property AppViewModel app
    /// 0: draft, 1: conflicts, 2: history.
    property int tab: 0
    readonly property ChangesViewModel changes: root.app.changes
    readonly property int margin: root.width < 780 ? Theme.l : Theme.xl
    /// As the window is narrow, and its pages stack what else stands beside each other.
    readonly property bool narrow: (root.Window.width ?? root.width) < 980

    signal accessAsked

    /// Shows what the draft would do, or what is to decide before.
    function review() {
        root.tab = root.changes.conflicts.count > 0 ? 1 : 0;
        root.changes.review.askNow();
    }
    function apply() {
        root.tab = root.changes.conflicts.count > 0 ? 1 : 0;
        if (root.tab === 0) { draft.askApply(false); }
    }

    onVisibleChanged: root.changes.show(root.visible)
    Component.onCompleted: root.changes.show(root.visible)

    Connections {
        target: root.changes

        function onConflictsFound() { root.tab = 1; }
    }
    Connections {
        target: root.changes.history

        function onDrafted() { root.tab = 0; }
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: root.margin
        spacing: Theme.m

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppLabel {
                Layout.fillWidth: true
                text: qsTr("Changes")
                kind: AppLabel.Title
            }
            AppLabel {
                Layout.fillWidth: true
                text: root.changes.summary.length > 0
                    ? qsTr("Your draft: %1").arg(root.changes.summary)
                    : qsTr("Edits before they are made, and what was made")
                kind: AppLabel.Small
            }
        }
        PolicyTabs {
            Layout.fillWidth: true
            sections: [
                { name: root.changes.count > 0 ? qsTr("Draft (%1)").arg(root.changes.count)
                                               : qsTr("Draft") },
                { name: root.changes.conflicts.count > 0
                        ? qsTr("Conflicts (%1)").arg(root.changes.conflicts.count)
                        : qsTr("Conflicts") },
                { name: qsTr("History") }
            ]
            index: root.tab
            onChosen: index => root.tab = index
        }
        Banner {
            Layout.fillWidth: true
            visible: root.changes.noticeText.length > 0
            tone: Look.Warn
            word: qsTr("Warning")
            text: root.changes.noticeText
            closable: true
            onClosed: root.changes.dismissNotice()
        }
        Banner {
            Layout.fillWidth: true
            visible: root.changes.errorText.length > 0 && !root.app.lost && root.tab !== 2
            tone: Look.Error
            word: qsTr("Error")
            text: root.changes.errorText
            actionText: qsTr("Try again")
            onActed: root.changes.refresh()
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            DraftTab {
                id: draft

                anchors.fill: parent
                visible: root.tab === 0
                app: root.app
                onAccessAsked: root.accessAsked()
            }
            ConflictsTab {
                anchors.fill: parent
                visible: root.tab === 1
                app: root.app
                stacked: root.narrow
            }
            HistoryTab {
                anchors.fill: parent
                visible: root.tab === 2
                app: root.app
            }
        }
    }
}
