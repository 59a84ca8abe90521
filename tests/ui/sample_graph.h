// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/graph_source.h"

#include <QColor>
#include <QQuickItem>

#include <cstddef>
#include <memory>
#include <utility>

namespace weft::tests {

/// A graph that a test holds in its hand.
class HeldGraph : public graph::GraphSource {
public:
    HeldGraph() = default;
    HeldGraph(graph::Scene scene, graph::Positions positions)
        : scene_(std::make_shared<graph::Scene>(std::move(scene)))
        , positions_(std::make_shared<graph::Positions>(std::move(positions))) {}

    std::shared_ptr<const graph::Scene> scene() const override { return scene_; }
    std::shared_ptr<const graph::Positions> positions() const override { return positions_; }

    void set(graph::Scene scene, graph::Positions positions) {
        scene_ = std::make_shared<graph::Scene>(std::move(scene));
        positions_ = std::make_shared<graph::Positions>(std::move(positions));
        Q_EMIT sceneChanged();
    }
    void move(graph::Positions positions) {
        positions_ = std::make_shared<graph::Positions>(std::move(positions));
        Q_EMIT positionsChanged();
    }

private:
    std::shared_ptr<const graph::Scene> scene_ = std::make_shared<graph::Scene>();
    std::shared_ptr<const graph::Positions> positions_ = std::make_shared<graph::Positions>();
};

/// `nodes` nodes in groups that lie beside each other, about two links for each of them, of every
/// style, and some nodes with every mark. The same for the same number.
std::unique_ptr<HeldGraph> sampleGraph(std::size_t nodes);

/// The colours of the theme, light or dark, for a GraphCanvas.
void setThemeColours(QQuickItem& canvas, bool dark);

}  // namespace weft::tests
