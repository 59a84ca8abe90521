// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// What the service writes into its log, as it comes. Follows the end until somebody scrolls up.
FocusScope {
    id: root

    required property AppViewModel app
    /// More about what is shown than the level and a text.
    property bool choosing: false
    readonly property LogView log: root.app.diagnose.log
    readonly property var chosen: root.log.chosen  // var: bindings search it
    readonly property bool denied: root.log.deniedText.length > 0

    function find() { filter.forceActiveFocus(Qt.ShortcutFocusReason); }

    ColumnLayout {
        anchors.fill: parent
        visible: !root.denied
        spacing: Theme.s

        Flow {
            Layout.fillWidth: true
            spacing: Theme.s

            AppTextField {
                id: filter

                width: Math.round(200 * Theme.textScale)
                name: qsTr("Filter the log")
                placeholderText: qsTr("Text, part")
                iconName: "search"
                text: root.log.filterText
                onTextEdited: root.log.setFilterText(text)
                Keys.onDownPressed: list.forceActiveFocus(Qt.ShortcutFocusReason)
                Keys.onEscapePressed: root.log.setFilterText("")
            }
            AppButton {
                iconName: root.choosing ? "chevron-down" : "chevron-right"
                text: root.log.chosen.length > 0 || root.log.least > 0 ? qsTr("Level and parts (set)")
                    : qsTr("Level and parts")
                onPressedAllowed: root.choosing = !root.choosing
            }
            AppButton {
                iconName: root.log.paused ? "chevron-right" : "pause"
                text: root.log.paused ? qsTr("Go on") : qsTr("Pause")
                onPressedAllowed: root.log.setPaused(!root.log.paused)
            }
            IconButton {
                height: Theme.controlHeight
                name: qsTr("Put a mark below the last line")
                iconName: "edit"
                onClicked: root.log.mark()
            }
            IconButton {
                height: Theme.controlHeight
                enabled: root.log.lines.count > 0
                name: qsTr("Copy what is shown")
                iconName: "copy"
                onClicked: root.app.copy(root.log.copyText(), qsTr("the log"))
            }
            IconButton {
                height: Theme.controlHeight
                enabled: root.log.lines.count > 0
                name: qsTr("Clear the view; the service keeps its log")
                iconName: "trash"
                onClicked: root.log.clear()
            }
        }
        Flickable {
            id: chooserView

            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(chooser.implicitHeight, Math.round(root.height * 0.45))
            visible: root.choosing
            contentHeight: chooser.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            ColumnLayout {
                id: chooser

                width: parent.width
                spacing: Theme.s

                ChoiceList {
                    Layout.fillWidth: true
                    label: qsTr("Show")
                    choices: root.log.levels
                    chosen: root.log.levels[root.log.least]
                    onPicked: text => root.log.setLeast(root.log.levels.indexOf(text))
                }
                AppLabel {
                    Layout.fillWidth: true
                    visible: root.log.subsystems.length > 0
                    text: qsTr("Parts of the service")
                    kind: AppLabel.Strong
                }
                Flow {
                    Layout.fillWidth: true
                    spacing: Theme.xs

                    Repeater {
                        model: root.log.subsystems

                        TogglePill {
                            required property string modelData

                            label: modelData
                            group: qsTr("Parts of the service")
                            on: root.chosen.includes(modelData)
                            onAsked: root.log.toggleSubsystem(modelData)
                        }
                    }
                }
                ChoiceList {
                    Layout.fillWidth: true
                    label: qsTr("The service writes")
                    choices: root.log.levels
                    chosen: root.log.written >= 0 ? root.log.levels[root.log.written] : ""
                    problem: ""
                    enabled: root.log.writtenHint.length === 0
                    onPicked: text => root.log.write(root.log.levels.indexOf(text))
                }
                AppLabel {
                    Layout.fillWidth: true
                    text: root.log.writtenHint.length > 0 ? root.log.writtenHint
                        : qsTr("Until the service ends; its configuration says how it starts.")
                    kind: AppLabel.Small
                    wrapMode: Text.Wrap
                }
                CommandLine {
                    Layout.fillWidth: true
                    command: root.log.command
                    onCopied: (value, label) => root.app.copy(value, label)
                }
            }
            AppScrollBar { target: chooserView }
        }
        Banner {
            Layout.fillWidth: true
            visible: root.log.errorText.length > 0 && !root.app.lost
            tone: Look.Error
            word: qsTr("Error")
            text: root.log.errorText
            actionText: qsTr("Try again")
            onActed: root.log.retry()
        }
        AppLabel {
            Layout.fillWidth: true
            visible: text.length > 0
            text: root.log.writtenText
            kind: AppLabel.Small
            wrapMode: Text.Wrap
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            radius: Theme.radiusCard
            color: Theme.surface
            border.width: list.activeFocus ? 2 : 1
            border.color: list.activeFocus ? Theme.focus : Theme.hairline
            opacity: root.app.lost ? 0.75 : 1

            ListView {
                id: list

                /// The newest line stays in view.
                property bool follows: true

                function keepEnd() { if (list.follows) { list.positionViewAtEnd(); } }

                anchors.fill: parent
                anchors.margins: Theme.s
                activeFocusOnTab: true
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                cacheBuffer: 0
                model: root.log.lines
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Log of the service")

                Keys.onUpPressed: { list.follows = false; list.flick(0, 600); }
                Keys.onDownPressed: list.flick(0, -600)
                Keys.onPressed: event => {
                    if (event.key === Qt.Key_End) { list.follows = true; list.keepEnd(); }
                    else if (event.key === Qt.Key_Home) { list.follows = false; list.positionViewAtBeginning(); }
                }
                onMovementEnded: list.follows = list.atYEnd
                onCountChanged: end.restart()
                onHeightChanged: end.restart()
                onVisibleChanged: if (list.visible) { end.restart(); }

                delegate: LogRow { width: ListView.view.width - Theme.m }

                AppScrollBar {
                    target: list
                    onPressedChanged: if (!pressed) { list.follows = list.atYEnd; }
                }
            }
            AppButton {
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: Theme.m
                visible: list.count > 0 && (!list.follows || root.log.waitingText.length > 0)
                iconName: "arrow-down"
                text: root.log.waitingText.length > 0 ? root.log.waitingText : qsTr("To the end")
                onPressedAllowed: {
                    root.log.setPaused(false);
                    list.follows = true;
                    list.keepEnd();
                }
            }
            EmptyPane {
                anchors.fill: parent
                visible: list.count === 0 && (root.log.known || root.app.lost)
                iconName: "list"
                text: root.log.filtered ? qsTr("No line passes the filter")
                                        : qsTr("Nothing was written yet")
                detail: root.log.filtered ? qsTr("The service has written other lines.")
                                          : qsTr("Lines appear here as the service writes them.")
                actionText: root.log.filtered ? qsTr("Show all lines") : ""
                onActed: root.log.clearFilter()
            }
            Skeleton {
                anchors.fill: parent
                anchors.margins: Theme.l
                visible: list.count === 0 && !root.log.known && !root.app.lost
                    && root.log.errorText.length === 0
            }
        }
    }
    // Once the rows stand.
    Timer {
        id: end

        interval: 0
        onTriggered: list.keepEnd()
    }
    EmptyPane {
        anchors.fill: parent
        visible: root.denied
        iconName: "lock"
        text: qsTr("The log is not for this account")
        detail: root.log.deniedText
    }
}
