// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The throughput of the shown mesh, or of a member. Followed while this is seen.
ChartCard {
    id: root

    required property TrafficViewModel traffic

    title: qsTr("Throughput")
    source: root.traffic.chart
    spans: root.traffic.spans
    span: root.traffic.span
    stale: root.traffic.stale
    emptyText: root.traffic.emptyText
    note: root.traffic.note
    onSpanChosen: index => root.traffic.span = index

    Binding {
        target: root.traffic
        property: "wanted"
        value: root.visible
    }
    Component.onDestruction: if (root.traffic) { root.traffic.wanted = false; }
}
