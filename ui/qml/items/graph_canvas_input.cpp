// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph_canvas.h"

#include <QCursor>
#include <QGuiApplication>
#include <QHoverEvent>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>

#include <cmath>

namespace weft::qml {
namespace {

/// What one notch of a wheel zooms by, and how many units it has.
constexpr qreal kNotchFactor = 1.2;
constexpr qreal kNotch = 120;

}  // namespace

void GraphCanvas::mousePressEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    if (event->button() == Qt::RightButton) {
        if (drag_ == Drag::None) {
            Q_EMIT contextAsked(nodeAt(at.x(), at.y()), at.x(), at.y());
        }
        return;
    }
    pressedAt_ = at;
    pointer_ = at;
    if (const auto there = stage_.minimapToLayout(at)) {
        drag_ = Drag::Minimap;
        dragged_ = -1;
        GraphView view = view_;
        view.setCentre(*there);
        moveView(view);
        return;
    }
    drag_ = Drag::Pressed;
    dragged_ = nodeAt(at.x(), at.y());
}

void GraphCanvas::startDrag() {
    setKeepMouseGrab(true);
    if (dragged_ < 0) {
        drag_ = Drag::View;
        setCursor(Qt::ClosedHandCursor);
    } else if (editing_) {
        drag_ = Drag::Link;
    } else {
        drag_ = Drag::Node;
        grip_ = positionOf(dragged_) - pressedAt_;
        // A view that follows would slip away below the pointer.
        following_ = false;
        Q_EMIT viewChanged();
    }
}

void GraphCanvas::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    const QPointF way = at - pressedAt_;
    const int least = QGuiApplication::styleHints()->startDragDistance();
    QPointF by = at - pointer_;
    pointer_ = at;
    if (drag_ == Drag::Pressed) {
        if (std::abs(way.x()) + std::abs(way.y()) < least) {
            return;
        }
        startDrag();
        by = way;
    }
    if (drag_ == Drag::View) {
        panBy(by.x(), by.y());
    } else if (drag_ == Drag::Link) {
        polish();
    } else if (drag_ == Drag::Node) {
        const QPointF to = view_.toLayout(at + grip_);
        Q_EMIT nodeDragged(dragged_, to.x(), to.y());
    } else if (drag_ == Drag::Minimap) {
        if (const auto there = stage_.minimapToLayout(at)) {
            GraphView view = view_;
            view.setCentre(*there);
            moveView(view);
        }
    }
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    const Drag ended = drag_;
    const int from = dragged_;
    const QPointF at = event->position();
    endDrag();
    const int there = nodeAt(at.x(), at.y());
    if (ended == Drag::Pressed) {
        setCurrent(from);
        if (from >= 0) {
            Q_EMIT nodeClicked(from);
        }
    } else if (ended == Drag::Link && there >= 0 && there != from) {
        Q_EMIT linkDrawn(from, there);
    }
}

void GraphCanvas::mouseUngrabEvent() {
    endDrag();
}

void GraphCanvas::endDrag() {
    const Drag ended = drag_;
    const int node = dragged_;
    drag_ = Drag::None;
    dragged_ = -1;
    if (ended == Drag::None) {
        return;
    }
    setKeepMouseGrab(false);
    unsetCursor();
    polish();
    if (ended == Drag::Node) {
        Q_EMIT nodeDropped(node);
    }
}

void GraphCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    const int node = nodeAt(event->position().x(), event->position().y());
    if (node >= 0 && event->button() == Qt::LeftButton) {
        Q_EMIT nodeActivated(node);
    }
}

void GraphCanvas::wheelEvent(QWheelEvent* event) {
    const qreal notches = event->angleDelta().y() / kNotch;
    zoomAt(std::pow(kNotchFactor, notches), event->position().x(), event->position().y());
    event->accept();
}

void GraphCanvas::hoverMoveEvent(QHoverEvent* event) {
    const QPointF at = event->position();
    setHovered(stage_.minimapToLayout(at) ? -1 : nodeAt(at.x(), at.y()));
}

void GraphCanvas::hoverLeaveEvent(QHoverEvent* /*event*/) {
    setHovered(-1);
}

}  // namespace weft::qml
