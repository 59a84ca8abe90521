// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// The shown mesh at the top of the rail; opens the list of all.
T.AbstractButton {
    id: root

    required property AppViewModel app
    required property bool narrow

    signal addAsked

    readonly property string name: root.app.connection.exists ? root.app.connection.profileName
                                                              : qsTr("Weft")

    function openList() { menu.open(); }

    implicitHeight: Math.max(52, words.implicitHeight + Theme.m)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: qsTr("Mesh: %1").arg(root.name)
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onDownPressed: root.openList()
    onClicked: root.openList()

    contentItem: Item {
        Avatar {
            id: avatar

            anchors.left: parent.left
            anchors.leftMargin: root.narrow ? Math.round((parent.width - width) / 2) : Theme.s
            anchors.verticalCenter: parent.verticalCenter
            size: 36
            tone: Look.Accent
            initial: root.name.length > 0 ? root.name.charAt(0).toUpperCase() : "?"
        }
        Column {
            id: words

            anchors.left: avatar.right
            anchors.leftMargin: Theme.m
            anchors.right: chevron.left
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.narrow

            AppLabel {
                width: parent.width
                text: root.name
                kind: AppLabel.Strong
                Accessible.ignored: true
            }
            AppLabel {
                width: parent.width
                visible: text.length > 0
                text: root.app.connection.domain
                kind: AppLabel.Small
                Accessible.ignored: true
            }
        }
        Icon {
            id: chevron

            anchors.right: parent.right
            anchors.rightMargin: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.narrow
            name: "chevron-down"
            size: 16
            color: Theme.textTertiary
        }
    }
    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down || menu.visible ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing { shown: root.visualFocus; gap: -2; around: Theme.radiusCard }
    }

    T.Popup {
        id: menu

        x: Theme.mirrored ? root.width - width : 0
        y: root.height + Theme.xs
        width: Math.max(264, root.width)
        // Templates take no size from what they hold.
        height: entries.implicitHeight + 2 * menu.padding
        padding: Theme.xs
        focus: true
        modal: true
        onOpened: {
            list.currentIndex = 0;
            const first = list.count > 0 ? list as Item : add as Item;
            first.forceActiveFocus(Qt.TabFocusReason);
        }
        onClosed: root.forceActiveFocus()

        T.Overlay.modal: Item {}
        background: Rectangle {
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: Theme.border
            border.color: Theme.hairline
        }
        contentItem: Column {
            id: entries

            ListView {
                id: list

                width: parent.width
                height: Math.min(contentHeight, 360)
                activeFocusOnTab: true
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                model: root.app.profiles
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Meshes")
                KeyNavigation.tab: add
                Keys.onReturnPressed: (list.currentItem as MenuRow)?.clicked()
                Keys.onEnterPressed: (list.currentItem as MenuRow)?.clicked()
                Keys.onDownPressed: event => {
                    if (list.currentIndex < list.count - 1) { list.incrementCurrentIndex(); }
                    else { add.forceActiveFocus(Qt.TabFocusReason); }
                }

                delegate: MenuRow {
                    required property string profileId
                    required property string name
                    required property string stateText
                    required property int tone
                    required property bool current

                    width: ListView.view.width
                    focusPolicy: Qt.NoFocus
                    text: name
                    detail: stateText
                    dotTone: tone
                    checked: current
                    highlighted: ListView.isCurrentItem && ListView.view.activeFocus
                    onClicked: {
                        menu.close();
                        root.app.showProfile(profileId);
                    }
                }
            }
            MenuRow {
                id: add

                width: parent.width
                text: qsTr("Add a mesh…")
                iconName: "plus"
                Keys.onUpPressed: list.forceActiveFocus(Qt.BacktabFocusReason)
                onClicked: {
                    menu.close();
                    root.addAsked();
                }
            }
        }
    }
}
