// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Weft

/// The head of a column: a click sorts by it, another turns the order round.
T.AbstractButton {
    id: root

    required property string name
    required property bool current
    required property bool ascending

    implicitWidth: 80
    implicitHeight: 32
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ColumnHeader
    Accessible.name: root.current
        ? (root.ascending ? qsTr("%1, sorted, ascending").arg(root.name)
                          : qsTr("%1, sorted, descending").arg(root.name))
        : root.name
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()

    contentItem: Item {
        Row {
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.xs

            AppLabel {
                text: root.name
                kind: AppLabel.Small
                font.weight: Font.DemiBold
                color: root.current ? Theme.text : Theme.textTertiary
                Accessible.ignored: true
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.current || root.hovered
                opacity: root.current ? 1 : 0.5
                name: root.ascending || !root.current ? "arrow-up" : "arrow-down"
                size: 13
                color: Theme.textSecondary
            }
        }
    }
    background: Item {
        FocusRing { shown: root.visualFocus; gap: -4 }
    }
}
