// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import QtQuick.Layouts
import Weft

/// Making a mesh, joining one with a code, attaching to a service.
FocusScope {
    id: root

    required property AppViewModel app
    /// There is something to go back to.
    required property bool canLeave
    property string step: "choose"

    signal leaveAsked

    function goTo(step: string) {
        root.app.firstRun.reset();
        root.step = step;
    }
    function back() {
        if (root.step !== "choose") { root.goTo("choose"); } else if (root.canLeave) { root.leaveAsked(); }
    }

    Keys.onEscapePressed: root.back()

    ScrollPage {
        anchors.fill: parent
        widest: root.step === "choose" ? 860 : 560

        SandboxBanner {
            Layout.fillWidth: true
            firstRun: root.app.firstRun
        }
        AppButton {
            visible: root.step !== "choose" || root.canLeave
            kind: AppButton.Plain
            iconName: "back"
            text: qsTr("Back")
            onPressedAllowed: root.back()
        }
        Loader {
            Layout.fillWidth: true
            Layout.topMargin: root.step === "choose" ? Theme.xl : 0
            sourceComponent: root.step === "create" ? create
                : root.step === "join" ? join : root.step === "attach" ? attach : choose
        }
    }
    Component {
        id: choose

        FirstRunChoice {
            app: root.app
            first: !root.canLeave
            onChosen: step => root.goTo(step)
        }
    }
    Component {
        id: create

        CreateMeshForm { firstRun: root.app.firstRun }
    }
    Component {
        id: join

        JoinForm { firstRun: root.app.firstRun }
    }
    Component {
        id: attach

        AttachForm { firstRun: root.app.firstRun }
    }
}
