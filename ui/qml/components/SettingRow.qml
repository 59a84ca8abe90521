// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A setting: its name, one sentence of help, the control at the right, or below where there is no
/// room for it.
Item {
    id: root

    required property string label
    required property string help
    /// It differs from its default, and can go back to it.
    property bool altered: false
    /// What stands in the way of it, or what others made of it.
    property string note
    property bool failed: false
    default property alias control: slot.data

    readonly property int controlWidth: Math.ceil(slot.implicitWidth)
    readonly property bool stacked: root.controlWidth > 0
        && root.width < root.controlWidth + Math.round(260 * Theme.textScale)

    signal resetAsked

    implicitWidth: 320
    implicitHeight: root.stacked ? texts.implicitHeight + Theme.s + slot.implicitHeight
                                 : Math.max(texts.implicitHeight, slot.implicitHeight)

    ColumnLayout {
        id: texts

        anchors.left: parent.left
        y: root.stacked ? 0 : Math.round((root.height - implicitHeight) / 2)
        width: root.stacked || root.controlWidth === 0 ? root.width
                                                       : root.width - root.controlWidth - Theme.l
        spacing: 2

        AppLabel {
            Layout.fillWidth: true
            text: root.label
            kind: AppLabel.Strong
            wrapMode: Text.Wrap
        }
        AppLabel {
            Layout.fillWidth: true
            text: root.help
            kind: AppLabel.Small
            wrapMode: Text.Wrap
        }
        AppLabel {
            Layout.fillWidth: true
            visible: root.note.length > 0
            text: root.note
            kind: AppLabel.Small
            color: root.failed ? Theme.error : Theme.warn
            wrapMode: Text.Wrap
        }
    }
    RowLayout {
        id: slot

        x: root.stacked !== Theme.mirrored ? 0 : root.width - root.controlWidth
        y: root.stacked ? texts.implicitHeight + Theme.s
                        : Math.round((root.height - implicitHeight) / 2)
        spacing: Theme.s

        AppButton {
            visible: root.altered
            kind: AppButton.Plain
            text: qsTr("Reset")
            Accessible.name: qsTr("Reset %1").arg(root.label)
            onPressedAllowed: root.resetAsked()
        }
    }
}
