// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What others changed in the same places as the draft.
Item {
    id: root

    required property AppViewModel app
    required property bool stacked
    readonly property ChangesViewModel changes: root.app.changes

    ScrollPage {
        anchors.fill: parent
        // Room for the scroll bar beside the cards.
        anchors.leftMargin: -Theme.m
        anchors.rightMargin: -Theme.m
        visible: root.changes.conflicts.count > 0
        margin: Theme.m

        AppLabel {
            Layout.fillWidth: true
            text: qsTr("Others changed these since your edits began. The draft can be applied once you have decided; nothing you typed is lost.")
            color: Theme.textSecondary
            wrapMode: Text.Wrap
        }
        Repeater {
            model: root.changes.conflicts

            ConflictCard {
                Layout.fillWidth: true
                app: root.app
                changes: root.changes
                stacked: root.stacked
            }
        }
    }
    EmptyPane {
        anchors.fill: parent
        visible: root.changes.conflicts.count === 0
        iconName: "check"
        text: qsTr("No conflicts")
        detail: qsTr("When somebody changes the same as your draft, both stand here beside each other.")
    }
}
