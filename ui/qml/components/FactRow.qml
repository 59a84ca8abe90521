// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A label and what it is, without more to do. Not shown while there is nothing to say.
RowLayout {
    id: root

    required property string label
    required property string value
    property bool mono: false
    property int labelWidth: Math.round(96 * Theme.textScale)

    visible: root.value.length > 0
    spacing: Theme.m

    AppLabel {
        Layout.preferredWidth: root.labelWidth
        Layout.minimumWidth: Math.min(implicitWidth, 1.75 * root.labelWidth)
        Layout.alignment: Qt.AlignTop
        topPadding: 6
        bottomPadding: 6
        text: root.label
        color: Theme.textSecondary
    }
    AppLabel {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        topPadding: 6
        bottomPadding: 6
        text: root.value
        kind: root.mono ? AppLabel.Mono : AppLabel.Body
        wrapMode: Text.Wrap
        maximumLineCount: 6
    }
}
