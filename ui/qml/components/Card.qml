// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A surface with an optional heading. Children stand below each other.
Rectangle {
    id: root

    property string heading
    property int inset: Theme.padding
    default property alias content: body.data

    implicitWidth: body.implicitWidth + 2 * root.inset
    implicitHeight: body.implicitHeight + 2 * root.inset
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.border
    border.color: Theme.hairline

    ColumnLayout {
        id: body

        anchors.fill: parent
        anchors.margins: root.inset
        spacing: Theme.m

        AppLabel {
            Layout.fillWidth: true
            visible: root.heading.length > 0
            kind: AppLabel.Section
            text: root.heading
        }
    }
}
