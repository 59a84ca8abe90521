// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Which core the window works with: its own, or a service that runs on this computer.
ColumnLayout {
    id: root

    required property FirstRunViewModel firstRun

    spacing: Theme.l
    Component.onCompleted: root.firstRun.lookForSockets()

    AppLabel {
        Layout.fillWidth: true
        text: qsTr("Attach to a service")
        kind: AppLabel.Title
    }
    AppLabel {
        Layout.fillWidth: true
        text: root.firstRun.embedded
            ? qsTr("The window works with its built-in core now. A service goes on when the window is closed and nobody is logged in.")
            : qsTr("The window works with the service at %1 now.").arg(root.firstRun.currentCore)
        color: Theme.textSecondary
        wrapMode: Text.Wrap
    }
    Banner {
        Layout.fillWidth: true
        visible: text.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.firstRun.errorText
    }
    Card {
        Layout.fillWidth: true
        inset: Theme.xl

        AppLabel {
            Layout.fillWidth: true
            text: root.firstRun.foundSockets.length > 0 ? qsTr("Found on this computer")
                                                        : qsTr("No service was found at the usual places.")
            kind: AppLabel.Strong
            wrapMode: Text.Wrap
        }
        Repeater {
            model: root.firstRun.foundSockets

            RowLayout {
                id: found

                required property string modelData

                Layout.fillWidth: true
                spacing: Theme.m

                AppLabel {
                    Layout.fillWidth: true
                    text: found.modelData
                    kind: AppLabel.Mono
                    elide: Text.ElideMiddle
                }
                AppButton {
                    text: qsTr("Attach")
                    busy: root.firstRun.busy
                    onPressedAllowed: root.firstRun.attach(found.modelData)
                }
            }
        }
        FormField {
            id: path

            Layout.fillWidth: true
            label: qsTr("Another socket")
            placeholder: "/run/weft/weft.sock"
            mono: true
            help: qsTr("A path on this computer. Weft never talks to its service over the network.")
            onAccepted: root.firstRun.attach(path.text)
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s

            AppButton {
                kind: AppButton.Primary
                text: qsTr("Attach")
                busy: root.firstRun.busy
                hint: path.text.trim().length > 0 ? "" : qsTr("Enter the path of a socket.")
                onPressedAllowed: root.firstRun.attach(path.text)
            }
            AppButton {
                text: qsTr("Look again")
                iconName: "refresh"
                onPressedAllowed: root.firstRun.lookForSockets()
            }
            AppButton {
                visible: !root.firstRun.embedded
                text: qsTr("Use the built-in core")
                busy: root.firstRun.busy
                onPressedAllowed: root.firstRun.embedCore()
            }
        }
    }
}
