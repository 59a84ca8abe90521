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
        if (root.step === "create" && (create.item as CreateMeshForm)?.back()) { return; }
        if (root.step !== "choose") { root.goTo("choose"); } else if (root.canLeave) { root.leaveAsked(); }
    }

    Keys.onEscapePressed: root.back()

    ScrollPage {
        anchors.fill: parent
        widest: root.step === "choose" ? 860 : 600

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
            Layout.topMargin: Theme.xl
            active: root.step === "choose"
            visible: active
            sourceComponent: FirstRunChoice {
                app: root.app
                first: !root.canLeave
                onChosen: step => root.goTo(step)
            }
        }
        // What was typed stays while another way is looked at, and while the service is lost.
        Loader {
            id: create

            Layout.fillWidth: true
            visible: root.step === "create"
            active: visible || status === Loader.Ready
            sourceComponent: CreateMeshForm { firstRun: root.app.firstRun }
        }
        Loader {
            Layout.fillWidth: true
            visible: root.step === "join"
            active: visible || status === Loader.Ready
            sourceComponent: JoinForm { firstRun: root.app.firstRun }
        }
        Loader {
            Layout.fillWidth: true
            visible: root.step === "attach"
            active: visible || status === Loader.Ready
            sourceComponent: AttachForm { firstRun: root.app.firstRun }
        }
    }
}
