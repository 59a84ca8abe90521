// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/label_book.h"

#include "ui/bridge/text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace weft::qml {
namespace {

/// Around a name, in pixels of the item.
constexpr qreal kPadX = 3;
constexpr qreal kPadY = 0;
constexpr float kGroundOpacity = 0.82F;
constexpr qreal kGroundRadius = 3;
/// So many names are remembered before all are forgotten.
constexpr qsizetype kMostLines = 8192;

}  // namespace

void LabelBook::setStyle(const QFont& font, qreal ratio, const QColor& ground) {
    if (font == font_ && ratio == ratio_ && ground == ground_) {
        return;
    }
    font_ = font;
    ratio_ = ratio;
    ground_ = ground;
    const QFontMetricsF metrics(font_);
    ascent_ = metrics.ascent();
    height_ = std::ceil(metrics.height()) + 2 * kPadY;
    lines_.clear();
    startAnew();
}

const LabelBook::Line& LabelBook::lineOf(const QString& label) {
    const auto known = lines_.constFind(label);
    if (known != lines_.constEnd()) {
        return *known;
    }
    if (lines_.size() >= kMostLines) {
        lines_.clear();
    }
    const QFontMetricsF metrics(font_);
    Line line;
    line.text = metrics.elidedText(
        bridge::shown(label.toStdString()), Qt::ElideRight, kWidestLabel - 2 * kPadX);
    line.width =
        std::min<qreal>(kWidestLabel, std::ceil(metrics.horizontalAdvance(line.text)) + 2 * kPadX);
    return *lines_.insert(label, line);
}

QSizeF LabelBook::sizeOf(const QString& label) {
    return {lineOf(label).width, height_};
}

std::optional<QRect> LabelBook::find(const QString& label, const QColor& ink) {
    const auto key = qMakePair(label, ink.rgba());
    const auto known = cells_.constFind(key);
    if (known != cells_.constEnd()) {
        return *known;
    }
    if (atlas_.isNull()) {
        atlas_ = QImage((QSizeF(size_) * ratio_).toSize(), QImage::Format_ARGB32_Premultiplied);
        atlas_.fill(Qt::transparent);
    }
    const Line line = lineOf(label);
    const QSize size(
        static_cast<int>(std::ceil(line.width * ratio_)),
        static_cast<int>(std::ceil(height_ * ratio_)));
    if (next_.x() + size.width() > atlas_.width()) {
        next_ = QPoint(0, next_.y() + size.height() + 1);
    }
    if (next_.y() + size.height() > atlas_.height()) {
        return std::nullopt;
    }
    const QRect cell(next_, size);
    next_.rx() += size.width() + 1;
    write(line, cell, ink);
    return *cells_.insert(key, cell);
}

void LabelBook::startAnew() {
    cells_.clear();
    next_ = {};
    atlas_ = {};
}

void LabelBook::write(const Line& line, const QRect& cell, const QColor& ink) {
    QPainter painter(&atlas_);
    // Stacked accents reach far out of their line.
    painter.setClipRect(cell);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.translate(cell.topLeft());
    painter.scale(ratio_, ratio_);
    QColor ground = ground_;
    ground.setAlphaF(kGroundOpacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(0, 0, line.width, height_), kGroundRadius, kGroundRadius);
    painter.setFont(font_);
    painter.setPen(ink);
    // This overload reads no markup and breaks no lines.
    painter.drawText(QPointF(kPadX, kPadY + ascent_), line.text);
}

}  // namespace weft::qml
