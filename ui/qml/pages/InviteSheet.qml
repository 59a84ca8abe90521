// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// Inviting a device: a code to send, a picture to scan, and what became of earlier ones.
Sheet {
    id: root

    required property AppViewModel app
    readonly property InviteViewModel invite: root.app.invite
    property int tab: 0

    heading: qsTr("Invite a device")
    widest: 640
    onAboutToShow: {
        root.tab = 0;
        root.invite.refresh();
    }
    onClosed: root.invite.forgetCode()

    Segmented {
        name: qsTr("Invitations")
        options: [qsTr("New code"), qsTr("All invitations")]
        currentIndex: root.tab
        onChosen: index => root.tab = index
    }
    Banner {
        Layout.fillWidth: true
        visible: text.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.invite.errorText
    }
    Loader {
        Layout.fillWidth: true
        sourceComponent: root.tab === 1 ? all : root.invite.hasCode ? code : form
    }
    Component {
        id: form

        InviteForm { invite: root.invite }
    }
    Component {
        id: code

        InviteCode {
            app: root.app
            onDone: root.close()
        }
    }
    Component {
        id: all

        InviteList { invite: root.invite }
    }
}
