// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/drawing_paint.h"

#include <QRgb>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace weft::qml {
namespace {

/// A coverage of 1 as a byte, when what is behind the point is cut off.
constexpr qreal kWhole = 255.99;

/// A byte's share of a byte, rounded: exact for all of them.
quint32 share(quint32 value, quint32 of) {
    const quint32 product = value * of + 128;
    return (product + (product >> 8U)) >> 8U;
}

QRgb over(QRgb ink, quint32 coverage, QRgb ground) {
    const auto part = [&](quint32 shift) {
        const quint32 above = share((ink >> shift) & 255U, coverage);
        const quint32 left = 255 - share(ink >> 24U, coverage);
        return std::min(above + share((ground >> shift) & 255U, left), 255U) << shift;
    };
    return part(0) | part(8) | part(16) | part(24);
}

/// Lines are bands whose edges fade out over one pixel, as the triangles of a graphics card have
/// them. Not a QPainter: it makes a polygon of each line and is set up for each sprite, and there
/// are tens of thousands of both.
class Brush {
public:
    explicit Brush(QImage& image)
        : pixels_(
            reinterpret_cast<QRgb*>(image.bits()),
            static_cast<std::size_t>(image.sizeInBytes()) / 4)
        , stride_(image.bytesPerLine() / 4)
        , width_(image.width())
        , height_(image.height()) {}

    /// In pixels of the image.
    void line(QPointF from, QPointF to, qreal width, QRgb ink) {
        const QPointF d = to - from;
        const qreal length = std::hypot(d.x(), d.y());
        if (length <= 0) {
            return;
        }
        const Band band{from, d / length, length, width / 2, ink};
        // Along the axis in which the line is longer there is a short run of pixels at each step.
        const bool level = std::abs(d.x()) >= std::abs(d.y());
        const qreal steep = level ? std::abs(d.x()) / length : std::abs(d.y()) / length;
        const qreal reach = (band.half + 1) / steep;
        const auto [first, last] =
            std::minmax({level ? from.x() : from.y(), level ? to.x() : to.y()});
        const int start = std::max(0, static_cast<int>(std::floor(first)));
        const int end = std::min((level ? width_ : height_) - 1, static_cast<int>(std::ceil(last)));
        for (int step = start; step <= end; ++step) {
            const qreal along = step + 0.5 - (level ? from.x() : from.y());
            const qreal middle =
                level ? from.y() + along * d.y() / d.x() : from.x() + along * d.x() / d.y();
            run(band, step, middle, reach, level);
        }
    }

    void dot(QPointF at, qreal width, QRgb ink) {
        const qreal reach = width / 2 + 1;
        for (int y = row(at.y() - reach); y <= row(at.y() + reach); ++y) {
            for (int x = column(at.x() - reach); x <= column(at.x() + reach); ++x) {
                blend(x, y, ink, width / 2 + 0.5 - std::hypot(x + 0.5 - at.x(), y + 0.5 - at.y()));
            }
        }
    }

    /// Puts a part of `atlas` over what is there, its corner at `at`.
    void sprite(const QImage& atlas, const QRect& source, QPoint at) {
        const QRect seen = QRect(at, source.size()).intersected(QRect(0, 0, width_, height_));
        const QRect from = seen.translated(source.topLeft() - at).intersected(atlas.rect());
        const std::span<const QRgb> texels(
            reinterpret_cast<const QRgb*>(atlas.constBits()),
            static_cast<std::size_t>(atlas.sizeInBytes()) / 4);
        const qsizetype texelStride = atlas.bytesPerLine() / 4;
        for (int y = 0; y < from.height(); ++y) {
            const auto first = static_cast<std::size_t>((from.y() + y) * texelStride + from.x());
            const auto target = static_cast<std::size_t>((seen.y() + y) * stride_ + seen.x());
            for (std::size_t x = 0; x < static_cast<std::size_t>(from.width()); ++x) {
                const QRgb ink = texels[first + x];
                QRgb& pixel = pixels_[target + x];
                if (qAlpha(ink) == 255) {
                    pixel = ink;
                } else if (qAlpha(ink) != 0) {
                    pixel = over(ink, 255, pixel);
                }
            }
        }
    }

private:
    struct Band {
        QPointF from;
        QPointF unit;
        qreal length = 0;
        qreal half = 0;
        QRgb ink = 0;
    };

    int row(qreal y) const { return std::clamp(static_cast<int>(std::floor(y)), 0, height_ - 1); }
    int column(qreal x) const { return std::clamp(static_cast<int>(std::floor(x)), 0, width_ - 1); }

    void run(const Band& band, int step, qreal middle, qreal reach, bool level) {
        const int most = level ? height_ : width_;
        const int first = std::max(0, static_cast<int>(std::floor(middle - reach)));
        const int last = std::min(most - 1, static_cast<int>(std::ceil(middle + reach)));
        for (int other = first; other <= last; ++other) {
            const int x = level ? step : other;
            const int y = level ? other : step;
            const QPointF off = QPointF(x + 0.5, y + 0.5) - band.from;
            const qreal along = QPointF::dotProduct(off, band.unit);
            const qreal aside = std::abs(off.x() * band.unit.y() - off.y() * band.unit.x());
            // A line thinner than a pixel covers less of it.
            const qreal across = std::min(band.half + 0.5 - aside, 2 * band.half);
            const qreal ends = std::min(along, band.length - along) + 0.5;
            blend(x, y, band.ink, std::min(across, ends));
        }
    }

    void blend(int x, int y, QRgb ink, qreal coverage) {
        if (coverage > 0) {
            QRgb& pixel = pixels_[static_cast<std::size_t>(y * stride_ + x)];
            pixel = over(ink, static_cast<quint32>(std::min(coverage, 1.0) * kWhole), pixel);
        }
    }

    std::span<QRgb> pixels_;
    qsizetype stride_;
    int width_;
    int height_;
};

}  // namespace

void paintDrawing(QImage& image, const Drawing& drawing) {
    const qreal ratio = drawing.ratio;
    Brush brush(image);
    for (const Stroke& stroke : drawing.strokes) {
        const qreal width = static_cast<qreal>(stroke.width) * ratio;
        if (stroke.isDot) {
            brush.dot(stroke.from * ratio, width, stroke.ink);
        } else {
            brush.line(stroke.from * ratio, stroke.to * ratio, width, stroke.ink);
        }
    }
    for (const SpriteSheet* sheet : {&drawing.bodies, &drawing.labels}) {
        for (const Sprite& sprite : sheet->sprites) {
            // They stand on whole pixels already.
            brush.sprite(sheet->atlas, sprite.source, (sprite.at * ratio).toPoint());
        }
    }
}

}  // namespace weft::qml
