// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// Says in a sandbox that it is one, and leads out of it.
Banner {
    id: root

    required property FirstRunViewModel firstRun

    visible: root.firstRun.sandbox
    tone: Look.Relay
    text: qsTr("Sandbox: nothing here is real")
    actionText: qsTr("Leave the sandbox")
    onActed: root.firstRun.leaveSandbox()
}
