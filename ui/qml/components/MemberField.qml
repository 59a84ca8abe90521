// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// The name of one member, offered while it is typed.
ColumnLayout {
    id: root

    required property SimulatorViewModel simulator
    required property string label
    required property string problem
    property string value
    readonly property alias field: input

    signal edited(string text)

    function take(name: string) {
        input.text = name;
        list.close();
        root.edited(name);
    }

    onValueChanged: if (input.text !== root.value) { input.text = root.value; }

    spacing: Theme.xs

    AppLabel {
        Layout.fillWidth: true
        text: root.label
        kind: AppLabel.Strong
        Accessible.ignored: true
    }
    AppTextField {
        id: input

        // Wrong is what stands when somebody has left it, not what is being typed.
        readonly property string told: activeFocus ? "" : root.problem

        Layout.fillWidth: true
        name: root.label
        placeholderText: qsTr("Name of a member")
        wrong: told.length > 0
        Accessible.description: told
        onTextEdited: {
            root.edited(text);
            choices.currentIndex = -1;
        }
        Keys.onDownPressed: if (list.opened) { choices.incrementCurrentIndex(); }
        Keys.onUpPressed: if (list.opened) { choices.decrementCurrentIndex(); }
        Keys.onReturnPressed: event => {
            if (list.opened && list.found.length > 0) {
                root.take(list.found[Math.max(0, choices.currentIndex)]);
            }
            event.accepted = true;
        }

        T.Popup {
            id: list

            readonly property var found: input.activeFocus && input.text.trim().length > 0
                ? root.simulator.suggestions(input.text) : []

            y: input.height + 2
            width: input.width
            padding: Theme.xs
            height: Math.min(240, choices.contentHeight + 2 * Theme.xs)
            closePolicy: T.Popup.NoAutoClose
            visible: list.found.length > 0
            background: Rectangle {
                radius: Theme.radiusControl
                color: Theme.surface
                border.width: Theme.border
                border.color: Theme.outline
            }
            contentItem: ListView {
                id: choices

                implicitHeight: contentHeight
                clip: true
                currentIndex: -1
                model: list.found
                delegate: MenuRow {
                    required property string modelData

                    width: ListView.view.width
                    implicitHeight: 34
                    focusPolicy: Qt.NoFocus
                    highlighted: ListView.isCurrentItem
                    text: modelData
                    onClicked: root.take(modelData)
                }
            }
        }
    }
    AppLabel {
        Layout.fillWidth: true
        visible: text.length > 0
        text: input.told
        kind: AppLabel.Small
        color: Theme.error
        wrapMode: Text.Wrap
    }
}
