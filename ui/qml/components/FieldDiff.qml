// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What an edit changes: a line for each field, what it was and what it is.
ColumnLayout {
    id: root

    /// Maps of label, before and after. var: the model hands over no other.
    required property var fields
    readonly property int labelWidth: Math.round(116 * Theme.textScale)
    /// Where the values do not fit beside their label.
    readonly property bool stacked: root.width < 3 * root.labelWidth

    spacing: Theme.xs

    Repeater {
        model: root.fields

        GridLayout {
            id: field

            required property var modelData
            readonly property string label: field.modelData["label"]
            readonly property string before: field.modelData["before"]
            readonly property string after: field.modelData["after"]

            Layout.fillWidth: true
            columns: root.stacked ? 1 : 2
            columnSpacing: Theme.m
            rowSpacing: 0
            Accessible.role: Accessible.StaticText
            Accessible.name: field.before.length > 0 && field.after.length > 0
                ? qsTr("%1: was %2, is %3").arg(field.label).arg(field.before).arg(field.after)
                : field.after.length > 0 ? qsTr("%1: is %2").arg(field.label).arg(field.after)
                                         : qsTr("%1: was %2").arg(field.label).arg(field.before)

            AppLabel {
                Layout.preferredWidth: root.labelWidth
                Layout.alignment: Qt.AlignTop
                text: field.label
                kind: AppLabel.Small
                color: Theme.textTertiary
                Accessible.ignored: true
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: field.before.length > 0 ? qsTr("− %1", "what goes").arg(field.before) : ""
                    kind: AppLabel.Small
                    color: Theme.error
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                    Accessible.ignored: true
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: field.after.length > 0 ? qsTr("+ %1", "what comes").arg(field.after) : ""
                    kind: AppLabel.Small
                    color: Theme.ok
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                    Accessible.ignored: true
                }
            }
        }
    }
}
