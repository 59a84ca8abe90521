// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/graph_frame.h"
#include "ui/qml/items/graph/graph_picture.h"
#include "ui/qml/items/graph/label_book.h"
#include "ui/qml/items/graph/node_atlas.h"

#include <QQuickItem>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace weft::qml {

/// What lies over the graph and changes with the pointer.
struct Pointing {
    /// A link that somebody draws.
    struct Rubber {
        std::size_t from = 0;
        QPointF to;
        /// The node that it would end at.
        std::optional<std::size_t> target;
    };

    std::optional<std::size_t> current;
    std::optional<std::size_t> hovered;
    std::optional<Rubber> rubber;
};

/// The pictures that a canvas is made of: the graph, with a margin so that it can be moved a while
/// before it is drawn again, what the pointer adds, and the minimap.
/// Thread: main.
class GraphStage {
public:
    explicit GraphStage(QQuickItem& canvas);

    void drawGraph(const GraphFrame& frame);
    /// Moves and scales the picture of the graph to where `view` is. False: it does not reach, or
    /// was never drawn.
    bool moveGraph(const GraphView& view);
    /// The picture stands exactly as it was drawn.
    bool isAtRest(const GraphView& view) const { return drawnView_ == view; }
    /// It may have been moved since, but not scaled.
    bool isUnscaled() const { return graph_.scale() == 1; }
    void drawPointing(const GraphFrame& frame, const Pointing& pointing);
    void drawMinimap(const GraphFrame& frame);
    void moveMinimap(const GraphFrame& frame);
    void hideMinimap();
    /// What part of the layout the minimap shows, and where; nullopt while there is none.
    std::optional<QPointF> minimapToLayout(QPointF item) const;

    /// The graph as it is seen, on its ground.
    QImage image(const GraphFrame& frame, const Pointing& pointing);

    std::size_t names() const { return named_.size(); }
    const Drawing& graph() const { return graph_.drawing(); }

private:
    Drawing graphDrawing(const GraphFrame& frame, const QRectF& clip);
    Drawing pointingDrawing(const GraphFrame& frame, const Pointing& pointing);
    const NodeAtlas& atlasFor(const GraphFrame& frame);

    GraphPicture& graph_;
    GraphPicture& minimap_;
    GraphPicture& minimapWindow_;
    GraphPicture& pointing_;

    NodeAtlas atlas_;
    LabelBook book_;
    LabelBook pointingBook_;
    std::shared_ptr<const graph::Scene> ranked_;
    std::vector<std::uint32_t> importance_;
    /// Whose name stands in the picture.
    std::vector<std::size_t> named_;
    std::optional<GraphView> drawnView_;
    QSizeF margin_;
    /// There is something of the graph beyond the picture.
    bool isCut_ = false;
    GraphView minimapView_;
};

}  // namespace weft::qml
