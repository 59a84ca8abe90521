// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/graph_source.h"
#include "ui/qml/items/graph/graph_look.h"
#include "ui/qml/items/graph/graph_stage.h"
#include "ui/qml/items/graph/view_glide.h"

#include <QBasicTimer>
#include <QPointer>
#include <QString>

#include <memory>
#include <optional>

namespace weft::qml {

/// Draws a graph that somebody else lays out. Nodes are numbers, the indices of the scene.
/// The view follows the layout until somebody moves it. Nothing moves on its own.
/// The base is named in full: Qt 6.4 records bases for qmllint as they are written.
class GraphCanvas : public weft::qml::GraphLook {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(weft::graph::GraphSource* source READ source WRITE setSource NOTIFY sourceChanged)
    /// The chosen node; -1: none. A click chooses.
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
    Q_PROPERTY(int hovered READ hovered NOTIFY hoveredChanged)
    /// Pixels for each layout unit.
    Q_PROPERTY(qreal zoom READ zoom NOTIFY viewChanged)
    /// Whether the view shows all of the layout, wherever its nodes go.
    Q_PROPERTY(bool following READ isFollowing NOTIFY viewChanged)
    /// A drag from a node to another one draws a link.
    Q_PROPERTY(bool editing MEMBER editing_ NOTIFY modeChanged)
    Q_PROPERTY(bool permissions MEMBER permissions_ NOTIFY modeChanged)
    Q_PROPERTY(bool minimap MEMBER minimap_ NOTIFY modeChanged)

public:
    explicit GraphCanvas(QQuickItem* parent = nullptr);
    ~GraphCanvas() override;
    GraphCanvas(const GraphCanvas&) = delete;
    GraphCanvas& operator=(const GraphCanvas&) = delete;

    graph::GraphSource* source() const { return source_; }
    void setSource(graph::GraphSource* source);
    int current() const { return current_; }
    void setCurrent(int current);
    int hovered() const { return hovered_; }
    qreal zoom() const { return view_.zoom(); }
    bool isFollowing() const { return following_; }

    /// Shows all, and follows again.
    Q_INVOKABLE void fit();
    Q_INVOKABLE void centreOn(int index);
    Q_INVOKABLE void zoomBy(qreal factor);
    /// Keeps the point (x, y) of the item where it is.
    Q_INVOKABLE void zoomAt(qreal factor, qreal x, qreal y);
    Q_INVOKABLE void panBy(qreal dx, qreal dy);
    /// -1: none.
    Q_INVOKABLE int nodeAt(qreal x, qreal y) const;
    /// The middle of a node in pixels of the item; (0, 0) for a node that is not drawn.
    Q_INVOKABLE QPointF positionOf(int index) const;
    /// The next node along a link in the direction (dx, dy) of the screen; -1: none. Without a node
    /// to start from: the one nearest to the middle.
    Q_INVOKABLE int neighbourTowards(int index, qreal dx, qreal dy) const;
    /// What is seen, as a file. False: it could not be written.
    Q_INVOKABLE bool exportPng(const QString& path);

    /// How many names are shown.
    std::size_t names() const { return stage_.names(); }
    /// What the graph is drawn from.
    const Drawing& drawing() const { return stage_.graph(); }

Q_SIGNALS:
    void sourceChanged();
    void currentChanged();
    void hoveredChanged();
    void viewChanged();
    void modeChanged();
    void nodeActivated(int index);
    void nodeClicked(int index);
    /// index is -1 beside all nodes.
    void contextAsked(int index, qreal x, qreal y);
    void linkDrawn(int from, int to);
    /// In layout units.
    void nodeDragged(int index, qreal x, qreal y);
    void nodeDropped(int index);

protected:
    void updatePolish() override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& value) override;
    void timerEvent(QTimerEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseUngrabEvent() override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;

private:
    enum class Drag : std::uint8_t { None, Pressed, View, Node, Link, Minimap };

    void takeScene();
    void takePositions();
    void redraw();
    void setView(const GraphView& view);
    void moveView(const GraphView& view);
    void glideTo(const GraphView& view);
    GraphView fitted() const;
    void showMinimap(bool isRedrawn);
    void setHovered(int hovered);
    void startDrag();
    void endDrag();
    GraphFrame frame() const;
    Pointing pointing() const;
    std::optional<std::size_t> drawn(int index) const;

    QPointer<graph::GraphSource> source_;
    GraphFrame graph_;
    GraphView view_;
    int current_ = -1;
    int hovered_ = -1;
    bool editing_ = false;
    bool permissions_ = false;
    bool minimap_ = false;
    bool following_ = true;
    /// The picture is not what should be seen.
    bool stale_ = true;
    QBasicTimer rest_;

    Drag drag_ = Drag::None;
    int dragged_ = -1;
    QPointF pressedAt_;
    QPointF pointer_;
    /// From the pointer to the middle of the node that is dragged.
    QPointF grip_;
    GraphStage stage_;
    ViewGlide glide_;
};

}  // namespace weft::qml
