// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import Weft

/// The editor of a link that was drawn. Asks before what was typed is lost.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property EdgeEditor editor: root.app.access.edge

    signal closed

    function focusFirst() { drawer.focusFirst(); }
    function close() {
        root.editor.close();
        root.closed();
    }
    function askClose() {
        if (root.editor.dirty) { unsaved.open(); } else { root.close(); }
    }

    Keys.onEscapePressed: root.askClose()
    Keys.onPressed: event => {
        if (event.matches(StandardKey.Save)) {
            if (root.editor.canDraft) { root.editor.addToDraft(); } else { root.editor.save(); }
            event.accepted = true;
        }
    }

    PolicyDrawer {
        id: drawer

        anchors.fill: parent
        editor: root.editor
        form: Component { EdgeForm { app: root.app } }
        onCloseAsked: root.askClose()
        onRemovalAsked: removal.open()
        onSaveAsked: root.editor.save()
    }
    ConfirmSheet {
        id: unsaved

        heading: qsTr("Throw away what you typed?")
        text: qsTr("%1 is not saved.").arg(root.editor.heading)
        confirmText: qsTr("Throw away")
        onConfirmed: root.close()
    }
    RemovalSheet {
        id: removal

        editor: root.editor
    }
}
