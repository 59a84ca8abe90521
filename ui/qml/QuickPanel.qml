// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The small window beside the icon in the panel: state, address, a few members.
Window {
    id: root

    required property AppViewModel app

    readonly property ConnectionViewModel connection: root.app.connection
    readonly property string address: root.connection.addressIpv4.length > 0
        ? root.connection.addressIpv4 : root.connection.addressIpv6

    signal openAsked(string place)
    signal closeAsked

    width: Math.round(380 * Math.min(1.25, Theme.textScale))
    height: 560
    minimumWidth: 320
    minimumHeight: 400
    color: Theme.bg
    title: qsTr("Weft")

    Binding { target: Theme; property: "dark"; value: root.app.appearance.dark }
    Binding { target: Theme; property: "textScale"; value: root.app.appearance.textPercent / 100 }
    Binding { target: Theme; property: "reduceMotion"; value: root.app.appearance.reduceMotion }

    Shortcut { sequence: "Escape"; onActivated: root.closeAsked() }
    Shortcut { sequence: "Ctrl+O"; onActivated: root.openAsked("") }
    // The window has no frame everywhere: its own edge tells it from what lies below.
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: 1
        border.color: Theme.hairline
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.l
        spacing: Theme.m

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            StateGlyph {
                Layout.preferredWidth: 44
                Layout.preferredHeight: 44
                shape: root.connection.shape
                ink: Theme.ink(root.connection.tone)
                ground: Theme.bg
                animated: root.connection.animated && !Theme.reduceMotion
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppLabel {
                    Layout.fillWidth: true
                    text: root.connection.exists ? root.connection.profileName : qsTr("Weft")
                    kind: AppLabel.Small
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: root.connection.word
                    kind: AppLabel.Section
                    color: Theme.ink(root.connection.tone)
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: root.connection.runningText
                    kind: AppLabel.Mono
                }
            }
        }
        AppLabel {
            Layout.fillWidth: true
            visible: text.length > 0
            text: root.connection.detail
            kind: AppLabel.Small
            wrapMode: Text.Wrap
            maximumLineCount: 3
        }
        AppButton {
            id: act

            Layout.fillWidth: true
            visible: root.connection.action !== Look.NoAction
            kind: root.connection.action === Look.Connect || root.connection.action === Look.Retry
                ? AppButton.Primary : AppButton.Secondary
            iconName: "power"
            text: root.connection.actionText
            hint: root.connection.actionHint
            busy: root.connection.busy
            focus: true
            onPressedAllowed: root.connection.act()
        }
        AppLabel {
            Layout.fillWidth: true
            visible: text.length > 0
            text: root.connection.errorText
            kind: AppLabel.Small
            color: Theme.error
            wrapMode: Text.Wrap
            maximumLineCount: 3
        }
        CopyField {
            Layout.fillWidth: true
            visible: root.connection.inMesh && root.address.length > 0
            label: qsTr("Address")
            value: root.address
            mono: true
            onCopied: (value, label) => root.app.copy(value, label)
        }
        Flow {
            Layout.fillWidth: true
            visible: root.connection.inMesh
            spacing: Theme.s

            Chip {
                visible: root.connection.quality.length > 0
                tone: root.connection.tone
                dot: true
                text: root.connection.quality
            }
            Chip {
                visible: root.app.exits.inUse.length > 0
                tone: Look.Accent
                iconName: "globe"
                text: qsTr("Internet through %1").arg(root.app.exits.inUse)
            }
            Chip {
                visible: root.app.changes.count > 0
                tone: Look.Accent
                iconName: "changes"
                text: qsTr("Draft: %n edit(s)", "", root.app.changes.count)
            }
        }
        AppLabel {
            visible: peers.count > 0
            text: qsTr("Recent members")
            kind: AppLabel.Small
        }
        ListView {
            id: peers

            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.connection.inMesh
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            cacheBuffer: 0
            clip: true
            model: root.app.recentPeers
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Recent members")
            Keys.onReturnPressed: (peers.currentItem as MenuRow)?.clicked()
            Keys.onEnterPressed: (peers.currentItem as MenuRow)?.clicked()

            delegate: MenuRow {
                required property int index
                required property string name
                required property string address
                required property string stateText
                required property int tone

                width: ListView.view.width
                // More are in the console.
                height: index < 5 ? implicitHeight : 0
                visible: index < 5
                focusPolicy: Qt.NoFocus
                text: name
                detail: address.length > 0 ? address : stateText
                dotTone: tone
                highlighted: ListView.isCurrentItem && ListView.view.activeFocus
                Accessible.description: qsTr("%1. Copies the address.").arg(stateText)
                onClicked: if (address.length > 0) { root.app.copy(address, name); }
            }
        }
        Item {
            Layout.fillHeight: true
            visible: !peers.visible
        }
        AppButton {
            Layout.fillWidth: true
            text: qsTr("Open console")
            onPressedAllowed: root.openAsked("")
        }
    }
    Toast {
        id: toast

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.huge + Theme.xl
    }
    Connections {
        target: root.app

        function onToast(text: string) { toast.show(text); }
    }
}
