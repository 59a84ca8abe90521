// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph_canvas.h"

#include "ui/qml/items/graph/graph_reach.h"

#include <QQuickWindow>
#include <QTimerEvent>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace weft::qml {
namespace {

/// The view rests when it was not moved for so long.
constexpr int kRestMilliseconds = 60;
/// So small graphs are drawn anew in each frame while they are zoomed; larger ones are scaled.
constexpr std::size_t kDrawnAtOnce = 3000;
/// A picture in a file is twice as fine.
constexpr qreal kExportRatio = 2;

int indexOf(const std::optional<std::size_t>& node) {
    return node && *node <= static_cast<std::size_t>(std::numeric_limits<int>::max())
               ? static_cast<int>(*node)
               : -1;
}

}  // namespace

GraphCanvas::GraphCanvas(QQuickItem* parent) : GraphLook(parent), stage_(*this) {
    setClip(true);
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton | Qt::RightButton);
    connect(this, &GraphLook::lookChanged, this, &GraphCanvas::redraw);
    connect(this, &GraphCanvas::modeChanged, this, &GraphCanvas::redraw);
    connect(&glide_, &ViewGlide::moved, this, &GraphCanvas::setView);
}

GraphCanvas::~GraphCanvas() = default;

void GraphCanvas::setSource(graph::GraphSource* source) {
    if (source == source_) {
        return;
    }
    if (source_ != nullptr) {
        disconnect(source_, nullptr, this, nullptr);
    }
    source_ = source;
    if (source != nullptr) {
        connect(source, &graph::GraphSource::sceneChanged, this, &GraphCanvas::takeScene);
        connect(source, &graph::GraphSource::positionsChanged, this, &GraphCanvas::takePositions);
        connect(source, &QObject::destroyed, this, [this] {
            source_ = nullptr;
            takeScene();
            Q_EMIT sourceChanged();
        });
    }
    following_ = true;
    takeScene();
    Q_EMIT sourceChanged();
}

void GraphCanvas::takeScene() {
    const auto before = graph_.scene;
    graph_.scene = source_ != nullptr ? source_->scene() : std::make_shared<graph::Scene>();
    // Figures come all the time: what somebody is doing goes on while the nodes are the same.
    const bool sameNodes = std::ranges::equal(
        before->nodes, graph_.scene->nodes, {}, &graph::SceneNode::label, &graph::SceneNode::label);
    if (!sameNodes) {
        endDrag();
    }
    takePositions();
    if (!sameNodes) {
        // The numbers mean other nodes now.
        setHovered(-1);
    }
}

void GraphCanvas::takePositions() {
    graph_.positions =
        source_ != nullptr ? source_->positions() : std::make_shared<graph::Positions>();
    redraw();
}

void GraphCanvas::redraw() {
    stale_ = true;
    polish();
}

void GraphCanvas::setCurrent(int current) {
    if (current != current_) {
        current_ = current;
        polish();
        Q_EMIT currentChanged();
    }
}

void GraphCanvas::setHovered(int hovered) {
    if (hovered != hovered_) {
        hovered_ = hovered;
        polish();
        Q_EMIT hoveredChanged();
    }
}

std::optional<std::size_t> GraphCanvas::drawn(int index) const {
    if (index < 0 || !graph_.isDrawn(static_cast<std::size_t>(index))) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(index);
}

GraphFrame GraphCanvas::frame() const {
    GraphFrame frame = graph_;
    frame.view = view_;
    frame.palette = palette();
    frame.font = labelFont();
    frame.ratio = window() != nullptr ? window()->effectiveDevicePixelRatio() : 1;
    frame.showsPermissions = permissions_;
    return frame;
}

Pointing GraphCanvas::pointing() const {
    Pointing pointing;
    pointing.current = drawn(current_);
    pointing.hovered = drawn(hovered_);
    const auto from = drawn(dragged_);
    if (drag_ == Drag::Link && from) {
        auto target = nodeAtPoint(frame(), pointer_);
        if (target == from) {
            target.reset();
        }
        pointing.rubber = Pointing::Rubber{*from, pointer_, target};
    }
    return pointing;
}

void GraphCanvas::updatePolish() {
    if (!isVisible() || width() <= 0 || height() <= 0) {
        return;
    }
    if (following_ && stale_) {
        glide_.stop();
        setView(fitted());
    }
    const GraphFrame now = frame();
    const bool isSmall = now.scene->nodes.size() + now.scene->links.size() <= kDrawnAtOnce;
    const bool isStale = std::exchange(stale_, false);
    if (isStale || !stage_.moveGraph(view_) || (isSmall && !stage_.isUnscaled())) {
        stage_.drawGraph(now);
    }
    if (stage_.isAtRest(view_)) {
        rest_.stop();
    } else {
        rest_.start(kRestMilliseconds, this);
    }
    stage_.drawPointing(now, pointing());
    showMinimap(isStale);
}

void GraphCanvas::showMinimap(bool isRedrawn) {
    if (!minimap_) {
        stage_.hideMinimap();
    } else if (isRedrawn) {
        stage_.drawMinimap(frame());
    } else {
        stage_.moveMinimap(frame());
    }
}

void GraphCanvas::timerEvent(QTimerEvent* event) {
    if (event->timerId() == rest_.timerId()) {
        rest_.stop();
        redraw();
    }
}

void GraphCanvas::geometryChange(const QRectF& now, const QRectF& before) {
    GraphLook::geometryChange(now, before);
    if (now.size() != before.size()) {
        glide_.stop();
        view_.setSize(now.size());
        redraw();
        Q_EMIT viewChanged();
    }
}

void GraphCanvas::itemChange(ItemChange change, const ItemChangeData& value) {
    GraphLook::itemChange(change, value);
    if (change == ItemVisibleHasChanged && !value.boolValue) {
        rest_.stop();
        glide_.stop();
        endDrag();
        setHovered(-1);
    }
    if (change == ItemVisibleHasChanged || change == ItemSceneChange
        || change == ItemDevicePixelRatioHasChanged) {
        redraw();
    }
}

void GraphCanvas::setView(const GraphView& view) {
    if (view != view_) {
        view_ = view;
        polish();
        Q_EMIT viewChanged();
    }
}

void GraphCanvas::moveView(const GraphView& view) {
    glide_.stop();
    following_ = false;
    setView(view);
}

void GraphCanvas::glideTo(const GraphView& view) {
    if (reducesMotion() || !isVisible() || window() == nullptr) {
        glide_.stop();
        setView(view);
    } else {
        glide_.start(view_, view);
    }
}

GraphView GraphCanvas::fitted() const {
    GraphView view = view_;
    if (const auto bounds = boundsOf(*graph_.positions, graph_.nodes())) {
        view.fit(*bounds);
    }
    return view;
}

void GraphCanvas::fit() {
    following_ = true;
    glideTo(fitted());
    Q_EMIT viewChanged();
}

void GraphCanvas::centreOn(int index) {
    if (const auto node = drawn(index)) {
        GraphView view = view_;
        const graph::Point& at = (*graph_.positions)[*node];
        view.setCentre(QPointF(at.x, at.y));
        following_ = false;
        glideTo(view);
    }
}

void GraphCanvas::zoomBy(qreal factor) {
    zoomAt(factor, width() / 2, height() / 2);
}

void GraphCanvas::zoomAt(qreal factor, qreal x, qreal y) {
    if (factor > 0 && std::isfinite(factor) && std::isfinite(x) && std::isfinite(y)) {
        GraphView view = view_;
        view.zoomAt(factor, QPointF(x, y));
        moveView(view);
    }
}

void GraphCanvas::panBy(qreal dx, qreal dy) {
    if (std::isfinite(dx) && std::isfinite(dy)) {
        GraphView view = view_;
        view.pan(QPointF(dx, dy));
        moveView(view);
    }
}

int GraphCanvas::nodeAt(qreal x, qreal y) const {
    return indexOf(nodeAtPoint(frame(), QPointF(x, y)));
}

QPointF GraphCanvas::positionOf(int index) const {
    const auto node = drawn(index);
    return node ? frame().place(*node) : QPointF();
}

int GraphCanvas::neighbourTowards(int index, qreal dx, qreal dy) const {
    const auto node = drawn(index);
    if (!node) {
        return indexOf(nearestNode(frame(), QPointF(width() / 2, height() / 2)));
    }
    return indexOf(neighbourIn(frame(), *node, QPointF(dx, dy)));
}

bool GraphCanvas::exportPng(const QString& path) {
    if (width() <= 0 || height() <= 0) {
        return false;
    }
    GraphFrame fine = frame();
    fine.ratio = kExportRatio;
    return stage_.image(fine, pointing()).save(path, "PNG");
}

}  // namespace weft::qml
