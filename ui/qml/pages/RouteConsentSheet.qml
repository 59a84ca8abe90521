// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Asks before a route is accepted that changes much: whose it is, and what follows.
Sheet {
    id: root

    required property AppViewModel app
    property string routeKey
    property string question
    property string publicKey
    property var consequences: []  // list of texts
    property bool everybody: false

    function ask(row: RouteRow) {
        root.routeKey = row.routeKey;
        root.question = row.question;
        root.publicKey = row.publicKey;
        root.consequences = row.consequences;
        root.everybody = false;
        root.open();
    }
    /// The same about a way to the Internet.
    function askFor(exits: ExitNodes) {
        root.routeKey = exits.askedKey;
        root.question = exits.question;
        root.publicKey = exits.publicKey;
        root.consequences = exits.consequences;
        root.everybody = false;
        root.open();
    }

    heading: root.question
    widest: 560
    footer: [
        AppButton {
            kind: AppButton.Primary
            text: qsTr("Accept")
            onPressedAllowed: {
                root.app.routes.accept(root.routeKey);
                root.close();
            }
        },
        AppButton {
            text: qsTr("Refuse")
            onPressedAllowed: {
                root.app.routes.refuse(root.routeKey, root.everybody);
                root.close();
            }
        },
        AppButton {
            kind: AppButton.Plain
            text: qsTr("Not now")
            onPressedAllowed: root.close()
        },
        Item { Layout.fillWidth: true }
    ]

    Repeater {
        model: root.consequences

        AppLabel {
            required property string modelData

            Layout.fillWidth: true
            text: modelData
            wrapMode: Text.Wrap
        }
    }
    CopyField {
        Layout.fillWidth: true
        label: qsTr("Its key")
        value: root.publicKey
        mono: true
        wrap: true
        onCopied: (value, label) => root.app.copy(value, label)
    }
    AppLabel {
        Layout.fillWidth: true
        visible: root.publicKey.length > 0
        text: qsTr("Your answer holds for the key that the member has now; with another key you are asked again. You can take it back under “In use” at any time.")
        kind: AppLabel.Small
        wrapMode: Text.Wrap
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Refuse it from everybody")
        help: qsTr("A refusal then holds for each member of this mesh that offers it, now and later.")

        AppSwitch {
            name: qsTr("Refuse it from everybody")
            on: root.everybody
            onAsked: on => root.everybody = on
        }
    }
}
