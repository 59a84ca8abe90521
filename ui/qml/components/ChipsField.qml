// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Weft

/// A list of names: each in a pill that can be taken away, and a field that adds one. Wrong ones are
/// not added, and the field says why.
ColumnLayout {
    id: root

    required property AccessViewModel access
    required property string label
    property string help
    property string problem
    property string placeholder
    property var entries: []  // list of texts; var: delegates index it
    property bool readOnly: false
    /// Networks instead of names.
    property bool networks: false
    /// Members are offered; with groups as "group:NAME".
    property bool suggests: true
    property bool withGroups: false
    /// What the entries are, as a picture; empty: none. Groups have their own.
    property string iconName
    /// Marks members and groups that are not there.
    property bool marksUnknown: root.suggests && !root.networks
    /// Offers "Everybody".
    property bool withEverybody: false
    readonly property string typedProblem: input.text.trim().length > 0 && !input.activeFocus
        ? root.access.entryProblem(input.text, root.networks) : ""

    signal changed(var entries)

    function without(index: int): var { return root.entries.filter((each, i) => i !== index); }
    function add(typed: string) {
        if (root.access.entryProblem(typed, root.networks).length > 0) {
            return;
        }
        const entries = root.access.withEntry(root.entries, typed);
        if (entries.length > 0) {
            input.text = "";
            root.changed(entries);
        }
    }
    /// A list that was copied elsewhere: wrong ones stay in the field.
    function addAll(typed: var) {
        let entries = root.entries;
        const wrong = [];
        for (const each of typed) {
            if (root.access.entryProblem(each, root.networks).length > 0) { wrong.push(each); }
            else { entries = root.access.withEntry(entries, each); }
        }
        input.text = wrong.join(" ");
        root.changed(entries);
    }
    /// What is typed and not added yet counts too.
    function commit() { root.add(input.text); }

    Layout.fillHeight: false
    spacing: Theme.xs

    AppLabel {
        Layout.fillWidth: true
        text: root.label
        kind: AppLabel.Strong
        Accessible.ignored: true
    }
    Flow {
        Layout.fillWidth: true
        visible: root.entries.length > 0
        spacing: Theme.xs

        Repeater {
            model: root.entries

            Rectangle {
                id: pill

                required property int index
                required property string modelData
                readonly property string shown: root.access.shownEntry(pill.modelData)
                readonly property bool isGroup: pill.modelData.startsWith("group:")
                // Asked anew when the groups change.
                readonly property bool unknown: root.marksUnknown && root.access.groupNames
                    && root.access.isUnknown(pill.modelData)

                width: Math.min(root.width, text.implicitWidth + Theme.m
                    + (picture.visible ? picture.width + Theme.xs : 0)
                    + (root.readOnly ? Theme.m : take.width))
                height: Math.max(28, text.implicitHeight + 8)
                radius: height / 2
                color: pill.modelData === "*" ? Theme.tintAccent
                    : pill.unknown ? Theme.tint(Look.Warn) : Theme.sunken

                Icon {
                    id: picture

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.m
                    anchors.verticalCenter: parent.verticalCenter
                    visible: pill.modelData !== "*" && (pill.unknown || root.iconName.length > 0)
                    name: pill.unknown ? "warning" : pill.isGroup ? "peers" : root.iconName
                    size: 14
                    color: pill.unknown ? Theme.ink(Look.Warn) : Theme.textTertiary
                    Accessible.role: Accessible.Graphic
                    Accessible.name: pill.unknown ? qsTr("%1 is not in the mesh").arg(pill.shown)
                        : pill.isGroup ? qsTr("Group") : root.label
                }
                AppLabel {
                    id: text

                    anchors.left: picture.visible ? picture.right : parent.left
                    anchors.leftMargin: picture.visible ? Theme.xs : Theme.m
                    anchors.right: root.readOnly ? parent.right : take.left
                    anchors.verticalCenter: parent.verticalCenter
                    text: pill.shown
                    kind: root.networks ? AppLabel.Mono : AppLabel.Body
                    color: pill.modelData === "*" ? Theme.accent
                        : pill.unknown ? Theme.ink(Look.Warn) : Theme.text
                }
                IconButton {
                    id: take

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    visible: !root.readOnly
                    implicitWidth: 28
                    implicitHeight: 28
                    name: qsTr("Take away %1").arg(pill.shown)
                    iconName: "close"
                    onClicked: root.changed(root.without(pill.index))
                }
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        visible: !root.readOnly
        spacing: Theme.s

        AppTextField {
            id: input

            Layout.fillWidth: true
            name: qsTr("Add to %1").arg(root.label)
            placeholderText: root.placeholder
            mono: root.networks
            wrong: root.problem.length > 0 || root.typedProblem.length > 0
            Accessible.description: note.text
            onAccepted: root.commit()
            onActiveFocusChanged: if (!activeFocus && !list.opened) { root.commit(); }
            onTextEdited: {
                if (text.endsWith(",") || text.endsWith(" ")) { root.add(text.slice(0, -1)); }
            }
            Keys.onPressed: event => {
                const pasted = event.matches(StandardKey.Paste) ? root.access.pasted() : [];
                if (pasted.length > 0) {
                    root.addAll(pasted);
                    event.accepted = true;
                }
            }
            Keys.onDownPressed: if (list.opened) { choices.incrementCurrentIndex(); }
            Keys.onUpPressed: if (list.opened) { choices.decrementCurrentIndex(); }
            Keys.onReturnPressed: event => {
                if (list.opened && choices.currentIndex >= 0) {
                    root.add(list.found[choices.currentIndex]);
                } else {
                    root.commit();
                }
                event.accepted = true;
            }
            Keys.onEscapePressed: event => {
                event.accepted = text.length > 0;
                text = "";
            }

            T.Popup {
                id: list

                readonly property var found: root.suggests && !root.networks
                    && input.activeFocus && input.text.trim().length > 0
                    ? root.access.suggestions(input.text.trim(), root.withGroups, root.entries) : []

                y: input.height + 2
                width: input.width
                padding: 4
                height: Math.min(240, choices.contentHeight + 8)
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
                        required property int index

                        width: ListView.view.width
                        implicitHeight: 34
                        focusPolicy: Qt.NoFocus
                        highlighted: ListView.isCurrentItem
                        text: root.access.shownEntry(modelData)
                        onClicked: root.add(modelData)
                    }
                }
            }
        }
        AppButton {
            visible: root.withEverybody && !root.entries.includes("*")
            text: qsTr("Everybody")
            onPressedAllowed: root.changed(["*"])
        }
    }
    AppLabel {
        id: note

        Layout.fillWidth: true
        visible: text.length > 0
        kind: AppLabel.Small
        readonly property string wrong: root.problem.length > 0 ? root.problem : root.typedProblem
        color: wrong.length > 0 ? Theme.error : Theme.textTertiary
        text: wrong.length > 0 ? wrong : root.help
        wrapMode: Text.Wrap
    }
}
