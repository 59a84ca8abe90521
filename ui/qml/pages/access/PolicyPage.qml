// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Lists of the objects that say who may do what, one kind at a time, with an editor at the side.
FocusScope {
    id: root

    required property AppViewModel app
    /// Empty where the page that it is part of has one.
    required property string heading
    required property string subheading
    required property string iconName
    required property list<PolicySection> sections
    /// What else has a tab here, behind the sections.
    property list<PolicyExtra> extras
    /// Whether it is about rules, and so shows what is wrong with them.
    property bool ofRules: true
    /// What else can be done here; empty: nothing.
    property string secondText
    property string secondIcon
    property int index: 0
    readonly property PolicySection section: root.sections[Math.min(root.index,
                                                                   root.sections.length - 1)]
    readonly property PolicyExtra extra: root.index < root.sections.length
        ? null : root.extras[root.index - root.sections.length]
    readonly property var tabs: {
        const tabs = [];
        // A list of QML 6.4 is no iterable.
        for (let i = 0; i < root.sections.length; ++i) { tabs.push(root.sections[i]); }
        for (let i = 0; i < root.extras.length; ++i) { tabs.push(root.extras[i]); }
        return tabs;
    }
    readonly property AccessViewModel access: root.app.access
    readonly property int margin: root.width < 780 ? Theme.l : Theme.xl
    property int topMargin: root.margin
    readonly property bool beside: root.width >= 860
    readonly property int drawerWidth: Math.min(root.width,
        Math.round(400 * Math.min(1.25, Theme.textScale)))
    readonly property bool editing: root.extra ? root.extra.editing : root.section.editor.isOpen
    readonly property bool dirty: root.extra ? root.extra.dirty : root.section.editor.dirty
    readonly property string editedText: root.extra ? root.extra.heading
                                                    : root.section.editor.heading
    readonly property Component side: root.extra || !root.access.known ? null : root.section.side
    /// Beside the list rather than in a sheet.
    readonly property bool sideFits: (root.Window.width ?? 0) >= 1180 * Math.min(1.25, Theme.textScale)
        && !root.editing
    readonly property string newText: root.extra ? root.extra.newText : root.section.newText

    signal secondAsked

    function find() {
        if (!root.extra) { search.forceActiveFocus(Qt.ShortcutFocusReason); }
    }
    function focusList() {
        const target = (root.extra ? extraView.item : rows.list) as Item;
        if (target) { target.forceActiveFocus(Qt.ShortcutFocusReason); }
    }
    /// Throws away what was typed.
    function dropEditor() {
        if (root.extra) { root.extra.dropped(); } else { root.section.editor.close(); }
    }
    /// Runs `step` when nothing typed is lost by it, else asks first.
    function leaving(step: var) {
        if (root.dirty) {
            unsaved.step = step;
            unsaved.open();
        } else {
            step();
        }
    }
    function show(index: int) {
        root.leaving(() => {
            root.dropEditor();
            root.index = index;
        });
    }
    function open(key: string) {
        if (key !== root.section.editor.key || !root.editing) {
            root.leaving(() => root.section.editor.openKey(key));
        }
    }
    function makeNew() {
        root.leaving(() => {
            if (root.extra) {
                root.extra.newAsked();
                extraDrawer.item?.focusFirst();
            } else {
                root.section.editor.openNew();
                drawer.focusFirst();
            }
        });
    }
    function askNew() {
        if (root.access.known && root.newText.length > 0 && root.app.readOnlyText.length === 0) {
            root.makeNew();
        }
    }
    function closeEditor() {
        root.leaving(() => {
            root.dropEditor();
            root.focusList();
        });
    }
    function askRemoval() {
        if (root.extra) {
            if (root.editing) { root.extra.removalAsked(); }
        } else if (root.editing && !root.section.editor.isNew
                && root.section.editor.readOnlyText.length === 0) {
            removal.open();
        }
    }
    function saveEditor() {
        if (root.extra) { root.extra.saveAsked(); }
        else if (root.section.editor.canDraft) { root.section.editor.addToDraft(); }
        else { root.section.editor.save(); }
    }

    Keys.onPressed: event => {
        if (event.key === Qt.Key_Escape && root.editing) {
            root.closeEditor();
            event.accepted = true;
        } else if (event.matches(StandardKey.Save) && root.editing) {
            root.saveEditor();
            event.accepted = true;
        }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: root.margin
        anchors.topMargin: root.topMargin
        anchors.bottomMargin: root.margin
        anchors.rightMargin: root.margin + (root.beside && root.editing ? root.drawerWidth : 0)
        spacing: Theme.l

        RowLayout {
            id: head

            /// No room for all words beside an open editor.
            readonly property bool tight: head.width < title.implicitWidth + second.implicitWidth
                + first.implicitWidth + 2 * head.spacing

            Layout.fillWidth: true
            spacing: Theme.m

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppLabel {
                    id: title

                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: root.heading
                    kind: AppLabel.Title
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: root.subheading
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                }
            }
            Row {
                // Not of the layout itself: in Qt 6.4 a row that loses a button while it becomes
                // narrower keeps the widths of before.
                spacing: Theme.m

                IconButton {
                    visible: root.access.known && root.secondText.length > 0 && head.tight
                    name: root.secondText
                    iconName: root.secondIcon
                    onClicked: root.secondAsked()
                }
                AppButton {
                    id: second

                    visible: root.access.known && root.secondText.length > 0 && !head.tight
                    iconName: root.secondIcon
                    text: root.secondText
                    onPressedAllowed: root.secondAsked()
                }
                AppButton {
                    visible: root.side !== null && !root.sideFits && !root.editing
                    iconName: "changes"
                    text: root.section.sideText
                    onPressedAllowed: effect.open()
                }
            }
            AppButton {
                id: first

                kind: AppButton.Primary
                visible: root.access.known && root.newText.length > 0
                iconName: "plus"
                text: root.newText
                hint: root.app.readOnlyText
                onPressedAllowed: root.makeNew()
            }
        }
        PolicyTabs {
            Layout.fillWidth: true
            visible: root.tabs.length > 1 && root.access.known
            sections: root.tabs
            index: root.index
            onChosen: index => root.show(index)
        }
        PolicyNotes {
            Layout.fillWidth: true
            app: root.app
            withRules: root.ofRules && !root.extra
        }
        AppTextField {
            id: search

            Layout.fillWidth: true
            Layout.maximumWidth: 340
            visible: !root.extra && root.section.model.total > 5
            name: qsTr("Search %1").arg(root.section.name)
            placeholderText: qsTr("Name or content")
            iconName: "search"
            text: root.section.model.searchText
            onTextEdited: root.section.model.searchText = text
            Keys.onDownPressed: root.focusList()
            Keys.onEscapePressed: root.section.model.searchText = ""
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !root.extra && root.section.model.count > 0
            spacing: Theme.l

            PolicyList {
                id: rows

                Layout.fillWidth: true
                Layout.fillHeight: true
                opacity: root.app.connection.stale ? 0.75 : 1
                name: root.section.name
                model: root.section.model
                editor: root.section.editor
                order: root.section.order
                onOpened: key => root.open(key)
                onRemovalAsked: key => {
                    root.open(key);
                    root.askRemoval();
                }
            }
            Loader {
                Layout.preferredWidth: Math.round(320 * Math.min(1.25, Theme.textScale))
                Layout.fillHeight: true
                active: root.side !== null && root.sideFits && root.visible
                visible: active
                sourceComponent: root.side
            }
        }
        PolicyEmpty {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.extra ? !root.access.known : root.section.model.count === 0
            app: root.app
            section: root.section
            iconName: root.iconName
            onNewAsked: root.makeNew()
        }
        Loader {
            id: extraView

            Layout.fillWidth: true
            Layout.fillHeight: true
            active: root.extra !== null && root.access.known
            visible: active
            sourceComponent: root.extra?.view ?? null
        }
    }
    Loader {
        id: extraDrawer

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: root.drawerWidth
        active: root.extra !== null && root.extra.drawer !== null && root.editing
        visible: active
        sourceComponent: root.extra?.drawer ?? null
    }
    PolicyDrawer {
        id: drawer

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: root.drawerWidth
        visible: !root.extra && root.editing
        editor: root.section.editor
        form: root.section.form
        onCloseAsked: root.closeEditor()
        onRemovalAsked: root.askRemoval()
        onSaveAsked: root.section.editor.save()
    }
    ConfirmSheet {
        id: unsaved

        property var step: () => {}

        heading: qsTr("Throw away what you typed?")
        text: qsTr("%1 is not saved.").arg(root.editedText)
        confirmText: qsTr("Throw away")
        onConfirmed: {
            const step = unsaved.step;
            root.dropEditor();
            step();
        }
    }
    EffectSheet {
        id: effect

        heading: root.section.sideText
        side: root.side
    }
    RemovalSheet {
        id: removal

        editor: root.section.editor
    }
}
