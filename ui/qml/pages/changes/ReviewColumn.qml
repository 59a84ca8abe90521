// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What the draft would do: what must be read first, then who reaches whom, routes, nodes, rights,
/// the linter and the tests.
ColumnLayout {
    id: root

    required property ChangesViewModel changes
    required property bool inMesh
    readonly property DraftReview review: root.changes.review

    spacing: Theme.l

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s

        AppLabel {
            Layout.fillWidth: true
            text: qsTr("What the draft would do")
            kind: AppLabel.Section
            wrapMode: Text.Wrap
        }
        Spinner {
            visible: root.review.running && root.inMesh
            running: visible
            ink: Theme.accent
            size: Theme.iconSize - 2
        }
        AppLabel {
            visible: root.review.running && root.inMesh
            text: qsTr("Looking…")
            kind: AppLabel.Small
        }
    }
    Banner {
        Layout.fillWidth: true
        visible: !root.inMesh
        tone: Look.Neutral
        text: qsTr("What a draft would do is seen while this node is connected.")
    }
    Banner {
        Layout.fillWidth: true
        visible: root.inMesh && root.review.errorText.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.review.errorText
        actionText: qsTr("Try again")
        onActed: root.review.askNow()
    }
    WarningBanners {
        Layout.fillWidth: true
        notes: root.review.warnings
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: root.review.known
        spacing: Theme.l

        AppLabel {
            Layout.fillWidth: true
            visible: root.review.pairs.count === 0
            text: root.review.pairSummary
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
        NoteList {
            Layout.fillWidth: true
            heading: root.review.pairSummary
            notes: root.review.pairs
        }
        NoteList {
            Layout.fillWidth: true
            heading: qsTr("Nodes that are cut off or vanish")
            notes: root.review.nodes
        }
        NoteList {
            Layout.fillWidth: true
            heading: root.review.routeSummary
            notes: root.review.routes
        }
        NoteList {
            Layout.fillWidth: true
            heading: qsTr("Access and votes")
            notes: root.review.access
        }
    }
    LintList {
        Layout.fillWidth: true
        visible: root.review.lintSummary.length > 0
        changes: root.changes
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0 && root.review.tests.count === 0
        text: root.review.testSummary
        color: Theme.error
        wrapMode: Text.Wrap
    }
    NoteList {
        Layout.fillWidth: true
        heading: qsTr("Tests of the mesh: %1").arg(root.review.testSummary)
        notes: root.review.tests
    }
}
