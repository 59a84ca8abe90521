// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick

/// One line of the table of shortcuts.
QtObject {
    required property string keys
    /// A second way; empty when there is none.
    property string more
    required property string action
    required property string text
}
