// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// What came of a test: a picture and a word.
Item {
    id: root

    required property string word
    required property int tone

    implicitHeight: chip.implicitHeight

    Chip {
        id: chip

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        text: root.word
        tone: root.tone
        iconName: root.tone === Look.Ok ? "done" : root.tone === Look.Error ? "error" : "off"
    }
}
