// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// One member in the list, or the heading of some. Draws what the model hands over.
T.ItemDelegate {
    id: root

    required property string peerId
    required property string name
    required property string initial
    required property string stateText
    required property string stateIcon
    required property string address
    /// As wide as the columns that are shown.
    required property list<string> cells
    required property string heading
    required property int tone
    required property bool flowing
    required property bool isSelf
    required property bool collapsed
    required property bool selected
    required property bool shown
    required property bool hasKeyboard
    required property bool selecting
    required property PeerColumns columns

    readonly property bool isHeading: root.heading.length > 0

    signal picked(int modifiers)
    signal menuAsked(real x, real y)

    implicitHeight: root.isHeading ? Theme.rowHeight - 6 : Theme.rowHeight + 4
    leftPadding: Theme.m
    rightPadding: Theme.m
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    Accessible.role: root.isHeading ? Accessible.Heading : Accessible.ListItem
    Accessible.name: root.isHeading
        ? (root.collapsed ? qsTr("%1, closed").arg(root.heading) : qsTr("%1, open").arg(root.heading))
        : qsTr("%1, %2, %3").arg(root.name).arg(root.stateText).arg(root.address)
    Accessible.selected: root.shown || root.selected
    Accessible.checkable: root.selecting && !root.isHeading
    Accessible.checked: root.selected
    Accessible.onPressAction: root.picked(0)
    // By the space bar: the pointer goes to the area below.
    onClicked: root.picked(Qt.ControlModifier)

    contentItem: Item {
        RowLayout {
            anchors.fill: parent
            visible: root.isHeading
            spacing: Theme.s

            Icon {
                name: root.collapsed ? "chevron-right" : "chevron-down"
                size: 16
                color: Theme.textSecondary
            }
            AppLabel {
                Layout.fillWidth: true
                text: root.heading
                kind: AppLabel.Small
                font.weight: Font.DemiBold
                color: Theme.textSecondary
                Accessible.ignored: true
            }
        }
        RowLayout {
            anchors.fill: parent
            visible: !root.isHeading
            spacing: Theme.m

            CheckMark {
                visible: root.selecting
                on: root.selected
            }
            Avatar {
                size: Math.round(30 * Math.min(1.25, Theme.textScale))
                initial: root.initial
                tone: root.tone
                ringed: root.isSelf
            }
            AppLabel {
                Layout.fillWidth: true
                Layout.preferredWidth: 100
                text: root.name
                kind: AppLabel.Strong
                Accessible.ignored: true
            }
            Item {
                Layout.preferredWidth: Math.round(root.columns.stateWidth * Theme.textScale)
                implicitHeight: state.implicitHeight

                Chip {
                    id: state

                    text: root.stateText
                    tone: root.tone
                    iconName: root.stateIcon
                    widest: parent.width - 2 * Theme.s - (root.stateIcon.length > 0 ? 24 : 0)
                }
            }
            Repeater {
                model: root.columns.shown

                AppLabel {
                    required property int index
                    required property var modelData  // { column, name, width, mono }

                    Layout.preferredWidth: Math.round(modelData.width * Theme.textScale)
                    text: root.cells[index] ?? ""
                    kind: modelData.mono ? AppLabel.Mono : AppLabel.Body
                    color: root.flowing && (modelData.column === PeerColumns.Received
                                            || modelData.column === PeerColumns.Sent)
                        ? Theme.text : Theme.textSecondary
                    elide: modelData.mono ? Text.ElideMiddle : Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }
    }
    background: Rectangle {
        color: root.isHeading ? Theme.sunken : root.shown || root.selected ? Theme.tintAccent
            : area.pressed ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.hairline
            opacity: 0.6
        }
        FocusRing { shown: root.hasKeyboard; gap: -4 }
    }
    // A click of a delegate does not tell which keys were held.
    MouseArea {
        id: area

        anchors.fill: parent
        acceptedButtons: Qt.LeftButton | Qt.RightButton
        onClicked: mouse => {
            if (mouse.button === Qt.RightButton) { root.menuAsked(mouse.x, mouse.y); }
            else { root.picked(mouse.modifiers); }
        }
    }
}
