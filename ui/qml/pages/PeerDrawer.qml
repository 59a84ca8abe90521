// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// One member in full: a summary to copy from, and everything raw.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property PeerDetails peer: root.app.peer
    readonly property bool open: root.peer.open
    property int tab: 0

    signal closeAsked
    signal simulationAsked

    visible: root.open
    Keys.onEscapePressed: root.closeAsked()

    Rectangle {
        anchors.fill: parent
        color: Theme.surface

        MouseArea { anchors.fill: parent }
        Rectangle {
            anchors.left: parent.left
            anchors.top: parent.top
            anchors.bottom: parent.bottom
            width: 1
            color: Theme.hairline
        }
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.l
        anchors.leftMargin: Theme.xl
        spacing: Theme.l

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            Avatar {
                size: 44
                initial: root.peer.initial
                tone: root.peer.tone
                ringed: root.peer.isSelf
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppLabel {
                    Layout.fillWidth: true
                    text: root.peer.name
                    kind: AppLabel.Section
                }
                Flow {
                    id: what

                    Layout.fillWidth: true
                    spacing: Theme.s

                    Chip {
                        id: state

                        text: root.peer.stateText
                        tone: root.peer.tone
                        iconName: root.peer.stateIcon
                        widest: 160
                    }
                    AppLabel {
                        width: Math.min(implicitWidth, what.width)
                        height: state.height
                        visible: text !== root.peer.stateText
                        text: root.peer.role
                        kind: AppLabel.Small
                    }
                }
            }
            IconButton {
                Layout.alignment: Qt.AlignTop
                visible: !root.peer.isSelf && !root.peer.gone
                name: qsTr("Who reaches whom?")
                iconName: "swap"
                onClicked: root.simulationAsked()
            }
            IconButton {
                Layout.alignment: Qt.AlignTop
                name: qsTr("Close the details")
                iconName: "close"
                onClicked: root.closeAsked()
            }
        }
        PolicyTabs {
            Layout.fillWidth: true
            sections: [
                { name: qsTr("Summary") },
                { name: qsTr("Path") },
                { name: qsTr("Access") },
                { name: qsTr("Routes") },
                { name: qsTr("Raw") }
            ]
            index: root.tab
            onChosen: index => root.tab = index
        }
        Banner {
            Layout.fillWidth: true
            visible: root.peer.gone
            tone: Look.Warn
            text: qsTr("This member has left the mesh. Below is what was last known.")
        }
        Banner {
            Layout.fillWidth: true
            visible: root.peer.errorText.length > 0
            tone: Look.Error
            text: root.peer.errorText
        }
        Loader {
            Layout.fillWidth: true
            Layout.fillHeight: true
            active: root.open
            sourceComponent: [summary, path, access, routes, raw][root.tab]
        }
    }
    Component {
        id: summary

        PeerSummary { app: root.app }
    }
    Component {
        id: path

        PeerPath { app: root.app }
    }
    Component {
        id: access

        PeerPairs { app: root.app }
    }
    Component {
        id: routes

        PeerRoutes { app: root.app }
    }
    Component {
        id: raw

        PeerRaw { app: root.app }
    }
}
