// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A setting: its name, one sentence of help, the control at the right.
RowLayout {
    id: root

    required property string label
    required property string help
    default property alias control: slot.data

    spacing: Theme.l

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2

        AppLabel {
            Layout.fillWidth: true
            text: root.label
            kind: AppLabel.Strong
        }
        AppLabel {
            Layout.fillWidth: true
            text: root.help
            kind: AppLabel.Small
            wrapMode: Text.Wrap
        }
    }
    RowLayout {
        id: slot

        Layout.alignment: Qt.AlignVCenter | Qt.AlignRight
        spacing: Theme.s
    }
}
