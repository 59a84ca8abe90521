// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// The shortcuts of the window: one table for the keys, the tips and the sheet.
QtObject {
    id: root

    /// keys, what they do, and the name of the action.
    readonly property list<QtObject> entries: [
        ShortcutEntry { keys: "Ctrl+K"; action: "palette"; text: qsTr("Search everything") },
        ShortcutEntry { keys: "Ctrl+Shift+C"; action: "act"; text: qsTr("Connect or disconnect") },
        ShortcutEntry { keys: "Ctrl+M"; action: "choose"; text: qsTr("Choose a mesh") },
        ShortcutEntry { keys: "Ctrl+`"; action: "next"; text: qsTr("Next mesh") },
        ShortcutEntry { keys: "Ctrl+1"; action: "overview"; text: qsTr("Overview") },
        ShortcutEntry { keys: "Ctrl+2"; action: "peers"; text: qsTr("Members") },
        ShortcutEntry { keys: "Ctrl+3"; action: "graph"; text: qsTr("Graph") },
        ShortcutEntry { keys: "Ctrl+4"; action: "routes"; text: qsTr("Routes") },
        ShortcutEntry { keys: "Ctrl+5"; action: "access"; text: qsTr("Access") },
        ShortcutEntry { keys: "Ctrl+6"; action: "changes"; text: qsTr("Changes") },
        ShortcutEntry { keys: "Ctrl+7"; action: "diagnose"; text: qsTr("Diagnose") },
        ShortcutEntry { keys: "Ctrl+8"; more: "Ctrl+,"; action: "settings"; text: qsTr("Settings") },
        ShortcutEntry { keys: "Ctrl+D"; action: "review"; text: qsTr("Review the draft") },
        ShortcutEntry { keys: "Ctrl+Return"; more: "Ctrl+Enter"; action: "apply"; text: qsTr("Apply the draft") },
        ShortcutEntry { keys: "Ctrl+Z"; action: "undo"; text: qsTr("Take back the last edit under Access") },
        ShortcutEntry { keys: "Ctrl+F"; action: "find"; text: qsTr("Search the list") },
        ShortcutEntry { keys: "Ctrl+N"; action: "new"; text: qsTr("New: a device, a rule, a route") },
        ShortcutEntry { keys: "Ctrl+C"; action: "copy"; text: qsTr("Copy the address or network") },
        ShortcutEntry { keys: "Ctrl+Shift+N"; action: "copyName"; text: qsTr("Copy the member's name") },
        ShortcutEntry { keys: "Ctrl+P"; action: "ping"; text: qsTr("Ping the member") },
        ShortcutEntry { keys: "Ctrl+Shift+A"; action: "simulate"; text: qsTr("Who reaches whom?") },
        ShortcutEntry { keys: "Ctrl++"; more: "Ctrl+="; action: "zoomIn"; text: qsTr("Enlarge the graph") },
        ShortcutEntry { keys: "Ctrl+-"; action: "zoomOut"; text: qsTr("Shrink the graph") },
        ShortcutEntry { keys: "Ctrl+0"; action: "zoomFit"; text: qsTr("Show the whole graph") },
        ShortcutEntry { keys: "F6"; action: "region"; text: qsTr("Between rail and page") },
        ShortcutEntry { keys: "F1"; more: "Ctrl+/"; action: "shortcuts"; text: qsTr("Shortcuts") },
        ShortcutEntry { keys: "Ctrl+W"; action: "hide"; text: qsTr("Hide the window") },
        ShortcutEntry { keys: "Ctrl+Q"; action: "quit"; text: qsTr("Quit") }
    ]
}
