// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/announcer.h"

#include <QAccessible>

namespace weft::qml {

void Announcer::setText(const QString& text) {
    if (text == text_) {
        return;
    }
    text_ = text;
    Q_EMIT textChanged();
    if (!text_.isEmpty()) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

}  // namespace weft::qml
