// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// The shown mesh at a glance: its state, what is wrong, this node, the checks, the mesh.
ScrollPage {
    id: root

    required property AppViewModel app
    readonly property ConnectionViewModel connection: root.app.connection
    readonly property bool wide: root.width >= 720 * Math.min(1.2, Theme.textScale)

    signal attachAsked
    signal inviteAsked
    signal peersAsked

    Loader {
        Layout.fillWidth: true
        active: root.app.loading && !root.app.lost
        visible: active
        sourceComponent: OverviewSkeleton {
            waitingLong: root.app.waitingLong
        }
    }
    EmptyState {
        Layout.fillWidth: true
        Layout.topMargin: Theme.huge
        visible: root.app.loading && root.app.lost
        iconName: "plug"
        text: root.connection.word
        detail: root.connection.detail
        actionText: qsTr("Choose another service…")
        onActed: root.attachAsked()
    }
    Loader {
        Layout.fillWidth: true
        active: !root.app.loading
        visible: active
        sourceComponent: StateCard {
            connection: root.connection
        }
    }
    Banner {
        Layout.fillWidth: true
        visible: root.connection.errorText.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.connection.errorText
        closable: true
        onClosed: root.connection.dismissError()
    }
    Repeater {
        model: root.connection.problems

        Banner {
            id: problem

            required property var model  // roles "text" and "word" are properties of Banner too

            Layout.fillWidth: true
            tone: problem.model.tone
            word: problem.model.word
            text: problem.model.text
            detail: problem.model.detail
        }
    }
    TrafficCard {
        Layout.fillWidth: true
        visible: !root.app.loading
        traffic: root.app.traffic
    }
    GridLayout {
        Layout.fillWidth: true
        visible: !root.app.loading
        columns: root.wide ? 2 : 1
        columnSpacing: Theme.l
        rowSpacing: Theme.l
        opacity: root.connection.stale ? 0.75 : 1

        ColumnLayout {
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            spacing: Theme.l

            NodeCard {
                Layout.fillWidth: true
                app: root.app
            }
            MeshCard {
                Layout.fillWidth: true
                app: root.app
            }
        }
        ColumnLayout {
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            spacing: Theme.l

            ChecklistCard {
                Layout.fillWidth: true
                connection: root.connection
            }
            MembersCard {
                Layout.fillWidth: true
                app: root.app
                onInviteAsked: root.inviteAsked()
                onPeersAsked: root.peersAsked()
            }
        }
    }
}
