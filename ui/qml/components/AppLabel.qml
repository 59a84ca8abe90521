// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Weft

/// All text in the window. Always plain: a name from a stranger never becomes markup.
Text {
    id: root

    enum Kind { Body, Strong, Small, Section, Title, Display, Mono }

    property int kind: AppLabel.Body
    /// By kind. var: QML 6.4 has no list of numbers with an index in bindings.
    readonly property var sizes: [Theme.body, Theme.body, Theme.small, Theme.section, Theme.title,
        Theme.display, Theme.mono]

    textFormat: Text.PlainText
    color: root.kind === AppLabel.Small ? Theme.textSecondary : Theme.text
    font.pixelSize: root.sizes[root.kind]
    font.weight: root.kind === AppLabel.Strong || root.kind >= AppLabel.Section
        && root.kind <= AppLabel.Display ? Font.DemiBold : Font.Normal
    font.family: root.kind === AppLabel.Mono ? Theme.monoFamily : Theme.family
    // Wrapped text takes the height that it needs: with elide it would keep the height of its first
    // layout.
    elide: root.wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    // Where the window begins, not where the script of a name does.
    horizontalAlignment: Text.AlignLeft
    // Centred, wrapped text would stay where the height of its first layout put it.
    verticalAlignment: root.wrapMode === Text.NoWrap ? Text.AlignVCenter : Text.AlignTop
    lineHeight: root.wrapMode === Text.NoWrap ? 1 : 1.15

    Accessible.role: Accessible.StaticText
    Accessible.name: root.text
}
