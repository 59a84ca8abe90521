// SPDX-License-Identifier: Apache-2.0
pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

/// Colours, sizes, fonts and durations of the window. Contrasts are kept: text 4.5:1 or more on
/// every ground it stands on, parts of controls 3:1.
QtObject {
    id: root

    property bool dark: false
    property real textScale: 1
    property bool reduceMotion: false

    readonly property color bg: root.dark ? "#14171C" : "#F6F7F9"
    readonly property color surface: root.dark ? "#1C2027" : "#FFFFFF"
    readonly property color sunken: root.dark ? "#0F1216" : "#ECEEF2"
    readonly property color hairline: root.dark ? "#343B46" : "#D5D9E0"
    readonly property color outline: root.dark ? "#78828F" : "#7D8694"
    readonly property color text: root.dark ? "#EDF0F4" : "#15191F"
    readonly property color textSecondary: root.dark ? "#B6BECA" : "#4A5361"
    readonly property color textTertiary: root.dark ? "#939DAB" : "#626B79"
    readonly property color accent: root.dark ? "#7FB0FF" : "#1F5FD6"
    readonly property color accentText: root.dark ? "#0B1220" : "#FFFFFF"
    readonly property color ok: root.dark ? "#57D08B" : "#16753C"
    readonly property color warn: root.dark ? "#F2B24C" : "#8F5400"
    readonly property color error: root.dark ? "#FF8A80" : "#B32424"
    readonly property color relay: root.dark ? "#C79BFF" : "#7A3FC0"
    readonly property color tintAccent: root.dark ? "#182F55" : "#E6EEFC"
    readonly property color tintOk: root.dark ? "#143524" : "#E3F4EA"
    readonly property color tintWarn: root.dark ? "#3A2A0E" : "#FBEFD9"
    readonly property color tintError: root.dark ? "#431D1C" : "#FCE8E8"
    readonly property color tintRelay: root.dark ? "#33224D" : "#F1E9FB"
    readonly property color focus: root.dark ? "#A9C9FF" : "#1F5FD6"
    /// Laid over a control under the pointer, and stronger while it is pressed.
    readonly property color hover: root.dark ? "#0AFFFFFF" : "#0A15191F"
    readonly property color pressed: root.dark ? "#16FFFFFF" : "#1615191F"
    readonly property color scrim: root.dark ? "#99080A0D" : "#6615191F"

    /// By Look.Tone: the ink, and the tint it stands on. var: QML 6.4 has no list of colours.
    readonly property var toneInks: [root.textSecondary, root.accent, root.ok, root.warn,
        root.error, root.relay]
    readonly property var toneTints: [root.sunken, root.tintAccent, root.tintOk, root.tintWarn,
        root.tintError, root.tintRelay]

    /// Of charts and of the graph, 3:1 or more on the surface.
    readonly property var series: root.dark
        ? ["#7FB0FF", "#FFA85C", "#57D08B", "#C79BFF", "#FF8FBF", "#5CCFE0"]
        : ["#1F5FD6", "#B4580A", "#16753C", "#7A3FC0", "#B32468", "#0B7285"]

    readonly property int xs: 4
    readonly property int s: 8
    readonly property int m: 12
    readonly property int l: 16
    readonly property int xl: 24
    readonly property int xxl: 32
    readonly property int huge: 48

    readonly property int radiusControl: 6
    readonly property int radiusCard: 10
    readonly property int radiusSheet: 14

    readonly property int display: Math.round(28 * root.textScale)
    readonly property int title: Math.round(20 * root.textScale)
    readonly property int section: Math.round(16 * root.textScale)
    readonly property int body: Math.round(14 * root.textScale)
    readonly property int small: Math.max(12, Math.round(12 * root.textScale))
    readonly property int mono: Math.round(13 * root.textScale)
    readonly property FontMetrics desktopFont: FontMetrics {}
    readonly property string family: root.desktopFont.font.family
    readonly property string monoFamily: Qt.platform.os === "windows" ? "Cascadia Mono"
        : Qt.platform.os === "osx" ? "SF Mono" : "monospace"

    readonly property int controlHeight: Math.max(34, Math.round(34 * root.textScale))
    readonly property int rowHeight: Math.max(44, Math.round(44 * root.textScale))
    readonly property int iconSize: Math.round(20 * Math.min(root.textScale, 1.25))

    readonly property int quick: root.reduceMotion ? 0 : 120
    readonly property int slide: root.reduceMotion ? 0 : 180
    readonly property int fade: root.reduceMotion ? 0 : 200

    function ink(tone: int): color { return root.toneInks[tone]; }
    function tint(tone: int): color { return root.toneTints[tone]; }
}
