// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// The picture. Arrow keys go along links to the neighbour in that direction, Enter shows the
/// details, L lists the neighbours, + and - zoom, 0 fits.
FocusScope {
    id: root

    required property AppViewModel app
    required property bool editing
    readonly property GraphViewModel graph: root.app.graph
    /// Who clicks sees where the keyboard is by the chosen node.
    property bool byPointer: false

    signal detailsAsked(int node)
    signal menuAsked(int node, real x, real y)
    signal neighboursAsked(int node, real x, real y)
    signal linkAsked(int from, int to)
    signal saved(bool written, string path)

    function focusCanvas() { canvas.forceActiveFocus(Qt.ShortcutFocusReason); }
    function centreOn(node: int) { canvas.centreOn(node); }
    function zoom(factor: real) {
        if (factor > 0) { canvas.zoomBy(factor); } else { canvas.fit(); }
    }
    function save(path: string) { root.saved(canvas.exportPng(path), path); }
    /// Chooses a node and brings it into view.
    function reveal(node: int) {
        root.graph.current = node;
        const at = canvas.positionOf(node);
        const room = Theme.xxl;
        if (at.x < room || at.y < room || at.x > canvas.width - room || at.y > canvas.height - room) {
            canvas.centreOn(node);
        }
    }
    function walk(dx: int, dy: int) {
        const next = canvas.neighbourTowards(root.graph.current, dx, dy);
        if (next >= 0) { root.reveal(next); }
    }
    /// Where a menu for a node opens.
    function placeOf(node: int): point {
        const at = canvas.positionOf(node);
        return Qt.point(Math.max(0, Math.min(at.x, root.width)),
            Math.max(0, Math.min(at.y, root.height)));
    }
    function press(key: int): bool {
        switch (key) {
        case Qt.Key_Left: root.walk(-1, 0); return true;
        case Qt.Key_Right: root.walk(1, 0); return true;
        case Qt.Key_Up: root.walk(0, -1); return true;
        case Qt.Key_Down: root.walk(0, 1); return true;
        case Qt.Key_Plus: case Qt.Key_Equal: root.zoom(1.25); return true;
        case Qt.Key_Minus: root.zoom(0.8); return true;
        case Qt.Key_0: root.zoom(0); return true;
        default: return root.pressForNode(key);
        }
    }
    function pressForNode(key: int): bool {
        const node = root.graph.current;
        if (node < 0) { return false; }
        const at = root.placeOf(node);
        switch (key) {
        case Qt.Key_Return: case Qt.Key_Enter: root.detailsAsked(node); return true;
        case Qt.Key_L: root.neighboursAsked(node, at.x, at.y); return true;
        case Qt.Key_Menu: root.menuAsked(node, at.x, at.y); return true;
        default: return false;
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: root.editing ? 2 : Theme.border
        border.color: root.editing ? Theme.accent : Theme.hairline
    }
    GraphCanvas {
        id: canvas

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: strip.top
        anchors.margins: 2
        activeFocusOnTab: true
        focus: true
        clip: true
        source: root.graph
        current: root.graph.current
        editing: root.editing
        permissions: root.graph.permissions
        minimap: root.graph.count > 60
        surfaceColor: Theme.surface
        textColor: Theme.text
        secondaryTextColor: Theme.textSecondary
        linkColor: Theme.textSecondary
        idleLinkColor: Theme.outline
        accentColor: Theme.accent
        warnColor: Theme.warn
        relayColor: Theme.relay
        focusColor: Theme.focus
        series: Theme.series
        fontFamily: Theme.family
        fontPixelSize: Theme.small
        reduceMotion: Theme.reduceMotion
        Accessible.role: Accessible.Graphic
        Accessible.name: root.graph.current >= 0 ? root.graph.currentLine
            : qsTr("Graph of the mesh, %1").arg(root.graph.countText)
        Accessible.description: qsTr("Arrow keys go along links, Enter shows the details, L lists the neighbours. All of it stands under “View as list”.")
        Accessible.focusable: true

        Keys.onPressed: event => {
            root.byPointer = false;
            if (event.modifiers === Qt.NoModifier || event.modifiers === Qt.KeypadModifier
                    || event.key === Qt.Key_Plus) {
                event.accepted = root.press(event.key);
            }
        }
        // A node that went away stays the chosen one, in case it comes back.
        onCurrentChanged: if (canvas.current !== root.graph.current) { root.graph.current = canvas.current; }
        onNodeActivated: node => root.detailsAsked(node)
        onActiveFocusChanged: if (!canvas.activeFocus) { root.byPointer = false; }
        onNodeClicked: node => {
            root.byPointer = true;
            canvas.forceActiveFocus(Qt.MouseFocusReason);
            root.graph.current = node;
        }
        onContextAsked: (node, x, y) => {
            if (node >= 0) {
                root.graph.current = node;
                root.menuAsked(node, x, y);
            }
        }
        onLinkDrawn: (from, to) => root.linkAsked(from, to)
        onNodeDragged: (node, x, y) => root.graph.hold(node, x, y)
        onNodeDropped: node => root.graph.release(node)
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: strip.top
        anchors.margins: root.editing ? 2 : 1
        height: 1
        color: Theme.hairline
    }
    FocusRing { shown: canvas.activeFocus && !root.byPointer; gap: -2; around: Theme.radiusCard }
    RowLayout {
        id: strip

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.m
        anchors.rightMargin: Theme.xs
        anchors.bottomMargin: 2
        spacing: Theme.m

        GraphLegend {
            Layout.fillWidth: true
            Layout.topMargin: Theme.xs + 2
            Layout.bottomMargin: Theme.xs
            graph: root.graph
        }
        GraphZoom {
            Layout.alignment: Qt.AlignBottom
            onAsked: factor => root.zoom(factor)
        }
    }
}
