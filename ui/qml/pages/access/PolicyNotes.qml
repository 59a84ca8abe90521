// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What everybody should know of the rules as they are.
ColumnLayout {
    id: root

    required property AppViewModel app
    /// Also what concerns rules, groups, roles and bindings.
    property bool withRules: true
    readonly property AccessViewModel access: root.app.access

    visible: stale.visible || isolated.visible || open.visible || problem.visible
    spacing: Theme.s

    Banner {
        id: stale

        Layout.fillWidth: true
        visible: root.app.connection.stale && root.access.known
        tone: Look.Warn
        word: qsTr("Not current")
        text: qsTr("This is the last that was known. What you type is kept until it can be saved.")
    }
    Banner {
        id: isolated

        Layout.fillWidth: true
        visible: root.withRules && root.access.isolated
        tone: Look.Warn
        word: qsTr("Warning")
        text: qsTr("There is no rule: no member reaches any other. Make one that allows it.")
    }
    Banner {
        id: open

        Layout.fillWidth: true
        visible: root.withRules && root.access.rolesDisabled
        tone: Look.Warn
        word: qsTr("Warning")
        text: qsTr("Roles are switched off in this mesh: every member may change everything.")
    }
    Banner {
        id: problem

        Layout.fillWidth: true
        visible: root.withRules && root.access.problemText.length > 0
        tone: Look.Warn
        word: qsTr("Warning")
        text: root.access.problemText
    }
}
