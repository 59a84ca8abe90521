// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/qr_code.h"

#include <QPainter>

#include <algorithm>

#include <qrcodegen/qrcodegen.hpp>

namespace weft::qml {

QrCode::QrCode(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setOpaquePainting(true);
}

void QrCode::setText(const QString& text) {
    if (text == text_) {
        return;
    }
    text_ = text;
    side_ = 0;
    dark_.clear();
    if (!text.isEmpty()) {
        try {
            const auto code = qrcodegen::QrCode::encodeText(
                text.toUtf8().constData(), qrcodegen::QrCode::Ecc::MEDIUM);
            side_ = code.getSize();
            for (int y = 0; y < side_; ++y) {
                for (int x = 0; x < side_; ++x) {
                    dark_.push_back(code.getModule(x, y));
                }
            }
        } catch (const qrcodegen::data_too_long&) {
            side_ = 0;
        }
    }
    update();
    Q_EMIT textChanged();
}

bool QrCode::isDark(int x, int y) const {
    return x >= 0 && y >= 0 && x < side_ && y < side_
           && dark_.at(static_cast<std::size_t>(y * side_ + x));
}

void QrCode::paint(QPainter* painter) {
    const int whole = static_cast<int>(std::min(width(), height()));
    painter->fillRect(QRectF(0, 0, width(), height()), Qt::white);
    if (side_ == 0) {
        return;
    }
    // Whole pixels per module, so that no edge is blurred; what is left over goes to the margin.
    const int module = std::max(1, whole / (side_ + 2 * kQuietZone));
    const int offset = (whole - module * side_) / 2;
    for (int y = 0; y < side_; ++y) {
        for (int x = 0; x < side_; ++x) {
            if (isDark(x, y)) {
                painter->fillRect(
                    offset + x * module, offset + y * module, module, module, Qt::black);
            }
        }
    }
}

}  // namespace weft::qml
