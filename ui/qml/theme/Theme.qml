// SPDX-License-Identifier: Apache-2.0
pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

/// Colours, sizes, fonts and durations of the window. Contrasts are kept: text 4.5:1 or more on
/// every ground it stands on, parts of controls 3:1.
QtObject {
    id: root

    property bool dark: false
    /// Black and white, strong borders, no tints.
    property bool highContrast: false
    property bool compact: false
    property real textScale: 1
    property bool reduceMotion: false
    /// The language runs from right to left: what has an x of its own turns it around.
    // The linter of Qt 6.4 knows the application without a window only.
    // qmllint disable type
    readonly property bool mirrored: Qt.application.layoutDirection === Qt.RightToLeft
    // qmllint enable type

    /// By theme: which of the colours of a token counts.
    readonly property int choice: (root.highContrast ? 2 : 0) + (root.dark ? 1 : 0)

    readonly property color bg: ["#F6F7F9", "#14171C", "#FFFFFF", "#000000"][root.choice]
    readonly property color surface: ["#FFFFFF", "#1C2027", "#FFFFFF", "#000000"][root.choice]
    readonly property color sunken: ["#ECEEF2", "#0F1216", "#FFFFFF", "#000000"][root.choice]
    readonly property color hairline: ["#D5D9E0", "#343B46", "#000000", "#FFFFFF"][root.choice]
    readonly property color outline: ["#7D8694", "#78828F", "#000000", "#FFFFFF"][root.choice]
    readonly property color text: ["#15191F", "#EDF0F4", "#000000", "#FFFFFF"][root.choice]
    readonly property color textSecondary: ["#4A5361", "#B6BECA", "#000000", "#FFFFFF"][root.choice]
    readonly property color textTertiary: ["#5B6472", "#939DAB", "#000000", "#FFFFFF"][root.choice]
    readonly property color accent: ["#1F5FD6", "#7FB0FF", "#0000E6", "#FFFF00"][root.choice]
    readonly property color accentText: ["#FFFFFF", "#0B1220", "#FFFFFF", "#000000"][root.choice]
    readonly property color ok: ["#16753C", "#57D08B", "#005A24", "#5CFF9D"][root.choice]
    readonly property color warn: ["#8F5400", "#F2B24C", "#6B3E00", "#FFC24D"][root.choice]
    readonly property color error: ["#B32424", "#FF8A80", "#A00000", "#FF9A92"][root.choice]
    readonly property color relay: ["#7A3FC0", "#C79BFF", "#5B1FA0", "#DDB8FF"][root.choice]
    readonly property color tintAccent: ["#E6EEFC", "#182F55", "#FFFFFF", "#000000"][root.choice]
    readonly property color tintOk: ["#E3F4EA", "#143524", "#FFFFFF", "#000000"][root.choice]
    readonly property color tintWarn: ["#FBEFD9", "#3A2A0E", "#FFFFFF", "#000000"][root.choice]
    readonly property color tintError: ["#FCE8E8", "#431D1C", "#FFFFFF", "#000000"][root.choice]
    readonly property color tintRelay: ["#F1E9FB", "#33224D", "#FFFFFF", "#000000"][root.choice]
    readonly property color focus: ["#1F5FD6", "#A9C9FF", "#0000E6", "#FFFF00"][root.choice]
    /// Laid over a control under the pointer, and stronger while it is pressed.
    readonly property color hover: ["#0A15191F", "#0AFFFFFF", "#14000000", "#26FFFFFF"][root.choice]
    readonly property color pressed: ["#1415191F", "#16FFFFFF", "#24000000", "#3DFFFFFF"][root.choice]
    readonly property color scrim: ["#6615191F", "#99080A0D", "#99FFFFFF", "#99000000"][root.choice]

    /// By Look.Tone: the ink, and the tint it stands on. var: QML 6.4 has no list of colours.
    readonly property var toneInks: [root.textSecondary, root.accent, root.ok, root.warn,
        root.error, root.relay]
    readonly property var toneTints: [root.sunken, root.tintAccent, root.tintOk, root.tintWarn,
        root.tintError, root.tintRelay]

    /// Of charts and of the graph, 3:1 or more on the surface.
    readonly property var series: [
        ["#1F5FD6", "#B4580A", "#16753C", "#7A3FC0", "#B32468", "#0B7285"],
        ["#7FB0FF", "#FFA85C", "#57D08B", "#C79BFF", "#FF8FBF", "#5CCFE0"],
        ["#0000E6", "#8A3C00", "#005A24", "#5B1FA0", "#8F0045", "#00505E"],
        ["#FFFF00", "#FFB366", "#5CFF9D", "#DDB8FF", "#FF9CCB", "#66E8FF"]][root.choice]

    /// The line around cards and controls.
    readonly property int border: root.highContrast ? 2 : 1
    /// Around what stands apart by its tint alone otherwise.
    readonly property int tintBorder: root.highContrast ? 2 : 0

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
    readonly property int row: root.compact ? 36 : 44
    readonly property int rowHeight: Math.max(root.row, Math.round(root.row * root.textScale))
    /// Of cards, and between them.
    readonly property int padding: root.compact ? root.m : root.l
    readonly property int iconSize: Math.round(20 * Math.min(root.textScale, 1.25))

    readonly property int quick: root.reduceMotion ? 0 : 120
    readonly property int slide: root.reduceMotion ? 0 : 180
    readonly property int fade: root.reduceMotion ? 0 : 200

    function ink(tone: int): color { return root.toneInks[tone]; }
    function tint(tone: int): color { return root.toneTints[tone]; }
}
