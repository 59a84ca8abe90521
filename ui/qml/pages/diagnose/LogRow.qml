// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// One line of the log, or a mark between lines.
Item {
    id: root

    required property string time
    required property string level
    required property int tone
    required property string subsystem
    required property string text
    required property bool isNote
    readonly property bool narrow: root.width < 560 * Theme.textScale

    implicitHeight: row.implicitHeight + 4
    Accessible.role: Accessible.ListItem
    Accessible.name: root.isNote ? root.text
        : qsTr("%1, %2, %3: %4").arg(root.level).arg(root.time).arg(root.subsystem).arg(root.text)

    Rectangle {
        anchors.fill: parent
        visible: root.isNote || root.tone === Look.Error || root.tone === Look.Warn
        radius: Theme.radiusControl - 2
        color: Theme.tint(root.tone)
    }
    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.s
        anchors.rightMargin: Theme.s
        spacing: Theme.s

        AppLabel {
            Layout.alignment: Qt.AlignTop
            text: root.time
            kind: AppLabel.Mono
            color: Theme.textSecondary
            Accessible.ignored: true
        }
        AppLabel {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Math.round(58 * Theme.textScale)
            visible: !root.isNote && !root.narrow
            text: root.level
            kind: AppLabel.Small
            font.pixelSize: Theme.mono
            color: root.tone === Look.Neutral ? Theme.textSecondary : Theme.ink(root.tone)
            Accessible.ignored: true
        }
        AppLabel {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Math.round(80 * Theme.textScale)
            visible: !root.isNote
            text: root.subsystem
            kind: AppLabel.Mono
            color: Theme.textSecondary
            Accessible.ignored: true
        }
        AppLabel {
            Layout.fillWidth: true
            text: root.text
            kind: AppLabel.Mono
            color: root.isNote ? Theme.ink(root.tone) : Theme.text
            wrapMode: Text.Wrap
            maximumLineCount: 6
            Accessible.ignored: true
        }
    }
}
