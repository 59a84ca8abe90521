// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Who may reach a member and whom it may reach, with the rule that decides.
ColumnLayout {
    id: root

    required property AppViewModel app
    readonly property PeerAccess access: root.app.peerAccess
    readonly property string peerId: root.app.peer.peerId
    /// By Look.Tone.
    readonly property var icons: ["off", "clock", "done", "warning", "error", "info"]

    spacing: Theme.m
    onPeerIdChanged: root.access.open(root.peerId)
    Component.onCompleted: root.access.open(root.peerId)
    Component.onDestruction: root.access.close()

    AppTextField {
        Layout.fillWidth: true
        name: qsTr("Search the other members")
        placeholderText: qsTr("Name, address, key, service")
        iconName: "search"
        text: root.access.searchText
        onTextEdited: root.access.searchText = text
        Keys.onDownPressed: list.forceActiveFocus(Qt.ShortcutFocusReason)
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s

        AppLabel {
            Layout.fillWidth: true
            text: root.access.summary
            kind: AppLabel.Small
            wrapMode: Text.Wrap
        }
        Spinner {
            visible: running
            running: root.access.busy
            ink: Theme.accent
        }
    }
    Banner {
        Layout.fillWidth: true
        visible: root.access.errorText.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.access.errorText
    }
    ListView {
        id: list

        Layout.fillWidth: true
        Layout.fillHeight: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        cacheBuffer: 0
        spacing: Theme.s
        model: root.access.pairs
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Who may reach whom")
        onActiveFocusChanged: if (list.activeFocus && list.currentIndex < 0) { list.currentIndex = 0; }

        delegate: Item {
            id: pair

            required property string text
            required property string detail
            required property string word
            required property int tone

            width: ListView.view.width
            implicitHeight: lines.implicitHeight + 2 * Theme.xs
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1, %2, %3").arg(pair.text).arg(pair.word).arg(pair.detail)

            FocusRing { shown: pair.ListView.isCurrentItem && list.activeFocus; gap: -2 }
            RowLayout {
                id: lines

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.leftMargin: Theme.s
                anchors.rightMargin: Theme.m
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.s

                Icon {
                    Layout.alignment: Qt.AlignTop
                    name: root.icons[pair.tone]
                    size: Theme.iconSize
                    color: pair.tone === Look.Neutral ? Theme.textTertiary : Theme.ink(pair.tone)
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.m

                        AppLabel {
                            Layout.fillWidth: true
                            text: pair.text
                            Accessible.ignored: true
                        }
                        AppLabel {
                            text: pair.word
                            kind: AppLabel.Small
                            color: pair.tone === Look.Neutral ? Theme.textTertiary
                                                              : Theme.ink(pair.tone)
                            Accessible.ignored: true
                        }
                    }
                    AppLabel {
                        Layout.fillWidth: true
                        visible: text.length > 0
                        text: pair.detail
                        kind: AppLabel.Small
                        wrapMode: Text.Wrap
                        maximumLineCount: 6
                        Accessible.ignored: true
                    }
                }
            }
        }
        AppScrollBar { target: list }
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0
        text: root.access.restText
        kind: AppLabel.Small
        wrapMode: Text.Wrap
    }
}
