// SPDX-License-Identifier: Apache-2.0

import QtQuick
import Weft

/// A part of a page that is no list of objects: what it shows, and what is edited at its side.
QtObject {
    required property string name
    required property Component view
    /// At the side while something is edited; null: nothing is.
    property Component drawer: null
    /// Empty: nothing can be made here.
    property string newText
    property bool editing: false
    property bool dirty: false
    /// Of what is edited.
    property string heading

    signal newAsked
    signal saveAsked
    signal removalAsked
    /// What was typed is thrown away.
    signal dropped
}
