// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/graph_stage.h"

#include "ui/qml/items/graph/drawing_paint.h"
#include "ui/qml/items/graph/label_sprites.h"
#include "ui/qml/items/graph/link_strokes.h"
#include "ui/qml/items/graph/minimap.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace weft::qml {
namespace {

/// Of the item's size, on each side.
constexpr qreal kMarginShare = 0.25;
/// How far the picture may be scaled until it is drawn again.
constexpr qreal kLeastScale = 0.6;
constexpr qreal kMostScale = 1.7;
/// Names beside the pointer are few.
constexpr QSize kPointingAtlas(512, 128);
/// In pixels: half of the widest node with rings, badges and a name below.
constexpr qreal kReach = 100;

void place(GraphPicture& picture, const QRectF& box) {
    picture.setPosition(box.topLeft());
    picture.setSize(box.size());
}

QRectF around(QPointF point, qreal reach) {
    return QRectF(point, point).adjusted(-reach, -reach, reach, reach);
}

/// Where anything of `drawing` is, in whole pixels.
QRectF extentOf(const Drawing& drawing, const QRectF& view) {
    QRectF extent;
    for (const Stroke& stroke : drawing.strokes) {
        const qreal wide = static_cast<qreal>(stroke.width) + 1;
        extent |= around(stroke.from, wide) | around(stroke.to, wide);
    }
    for (const SpriteSheet* sheet : {&drawing.bodies, &drawing.labels}) {
        for (const Sprite& sprite : sheet->sprites) {
            extent |= QRectF(sprite.at, QSizeF(sprite.source.size()) / drawing.ratio);
        }
    }
    return extent.intersected(view).toAlignedRect();
}

void shift(Drawing& drawing, QPointF by) {
    for (Stroke& stroke : drawing.strokes) {
        stroke.from += by;
        stroke.to += by;
    }
    for (SpriteSheet* sheet : {&drawing.bodies, &drawing.labels}) {
        for (Sprite& sprite : sheet->sprites) {
            sprite.at += by;
        }
    }
}

/// The ring lies below the badges.
void addRinged(
    const GraphFrame& frame,
    const NodeAtlas& atlas,
    Ring ring,
    std::size_t node,
    std::vector<Sprite>& sprites) {
    sprites.push_back(atlas.ring(ring, frame.place(node)));
    addNode(frame, atlas, node, {}, sprites);
}

}  // namespace

GraphStage::GraphStage(QQuickItem& canvas)
    : graph_(*new GraphPicture(&canvas))
    , minimap_(*new GraphPicture(&canvas))
    , minimapWindow_(*new GraphPicture(&canvas))
    , pointing_(*new GraphPicture(&canvas))
    , pointingBook_(kPointingAtlas) {
    hideMinimap();
}

const NodeAtlas& GraphStage::atlasFor(const GraphFrame& frame) {
    if (!atlas_.serves(frame.view.zoom(), frame.ratio, frame.palette)) {
        atlas_ = NodeAtlas(frame.view.zoom(), frame.ratio, frame.palette);
    }
    return atlas_;
}

Drawing GraphStage::graphDrawing(const GraphFrame& frame, const QRectF& clip) {
    if (ranked_ != frame.scene) {
        ranked_ = frame.scene;
        importance_ = importances(*frame.scene);
    }
    book_.setStyle(frame.font, frame.ratio, frame.palette.surface);
    const QPointF shift = -clip.topLeft();
    Drawing drawing;
    drawing.ratio = frame.ratio;
    addLinks(frame, clip, shift, drawing.strokes);
    const NodeAtlas& atlas = atlasFor(frame);
    addNodes(frame, atlas, clip, shift, drawing.bodies.sprites);
    drawing.bodies.atlas = atlas.image();
    Names names = namesOf(frame, importance_, clip, shift, book_);
    drawing.labels = std::move(names.sheet);
    named_ = std::move(names.nodes);
    return drawing;
}

void GraphStage::drawGraph(const GraphFrame& frame) {
    const QSizeF size = frame.view.size();
    // Whole pixels: what is drawn at rest falls on those of the screen.
    margin_ = {std::ceil(size.width() * kMarginShare), std::ceil(size.height() * kMarginShare)};
    const QRectF clip(
        QPointF(-margin_.width(), -margin_.height()),
        size + QSizeF(2 * margin_.width(), 2 * margin_.height()));
    graph_.show(graphDrawing(frame, clip));
    graph_.setKept(!drawsImagesOnly(graph_.window()));
    graph_.setSmoothed(false);
    graph_.setScale(1);
    place(graph_, clip);
    drawnView_ = frame.view;
    const auto bounds = boundsOf(*frame.positions, frame.nodes());
    isCut_ = false;
    if (bounds) {
        const auto corner = [&frame](QPointF at) {
            return frame.view.toItem({static_cast<float>(at.x()), static_cast<float>(at.y())});
        };
        const QRectF drawn(corner(bounds->topLeft()), corner(bounds->bottomRight()));
        isCut_ = !clip.contains(drawn.adjusted(-kReach, -kReach, kReach, kReach));
    }
}

bool GraphStage::moveGraph(const GraphView& view) {
    if (!drawnView_ || view.size() != drawnView_->size()) {
        return false;
    }
    const qreal scale = view.zoom() / drawnView_->zoom();
    const QPointF middle(view.size().width() / 2, view.size().height() / 2);
    const QPointF margin(margin_.width(), margin_.height());
    QPointF corner =
        (drawnView_->centre() - view.centre()) * view.zoom() + middle - scale * (middle + margin);
    const bool isMovedOnly = qFuzzyCompare(scale, 1.0);
    if (isMovedOnly) {
        const qreal ratio = graph_.drawing().ratio;
        corner = QPointF(std::round(corner.x() * ratio), std::round(corner.y() * ratio)) / ratio;
    }
    const QRectF reached(corner, graph_.size() * scale);
    if (isCut_ && !reached.contains(QRectF(QPointF(), view.size()))) {
        return false;
    }
    if (scale < kLeastScale || scale > kMostScale) {
        return false;
    }
    graph_.setScale(isMovedOnly ? 1 : scale);
    graph_.setSmoothed(!isMovedOnly);
    graph_.setPosition(corner);
    return true;
}

Drawing GraphStage::pointingDrawing(const GraphFrame& frame, const Pointing& pointing) {
    const QRectF clip(QPointF(), frame.view.size());
    const NodeAtlas& atlas = atlasFor(frame);
    pointingBook_.setStyle(frame.font, frame.ratio, frame.palette.surface);
    Drawing drawing;
    drawing.ratio = frame.ratio;
    drawing.bodies.atlas = atlas.image();
    std::vector<Sprite>& sprites = drawing.bodies.sprites;
    if (pointing.hovered) {
        const std::size_t hovered = *pointing.hovered;
        addLinksOf(frame, hovered, clip, frame.palette.accent, drawing.strokes);
        for (const graph::SceneLink& link : frame.scene->links) {
            const bool leaves = link.from == hovered;
            const std::size_t other = leaves ? link.to : link.from;
            if ((leaves || link.to == hovered) && frame.isDrawn(other)) {
                addNode(frame, atlas, other, {}, sprites);
            }
        }
        addRinged(frame, atlas, Ring::Hovered, hovered, sprites);
    }
    if (pointing.rubber) {
        Stroke look;
        look.width = 2;
        look.ink = premultiplied(frame.palette.accent);
        addDashes(
            frame.place(pointing.rubber->from), pointing.rubber->to, clip, look, drawing.strokes);
        addNode(frame, atlas, pointing.rubber->from, {}, sprites);
        if (pointing.rubber->target) {
            addRinged(frame, atlas, Ring::Current, *pointing.rubber->target, sprites);
        }
    }
    if (pointing.current) {
        const bool own = (frame.scene->nodes[*pointing.current].marks & graph::kSelf) != 0;
        const Ring ring = own ? Ring::CurrentOfSelf : Ring::Current;
        addRinged(frame, atlas, ring, *pointing.current, sprites);
    }
    std::vector<std::size_t> unnamed;
    for (const std::optional<std::size_t>& node : {pointing.current, pointing.hovered}) {
        if (node && std::ranges::find(named_, *node) == named_.end()) {
            unnamed.push_back(*node);
        }
    }
    drawing.labels = namesOver(frame, unnamed, pointingBook_);
    return drawing;
}

void GraphStage::drawPointing(const GraphFrame& frame, const Pointing& pointing) {
    Drawing drawing = pointingDrawing(frame, pointing);
    // As small as can be: without a graphics card each of its pixels is painted.
    const QRectF box = extentOf(drawing, QRectF(QPointF(), frame.view.size()));
    shift(drawing, -box.topLeft());
    pointing_.setVisible(!box.isEmpty());
    place(pointing_, box);
    pointing_.show(std::move(drawing));
}

void GraphStage::drawMinimap(const GraphFrame& frame) {
    const QRectF box = minimapPlace(frame.view.size());
    const bool shown = !box.isEmpty() && frame.nodes() > 0;
    minimap_.setVisible(shown);
    minimapWindow_.setVisible(shown);
    if (shown) {
        place(minimap_, box);
        place(minimapWindow_, box);
        minimap_.show(minimapOf(frame, box, minimapView_));
        moveMinimap(frame);
    }
}

void GraphStage::moveMinimap(const GraphFrame& frame) {
    if (minimap_.isVisible()) {
        minimapWindow_.show(minimapWindow(frame, minimapView_));
    }
}

void GraphStage::hideMinimap() {
    minimap_.setVisible(false);
    minimapWindow_.setVisible(false);
}

std::optional<QPointF> GraphStage::minimapToLayout(QPointF item) const {
    const QRectF box(minimap_.position(), minimap_.size());
    if (!minimap_.isVisible() || !box.contains(item)) {
        return std::nullopt;
    }
    return minimapView_.toLayout(item - box.topLeft());
}

QImage GraphStage::image(const GraphFrame& frame, const Pointing& pointing) {
    QImage image(
        (frame.view.size() * frame.ratio).toSize().expandedTo(QSize(1, 1)),
        QImage::Format_ARGB32_Premultiplied);
    image.fill(frame.palette.surface);
    const auto named = named_;
    paintDrawing(image, graphDrawing(frame, QRectF(QPointF(), frame.view.size())));
    paintDrawing(image, pointingDrawing(frame, pointing));
    named_ = named;
    return image;
}

}  // namespace weft::qml
