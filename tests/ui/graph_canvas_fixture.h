// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/ui/sample_graph.h"
#include "ui/qml/items/graph_canvas.h"

#include <QQuickWindow>
#include <QTest>

#include <cstddef>
#include <initializer_list>
#include <utility>

namespace weft::tests {

inline constexpr QSize kCanvasSize(800, 600);

/// A canvas that fills a window.
struct CanvasWindow {
    explicit CanvasWindow(graph::GraphSource* source) {
        window.resize(kCanvasSize);
        canvas.setParentItem(window.contentItem());
        canvas.setSize(kCanvasSize);
        canvas.setProperty("reduceMotion", true);
        setThemeColours(canvas, false);
        window.setColor(Qt::white);
        canvas.setSource(source);
        window.show();
        picture();
    }

    /// What is seen once everything that was asked for is drawn.
    QImage picture() { return window.grabWindow(); }
    QPoint at(int node) const { return canvas.positionOf(node).toPoint(); }
    void drag(QPoint from, QPoint to) {
        QTest::mousePress(&window, Qt::LeftButton, {}, from);
        // A drag starts with a distance.
        for (int part = 1; part <= 4; ++part) {
            QTest::mouseMove(&window, from + (to - from) * part / 4);
        }
        QTest::mouseRelease(&window, Qt::LeftButton, {}, to);
    }

    QQuickWindow window;
    qml::GraphCanvas canvas;
};

inline bool isNear(QPointF a, QPointF b, double most = 0.01) {
    return (a - b).manhattanLength() <= most;
}

inline graph::Scene sceneOf(
    std::size_t nodes, std::initializer_list<graph::Pair> links, const QString& label = {}) {
    graph::Scene scene;
    scene.nodes.resize(nodes);
    for (graph::SceneNode& node : scene.nodes) {
        node.label = label;
    }
    for (const auto& [from, to] : links) {
        graph::SceneLink link;
        link.from = from;
        link.to = to;
        link.rate = 1e6F;
        scene.links.push_back(link);
    }
    return scene;
}

/// A cross: 0 in the middle, 1 to the right, 2 below, 3 to the left, 4 above; 0 is linked with all.
inline std::unique_ptr<HeldGraph> crossGraph() {
    return std::make_unique<HeldGraph>(
        sceneOf(5, {{0, 1}, {2, 0}, {0, 3}, {4, 0}}),
        graph::Positions{{0, 0}, {2, 0}, {0, 2}, {-2, 0}, {0, -2}});
}

}  // namespace weft::tests
