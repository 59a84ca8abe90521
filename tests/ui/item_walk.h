// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QQuickItem>
#include <QStringList>

namespace weft::tests {

/// Calls `visit` for `item` and everything below it that is visible.
template <typename Visit>
// NOLINTNEXTLINE(misc-no-recursion): as deep as the window is nested
void walkVisible(QQuickItem* item, const Visit& visit) {
    if (item == nullptr || !item->isVisible()) {
        return;
    }
    visit(*item);
    for (QQuickItem* child : item->childItems()) {
        walkVisible(child, visit);
    }
}

/// What takes the keyboard and has no name to read out: one line for each, empty when all is well.
QStringList namelessFocusable(QQuickItem& root);

/// Texts that would read markup; empty when all is well.
QStringList textsWithMarkup(QQuickItem& root);

/// Texts that stand outside the window or are cut off by its edge, not counting what scrolls.
QStringList textsOutside(QQuickItem& root, const QSizeF& window);

/// Texts that end with an ellipsis because there is no room for them.
QStringList textsCut(QQuickItem& root);

}  // namespace weft::tests
