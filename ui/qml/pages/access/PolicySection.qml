// SPDX-License-Identifier: Apache-2.0

import QtQuick
import Weft

/// One kind on a page: its list, its editor, and the words around them.
QtObject {
    required property string name
    required property PolicyModel model
    required property PolicyEditor editor
    required property Component form
    required property string newText
    required property string emptyText
    required property string emptyDetail
    /// For objects that people put into an order; null: they stand as they stand.
    property RuleOrder order: null
    /// What stands beside the list where there is room, and in a sheet where there is none.
    property Component side: null
    property string sideText
}
