// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// One of several names, as pills of which one holds.
ColumnLayout {
    id: root

    required property string label
    required property var choices  // list of texts; var: delegates index it
    required property string chosen
    property string problem
    property bool readOnly: false

    signal picked(string text)

    Layout.fillHeight: false
    spacing: Theme.xs

    AppLabel {
        text: root.label
        kind: AppLabel.Strong
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.xs

        Repeater {
            model: root.readOnly ? [root.chosen] : root.choices

            TogglePill {
                required property string modelData

                label: modelData
                group: root.label
                on: root.chosen === modelData
                enabled: !root.readOnly
                onAsked: root.picked(modelData)
            }
        }
    }
    AppLabel {
        Layout.fillWidth: true
        visible: root.problem.length > 0
        kind: AppLabel.Small
        color: Theme.error
        text: root.problem
        wrapMode: Text.Wrap
    }
}
