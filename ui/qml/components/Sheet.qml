// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// A dialog over the window: keeps the keyboard inside, Escape closes, the focus goes back to where
/// it came from.
T.Popup {
    id: root

    required property string heading
    property int widest: 560
    default property alias content: body.data
    property alias footer: footerRow.data

    /// Gets the keyboard at opening; otherwise the first that can take it.
    property Item firstFocus: null
    property Item opener: null
    /// Who came by keyboard sees where the keyboard is.
    readonly property int reason: (root.opener as T.Control)?.visualFocus ? Qt.TabFocusReason
                                                                        : Qt.PopupFocusReason

    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round(Math.max(Theme.l, (parent.height - height) / 2)) : 0
    width: Math.min(root.widest, parent ? parent.width - 2 * Theme.xl : root.widest)
    height: Math.min(column.implicitHeight + 2 * Theme.xl, parent ? parent.height - 2 * Theme.l : 600)
    padding: Theme.xl

    onAboutToShow: root.opener = root.parent ? root.parent.Window.activeFocusItem : null
    onOpened: {
        const next = (root.firstFocus ?? body.nextItemInFocusChain(true)) as Item;
        // While the window is not shown there is no chain.
        if (next) { next.forceActiveFocus(root.reason); } else { column.forceActiveFocus(root.reason); }
    }
    onClosed: if (root.opener) { root.opener.forceActiveFocus(root.reason); }

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.slide }
    }
    exit: Transition {
        NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.quick }
    }

    background: Rectangle {
        radius: Theme.radiusSheet
        color: Theme.surface
        border.width: Theme.border
        border.color: Theme.hairline
    }
    contentItem: ColumnLayout {
        id: column

        spacing: Theme.l
        Accessible.role: Accessible.Dialog
        Accessible.name: root.heading

        RowLayout {
            id: head

            spacing: Theme.m

            AppLabel {
                Layout.fillWidth: true
                text: root.heading
                kind: AppLabel.Title
                wrapMode: Text.Wrap
                maximumLineCount: 2
            }
            IconButton {
                Layout.alignment: Qt.AlignTop
                name: qsTr("Close")
                iconName: "close"
                onClicked: root.close()
            }
        }
        Flickable {
            id: scroller

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: body.implicitHeight
            implicitHeight: body.implicitHeight
            contentHeight: body.implicitHeight
            contentWidth: width
            boundsBehavior: Flickable.StopAtBounds
            clip: contentHeight > height

            ColumnLayout {
                id: body

                anchors.left: parent.left
                // Beside the scroll bar, not under it.
                width: scroller.width
                    - (scroller.contentHeight > scroller.height ? bar.width + Theme.xs : 0)
                spacing: Theme.l
            }
            AppScrollBar {
                id: bar

                target: scroller
            }
        }
        RowLayout {
            id: footerRow

            Layout.fillWidth: true
            visible: children.length > 0
            spacing: Theme.s
            layoutDirection: Qt.RightToLeft
        }
    }
}
