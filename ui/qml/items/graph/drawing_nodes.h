// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"

#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGTexture>
#include <QSGTextureMaterial>
#include <QSGVertexColorMaterial>

#include <memory>

namespace weft::qml {

/// All lines of a drawing in one batch: bands of triangles whose edges fade out over one pixel of
/// the screen, so that they are smooth without multisampling.
class StrokesNode : public QSGGeometryNode {
public:
    StrokesNode();
    /// Nothing to draw is no batch.
    bool isSubtreeBlocked() const override { return geometry_.vertexCount() == 0; }
    void show(const std::vector<Stroke>& strokes, qreal ratio);

private:
    QSGGeometry geometry_;
    QSGVertexColorMaterial material_;
};

/// All sprites of a sheet in one batch. Thread: render, as all nodes.
class SpritesNode : public QSGGeometryNode {
public:
    SpritesNode();
    bool isSubtreeBlocked() const override { return geometry_.vertexCount() == 0; }
    void show(const SpriteSheet& sheet, qreal ratio, QQuickWindow& window);

private:
    QSGGeometry geometry_;
    QSGTextureMaterial material_;
    std::unique_ptr<QSGTexture> texture_;
    /// Of the image that the texture was made from.
    qint64 shown_ = 0;
};

/// A whole drawing.
class DrawingNode : public QSGNode {
public:
    DrawingNode();
    void show(const Drawing& drawing, QQuickWindow& window);

private:
    StrokesNode* strokes_;
    SpritesNode* bodies_;
    SpritesNode* labels_;
};

}  // namespace weft::qml
