// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// The bell in the head of the window: how much is new, and the list of what happened.
IconButton {
    id: root

    required property NotificationCentre centre

    readonly property int unread: root.centre.unread

    function openList() { list.open(); }

    iconName: "bell"
    name: root.unread > 0 ? qsTr("Notifications: %n new", "", root.unread) : qsTr("Notifications")
    Accessible.role: Accessible.ButtonMenu
    onClicked: root.openList()

    Rectangle {
        // Beside the bell rather than over it, also when texts are large.
        anchors.horizontalCenter: parent.right
        anchors.verticalCenter: parent.top
        anchors.verticalCenterOffset: Theme.s
        anchors.horizontalCenterOffset: -Theme.xs
        width: Math.max(height, count.implicitWidth + Theme.s)
        height: count.implicitHeight
        visible: root.unread > 0
        radius: height / 2
        color: Theme.accent

        AppLabel {
            id: count

            anchors.centerIn: parent
            text: root.unread > 99 ? "99+" : root.unread
            kind: AppLabel.Small
            color: Theme.accentText
            Accessible.ignored: true
        }
    }

    T.Popup {
        id: list

        /// Of all rows. A list tells it anew when its own height changes.
        property real wanted: 0

        x: Theme.mirrored ? 0 : root.width - width
        y: root.height + Theme.xs
        width: Math.min(Math.round(400 * Math.min(1.25, Theme.textScale)),
            (root.Window.width || 840) - 2 * margins)
        // Templates take no size from what they hold.
        height: Math.min(head.height + (rows.count > 0 ? list.wanted : empty.implicitHeight + 2 * Theme.xl)
            + 2 * list.padding, (root.Window.height || 560) - root.height - 2 * Theme.xxl)
        margins: Theme.s
        padding: Theme.s
        focus: true
        modal: true
        onOpened: {
            root.centre.refreshAges();
            rows.currentIndex = 0;
            if (rows.count > 0) { rows.forceActiveFocus(Qt.PopupFocusReason); }
            else { head.forceActiveFocus(Qt.PopupFocusReason); }
        }
        onClosed: root.forceActiveFocus(Qt.PopupFocusReason)

        T.Overlay.modal: Item {}
        background: Rectangle {
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: 1
            border.color: Theme.hairline
        }
        contentItem: FocusScope {
            Item {
                id: head

                width: parent.width
                height: Math.max(title.implicitHeight, read.implicitHeight) + Theme.s

                AppLabel {
                    id: title

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.m
                    anchors.right: read.left
                    anchors.verticalCenter: read.verticalCenter
                    text: qsTr("Notifications")
                    kind: AppLabel.Section
                }
                AppButton {
                    id: read

                    anchors.right: clear.left
                    visible: root.unread > 0
                    kind: AppButton.Plain
                    text: qsTr("Mark all read")
                    onPressedAllowed: {
                        root.centre.markAllRead();
                        rows.forceActiveFocus(Qt.OtherFocusReason);
                    }
                }
                AppButton {
                    id: clear

                    anchors.right: parent.right
                    visible: rows.count > 0
                    kind: AppButton.Plain
                    text: qsTr("Clear")
                    onPressedAllowed: {
                        root.centre.clear();
                        list.close();
                    }
                }
            }
            ListView {
                id: rows

                anchors.top: head.bottom
                anchors.bottom: parent.bottom
                width: parent.width
                visible: rows.count > 0
                activeFocusOnTab: true
                boundsBehavior: Flickable.StopAtBounds
                cacheBuffer: 0
                clip: true
                model: root.centre
                onContentHeightChanged: measure.start()
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Notifications")
                Keys.onReturnPressed: (rows.currentItem as NotificationRow)?.clicked()
                Keys.onEnterPressed: (rows.currentItem as NotificationRow)?.clicked()

                delegate: NotificationRow {
                    required property int index

                    width: ListView.view.width
                    highlighted: ListView.isCurrentItem && ListView.view.activeFocus
                    onClicked: {
                        list.close();
                        root.centre.open(index);
                    }
                }
            }
            Timer {
                id: measure

                interval: 0
                onTriggered: list.wanted = rows.contentHeight
            }
            AppScrollBar { target: rows }
            AppLabel {
                id: empty

                anchors.horizontalCenter: parent.horizontalCenter
                y: head.height + Theme.xl
                width: parent.width - 2 * Theme.xl
                visible: rows.count === 0
                text: qsTr("Nothing has happened yet")
                kind: AppLabel.Small
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
            }
        }
    }
}
