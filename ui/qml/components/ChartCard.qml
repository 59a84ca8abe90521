// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// A chart with its heading, its choice of spans and its legend, or the same data as a table.
Card {
    id: root

    required property string title
    required property ChartSource source
    property var spans: []  // list of texts; var: Segmented indexes it
    property int span: 0
    /// What is shown is not of now.
    property bool stale: false
    /// Said in place of the chart while there is nothing to draw.
    property string emptyText
    /// Stands below the chart.
    property string note
    property int chartHeight: Math.round(160 * Theme.textScale)
    property bool asTable: false

    signal spanChosen(int index)

    Binding {
        target: root.source
        property: "tableShown"
        value: root.asTable && root.visible
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.s

        AppLabel {
            width: Math.max(implicitWidth, parent.width - table.width - Theme.s
                - (choice.visible ? choice.width + Theme.s : 0))
            height: Theme.controlHeight
            kind: AppLabel.Section
            text: root.title
        }
        Segmented {
            id: choice

            visible: root.spans.length > 0
            name: qsTr("Span")
            options: root.spans
            currentIndex: root.span
            onChosen: index => root.spanChosen(index)
        }
        IconButton {
            id: table

            height: Theme.controlHeight
            name: root.asTable ? qsTr("Show as chart") : qsTr("Show as table")
            iconName: "list"
            ink: root.asTable ? Theme.accent : Theme.textSecondary
            enabled: root.source.hasValues
            onClicked: root.asTable = !root.asTable
        }
    }
    Flow {
        Layout.fillWidth: true
        visible: root.source.hasValues
        spacing: Theme.l
        opacity: root.stale ? 0.6 : 1

        Repeater {
            model: root.source.names

            RowLayout {
                id: entry

                required property int index
                required property string modelData

                spacing: Theme.s

                Row {
                    spacing: 3

                    Repeater {
                        model: entry.index === 0 ? 1 : 3

                        Rectangle {
                            width: entry.index === 0 ? 20 : 5
                            height: 2
                            color: Theme.series[Math.min(entry.index, Theme.series.length - 1)]
                        }
                    }
                }
                AppLabel {
                    kind: AppLabel.Small
                    text: entry.modelData
                }
                AppLabel {
                    Layout.minimumWidth: widest.advanceWidth
                    text: root.source.current[entry.index] ?? ""
                    kind: AppLabel.Strong
                }
            }
        }
    }
    TextMetrics {
        id: widest

        font.pixelSize: Theme.body
        font.family: Theme.family
        font.weight: Font.DemiBold
        text: "888.8 MiB/s"
    }
    Item {
        Layout.fillWidth: true
        implicitHeight: root.chartHeight

        TimeChart {
            id: chart

            anchors.fill: parent
            visible: root.source.hasValues && !root.asTable
            opacity: root.stale ? 0.6 : 1
            source: root.source
            series: Theme.series
            textColor: Theme.textSecondary
            gridColor: Theme.hairline
            cursorColor: Theme.textTertiary
            markColor: Theme.error
            fontFamily: Theme.family
            fontPixelSize: Theme.small
            mirrored: Theme.mirrored
            activeFocusOnTab: true
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%1. %2").arg(root.title).arg(root.source.summary)
            Accessible.description: chart.cursor < 0 ? "" : bubble.text
            Accessible.focusable: true

            FocusRing { shown: chart.activeFocus; gap: 0 }
            Announcer {
                text: chart.activeFocus && chart.cursor >= 0 ? bubble.text : ""
            }
            Rectangle {
                id: bubble

                // qmllint disable type
                readonly property string text: chart.cursorTime + "\n" + chart.cursorTexts.join("\n")
                // qmllint enable type

                visible: chart.cursor >= 0
                x: chart.cursorX + Theme.s + width > chart.width ? chart.cursorX - Theme.s - width
                    : chart.cursorX + Theme.s
                y: 0
                width: values.implicitWidth + 2 * Theme.s
                height: values.implicitHeight + Theme.s
                radius: Theme.radiusControl
                color: Theme.surface
                border.width: 1
                border.color: Theme.outline

                AppLabel {
                    id: values

                    anchors.centerIn: parent
                    kind: AppLabel.Small
                    color: Theme.text
                    text: bubble.text
                    Accessible.ignored: true
                }
            }
        }
        ListView {
            id: rows

            anchors.fill: parent
            visible: root.source.hasValues && root.asTable
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            cacheBuffer: 0
            keyNavigationEnabled: true
            model: root.source.table
            Accessible.role: Accessible.List
            Accessible.name: root.title
            onActiveFocusChanged: if (rows.activeFocus && rows.currentIndex < 0) { rows.currentIndex = 0; }

            delegate: Rectangle {
                id: row

                required property string time
                required property var values  // list of texts; var: the Repeater indexes it
                required property string text

                width: ListView.view.width
                implicitHeight: cells.implicitHeight + Theme.s
                radius: Theme.radiusControl
                color: row.ListView.isCurrentItem && rows.activeFocus ? Theme.hover : "transparent"
                Accessible.role: Accessible.ListItem
                Accessible.name: row.text
                Accessible.focusable: true
                Accessible.focused: row.ListView.isCurrentItem && rows.activeFocus

                RowLayout {
                    id: cells

                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.m
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.m

                    AppLabel {
                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        kind: AppLabel.Small
                        text: row.time
                        Accessible.ignored: true
                    }
                    Repeater {
                        model: row.values

                        AppLabel {
                            required property string modelData

                            Layout.fillWidth: true
                            Layout.preferredWidth: 1
                            horizontalAlignment: Text.AlignRight
                            text: modelData
                            Accessible.ignored: true
                        }
                    }
                }
                FocusRing {
                    shown: row.ListView.isCurrentItem && rows.activeFocus
                    gap: -2
                }
            }
            AppScrollBar { target: rows }
        }
        AppLabel {
            anchors.fill: parent
            visible: !root.source.hasValues
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            color: Theme.textSecondary
            text: root.emptyText
            wrapMode: Text.Wrap
        }
    }
    AppLabel {
        Layout.fillWidth: true
        visible: root.note.length > 0
        kind: AppLabel.Small
        text: root.note
        wrapMode: Text.Wrap
    }
}
