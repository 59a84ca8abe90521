// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QImage>
#include <QRect>
#include <QSize>
#include <QString>

#include <optional>

namespace weft::qml {

/// In pixels of the item. Longer names end in an ellipsis.
inline constexpr int kWidestLabel = 148;
/// So many names are drawn at once, the most important ones.
inline constexpr std::size_t kMostLabels = 240;
/// The one texture that holds them all, in pixels of the item.
inline constexpr QSize kLabelAtlas(1024, 1024);

/// Names of nodes as pictures. Each is written once and used again while it has a place.
class LabelBook {
public:
    /// `atlas` is the size of the texture in pixels of the item.
    explicit LabelBook(QSize atlas = kLabelAtlas) : size_(atlas) {}

    /// Forgets everything unless font, ratio and ground are the same.
    void setStyle(const QFont& font, qreal ratio, const QColor& ground);

    /// How much room a name takes, in pixels of the item.
    QSizeF sizeOf(const QString& label);
    /// Where the picture of a name stands in the atlas, in pixels of the screen; nullopt when the
    /// atlas is full: `startAnew`, and ask again for all that are needed.
    std::optional<QRect> find(const QString& label, const QColor& ink);
    void startAnew();
    const QImage& atlas() const { return atlas_; }

private:
    struct Line {
        /// Plain, and short enough.
        QString text;
        qreal width = 0;
    };

    const Line& lineOf(const QString& label);
    void write(const Line& line, const QRect& cell, const QColor& ink);

    QSize size_;
    QFont font_;
    QColor ground_;
    qreal ratio_ = 0;
    qreal height_ = 0;
    qreal ascent_ = 0;
    QHash<QString, Line> lines_;
    QHash<QPair<QString, QRgb>, QRect> cells_;
    QImage atlas_;
    QPoint next_;
};

}  // namespace weft::qml
