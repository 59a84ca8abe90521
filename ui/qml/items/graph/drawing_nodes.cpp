// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/drawing_nodes.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

namespace weft::qml {
namespace {

using Vertex = QSGGeometry::ColoredPoint2D;

constexpr quint32 kDotCorners = 8;
/// Across a line: the outer edge, where it is whole, and the same again.
constexpr std::size_t kLanes = 4;
/// Thinner lines have a ridge in place of a whole part.
constexpr qreal kThin = 1.2;
constexpr std::size_t kThinLanes = 3;

std::size_t lanes(const Stroke& stroke, qreal ratio) {
    return stroke.width * ratio < kThin ? kThinLanes : kLanes;
}

struct Count {
    std::size_t vertices = 0;
    std::size_t indices = 0;
};

Count countOf(const Stroke& stroke, qreal ratio) {
    if (stroke.isDot) {
        return {1 + 2 * kDotCorners, 9 * kDotCorners};
    }
    const std::size_t across = lanes(stroke, ratio);
    return {2 * across, 6 * (across - 1)};
}

QRgb faded(QRgb ink, qreal share) {
    const auto part = [share](int value) { return static_cast<int>(std::lround(value * share)); };
    return qRgba(part(qRed(ink)), part(qGreen(ink)), part(qBlue(ink)), part(qAlpha(ink)));
}

/// Writes triangles into buffers that are large enough: `countOf` has summed them up.
class Weaver {
public:
    Weaver(std::span<Vertex> vertices, std::span<quint32> indices, qreal ratio)
        : vertices_(vertices), indices_(indices), ratio_(ratio) {}

    void line(const Stroke& stroke) {
        const QPointF d = stroke.to - stroke.from;
        const qreal length = std::hypot(d.x(), d.y());
        const QPointF across = length > 0 ? QPointF(-d.y(), d.x()) / length : QPointF(0, 1);
        const std::size_t count = lanes(stroke, ratio_);
        const qreal half = static_cast<qreal>(stroke.width) / 2;
        const qreal soft = 0.5 / ratio_;
        const auto first = static_cast<quint32>(vertex_);
        if (count == kThinLanes) {
            // As much ink as the line has, spread over two pixels.
            const QRgb ridge = faded(stroke.ink, std::min(1.0, stroke.width * ratio_));
            lane(stroke, across * (2 * soft), 0);
            lane(stroke, {}, ridge);
            lane(stroke, across * (-2 * soft), 0);
        } else {
            lane(stroke, across * (half + soft), 0);
            lane(stroke, across * (half - soft), stroke.ink);
            lane(stroke, across * (soft - half), stroke.ink);
            lane(stroke, across * (-half - soft), 0);
        }
        for (quint32 i = 0; i + 1 < count; ++i) {
            quad(first + 2 * i, first + 2 * i + 1, first + 2 * i + 3, first + 2 * i + 2);
        }
    }

    void dot(const Stroke& stroke) {
        const qreal radius = static_cast<qreal>(stroke.width) / 2;
        const qreal soft = 0.5 / ratio_;
        const auto first = static_cast<quint32>(vertex_);
        put(stroke.from, stroke.ink);
        for (std::size_t i = 0; i < kDotCorners; ++i) {
            const qreal angle = 2 * std::numbers::pi * static_cast<qreal>(i) / kDotCorners;
            const QPointF out(std::cos(angle), std::sin(angle));
            put(stroke.from + out * std::max(radius - soft, 0.0), stroke.ink);
            put(stroke.from + out * (radius + soft), 0);
        }
        for (quint32 i = 0; i < kDotCorners; ++i) {
            const quint32 here = first + 1 + 2 * i;
            const quint32 next = first + 1 + 2 * ((i + 1) % kDotCorners);
            triangle(first, here, next);
            quad(here, here + 1, next + 1, next);
        }
    }

private:
    void lane(const Stroke& stroke, QPointF off, QRgb ink) {
        put(stroke.from + off, ink);
        put(stroke.to + off, ink);
    }
    void put(QPointF at, QRgb ink) {
        vertices_[vertex_++].set(
            static_cast<float>(at.x()),
            static_cast<float>(at.y()),
            static_cast<uchar>(qRed(ink)),
            static_cast<uchar>(qGreen(ink)),
            static_cast<uchar>(qBlue(ink)),
            static_cast<uchar>(qAlpha(ink)));
    }
    void triangle(quint32 a, quint32 b, quint32 c) {
        for (const quint32 corner : {a, b, c}) {
            indices_[index_++] = corner;
        }
    }
    void quad(quint32 a, quint32 b, quint32 c, quint32 d) {
        triangle(a, b, c);
        triangle(a, c, d);
    }

    std::span<Vertex> vertices_;
    std::span<quint32> indices_;
    qreal ratio_;
    std::size_t vertex_ = 0;
    std::size_t index_ = 0;
};

}  // namespace

StrokesNode::StrokesNode()
    : geometry_(
        QSGGeometry::defaultAttributes_ColoredPoint2D(), 0, 0, QSGGeometry::UnsignedIntType) {
    geometry_.setDrawingMode(QSGGeometry::DrawTriangles);
    setGeometry(&geometry_);
    setMaterial(&material_);
}

void StrokesNode::show(const std::vector<Stroke>& strokes, qreal ratio) {
    Count all;
    for (const Stroke& stroke : strokes) {
        const Count one = countOf(stroke, ratio);
        all.vertices += one.vertices;
        all.indices += one.indices;
    }
    geometry_.allocate(static_cast<int>(all.vertices), static_cast<int>(all.indices));
    Weaver weaver(
        {geometry_.vertexDataAsColoredPoint2D(), all.vertices},
        {geometry_.indexDataAsUInt(), all.indices},
        ratio);
    for (const Stroke& stroke : strokes) {
        if (stroke.isDot) {
            weaver.dot(stroke);
        } else {
            weaver.line(stroke);
        }
    }
    markDirty(DirtyGeometry | DirtySubtreeBlocked);
}

SpritesNode::SpritesNode()
    : geometry_(
        QSGGeometry::defaultAttributes_TexturedPoint2D(), 0, 0, QSGGeometry::UnsignedIntType) {
    geometry_.setDrawingMode(QSGGeometry::DrawTriangles);
    setGeometry(&geometry_);
    setMaterial(&material_);
    material_.setFiltering(QSGTexture::Linear);
}

void SpritesNode::show(const SpriteSheet& sheet, qreal ratio, QQuickWindow& window) {
    const bool empty = sheet.sprites.empty() || sheet.atlas.isNull();
    if (!empty && (texture_ == nullptr || shown_ != sheet.atlas.cacheKey())) {
        texture_.reset(window.createTextureFromImage(sheet.atlas));
        shown_ = sheet.atlas.cacheKey();
        material_.setTexture(texture_.get());
        markDirty(DirtyMaterial);
    }
    const std::size_t count = empty || texture_ == nullptr ? 0 : sheet.sprites.size();
    geometry_.allocate(static_cast<int>(4 * count), static_cast<int>(6 * count));
    QSGGeometry::TexturedPoint2D* corner = geometry_.vertexDataAsTexturedPoint2D();
    quint32* index = geometry_.indexDataAsUInt();
    const auto wide = static_cast<float>(std::max(1, sheet.atlas.width()));
    const auto high = static_cast<float>(std::max(1, sheet.atlas.height()));
    for (std::size_t i = 0; i < count; ++i) {
        const Sprite& sprite = sheet.sprites[i];
        const QSizeF size = QSizeF(sprite.source.size()) / ratio;
        const auto x = static_cast<float>(sprite.at.x());
        const auto y = static_cast<float>(sprite.at.y());
        const auto right = x + static_cast<float>(size.width());
        const auto low = y + static_cast<float>(size.height());
        const QRectF from(sprite.source);
        const float s = static_cast<float>(from.left()) / wide;
        const float t = static_cast<float>(from.top()) / high;
        const float u = static_cast<float>(from.right()) / wide;
        const float v = static_cast<float>(from.bottom()) / high;
        corner[0].set(x, y, s, t);
        corner[1].set(right, y, u, t);
        corner[2].set(right, low, u, v);
        corner[3].set(x, low, s, v);
        corner += 4;
        for (const quint32 step : {0U, 1U, 2U, 0U, 2U, 3U}) {
            *index++ = static_cast<quint32>(4 * i) + step;
        }
    }
    markDirty(DirtyGeometry | DirtySubtreeBlocked);
}

DrawingNode::DrawingNode()
    : strokes_(new StrokesNode), bodies_(new SpritesNode), labels_(new SpritesNode) {
    for (QSGNode* node :
         {static_cast<QSGNode*>(strokes_),
          static_cast<QSGNode*>(bodies_),
          static_cast<QSGNode*>(labels_)}) {
        node->setFlag(OwnedByParent);
        appendChildNode(node);
    }
}

void DrawingNode::show(const Drawing& drawing, QQuickWindow& window) {
    strokes_->show(drawing.strokes, drawing.ratio);
    bodies_->show(drawing.bodies, drawing.ratio, window);
    labels_->show(drawing.labels, drawing.ratio, window);
}

}  // namespace weft::qml
