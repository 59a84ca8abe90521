// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/item_walk.h"

#include <QAccessible>

namespace weft::tests {
namespace {

QString describe(const QQuickItem& item) {
    QStringList path;
    for (const QQuickItem* at = &item; at != nullptr && path.size() < 6; at = at->parentItem()) {
        path.prepend(QString::fromLatin1(at->metaObject()->className()));
    }
    return path.join(QStringLiteral(" > "));
}

bool isInFlickable(const QQuickItem& item) {
    for (const QQuickItem* at = item.parentItem(); at != nullptr; at = at->parentItem()) {
        if (at->inherits("QQuickFlickable")) {
            return true;
        }
    }
    return false;
}

}  // namespace

QStringList namelessFocusable(QQuickItem& root) {
    QStringList found;
    walkVisible(&root, [&found](QQuickItem& item) {
        if (!item.activeFocusOnTab() || !item.isEnabled()) {
            return;
        }
        const QAccessibleInterface* read = QAccessible::queryAccessibleInterface(&item);
        const QString name = read == nullptr ? QString() : read->text(QAccessible::Name);
        if (name.trimmed().isEmpty()) {
            found.append(describe(item));
        }
    });
    return found;
}

QStringList textsWithMarkup(QQuickItem& root) {
    QStringList found;
    walkVisible(&root, [&found](QQuickItem& item) {
        if (item.inherits("QQuickText")
            && item.property("textFormat").toInt() != static_cast<int>(Qt::PlainText)) {
            found.append(describe(item) + QStringLiteral(": ") + item.property("text").toString());
        }
    });
    return found;
}

QStringList textsOutside(QQuickItem& root, const QSizeF& window) {
    QStringList found;
    walkVisible(&root, [&](QQuickItem& item) {
        if (!item.inherits("QQuickText") || item.property("text").toString().isEmpty()
            || isInFlickable(item)) {
            return;
        }
        const QRectF at = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()));
        const QRectF frame(QPointF(0, 0), window);
        if (!frame.adjusted(-1, -1, 1, 1).contains(at)) {
            found.append(describe(item) + QStringLiteral(": ") + item.property("text").toString());
        }
    });
    return found;
}

QStringList textsCut(QQuickItem& root) {
    QStringList found;
    walkVisible(&root, [&found](QQuickItem& item) {
        if (item.inherits("QQuickText") && item.property("truncated").toBool()) {
            found.append(item.property("text").toString());
        }
    });
    return found;
}

}  // namespace weft::tests
