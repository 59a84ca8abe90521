// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Whether news of one kind become notifications.
SettingRow {
    id: root

    required property Preferences preferences
    required property int category
    /// What differs from its default. var: qmllint 6.4 knows no list of numbers.
    readonly property var ways: root.preferences.changedSettings
    readonly property int setting: Preferences.Setting.NotifyConnection + root.category

    Layout.fillWidth: true
    altered: root.ways.includes(root.setting)
    onResetAsked: root.preferences.reset(root.setting)

    AppSwitch {
        name: root.label
        on: root.preferences.notifications[root.category]
        onAsked: on => root.preferences.setNotifies(root.category, on)
    }
}
