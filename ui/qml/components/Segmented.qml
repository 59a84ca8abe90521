// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// A few choices of which one holds.
Rectangle {
    id: root

    required property string name
    required property var options  // list of texts; var: delegates index it
    property int currentIndex: 0

    signal chosen(int index)

    implicitWidth: row.implicitWidth + 4
    implicitHeight: Theme.controlHeight
    radius: Theme.radiusControl
    color: Theme.sunken
    border.width: Theme.border
    border.color: Theme.hairline
    Accessible.role: Accessible.Grouping
    Accessible.name: root.name

    Row {
        id: row

        anchors.centerIn: parent
        height: parent.height - 4

        Repeater {
            model: root.options

            T.AbstractButton {
                id: segment

                required property int index
                required property string modelData
                readonly property bool current: segment.index === root.currentIndex

                height: row.height
                implicitWidth: label.implicitWidth + 2 * Theme.m
                hoverEnabled: true
                focusPolicy: Qt.StrongFocus
                checkable: true
                checked: segment.current
                Accessible.role: Accessible.RadioButton
                Accessible.name: qsTr("%1: %2").arg(root.name).arg(segment.modelData)
                Accessible.checked: segment.current
                Accessible.onPressAction: segment.clicked()
                Keys.onReturnPressed: segment.clicked()
                onClicked: {
                    segment.checked = Qt.binding(() => segment.current);
                    root.chosen(segment.index);
                }

                contentItem: AppLabel {
                    id: label

                    text: segment.modelData
                    horizontalAlignment: Text.AlignHCenter
                    color: segment.current ? Theme.text : Theme.textSecondary
                    font.weight: segment.current ? Font.DemiBold : Font.Normal
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radiusControl - 2
                    color: segment.current ? Theme.surface
                        : segment.hovered ? Theme.hover : "transparent"
                    border.width: segment.current ? Theme.border : 0
                    border.color: Theme.highContrast ? Theme.accent : Theme.hairline

                    FocusRing { shown: segment.visualFocus; gap: -2 }
                }
            }
        }
    }
}
