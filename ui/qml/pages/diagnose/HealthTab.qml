// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Each mesh: its state, what is wrong and what to do, and its checks with their ages.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property HealthModel health: root.app.diagnose.health

    ScrollPage {
        anchors.fill: parent
        visible: root.health.count > 0
        opacity: root.app.lost ? 0.75 : 1
        margin: 0
        activeFocusOnTab: false

        Repeater {
            model: root.health

            Card {
                id: mesh

                required property string name
                required property string word
                required property string detail
                required property int tone
                required property NoteModel checks
                required property NoteModel problems

                Layout.fillWidth: true

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.s

                    StatusDot { tone: mesh.tone }
                    AppLabel {
                        Layout.fillWidth: true
                        text: mesh.name
                        kind: AppLabel.Section
                    }
                    AppLabel {
                        text: mesh.word
                        color: mesh.tone === Look.Neutral ? Theme.textSecondary : Theme.ink(mesh.tone)
                    }
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: mesh.detail
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                    maximumLineCount: 4
                }
                NoteList {
                    Layout.fillWidth: true
                    heading: qsTr("Problems")
                    notes: mesh.problems
                }
                NoteList {
                    Layout.fillWidth: true
                    heading: qsTr("Checks")
                    notes: mesh.checks
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: mesh.checks.count === 0 && !root.app.lost
                    text: qsTr("The checks run once this node is in the mesh.")
                    color: Theme.textTertiary
                    wrapMode: Text.Wrap
                }
            }
        }
    }
    ColumnLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        visible: root.app.loading
        spacing: Theme.s

        Repeater {
            model: 3

            Skeleton {
                Layout.fillWidth: true
                implicitHeight: Theme.rowHeight + Theme.l
            }
        }
    }
    EmptyPane {
        anchors.fill: parent
        visible: !root.app.loading && root.health.count === 0
        iconName: "pulse"
        text: qsTr("No mesh yet")
        detail: qsTr("The checks of each mesh appear here once this computer has joined one.")
    }
}
