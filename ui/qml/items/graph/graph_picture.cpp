// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/graph_picture.h"

#include "ui/qml/items/graph/drawing_nodes.h"
#include "ui/qml/items/graph/drawing_paint.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGRendererInterface>

#include <utility>

namespace weft::qml {

bool drawsImagesOnly(const QQuickWindow* window) {
    return window != nullptr
           && window->rendererInterface()->graphicsApi() == QSGRendererInterface::Software;
}

void GraphPicture::show(Drawing drawing) {
    drawing_ = std::move(drawing);
    changed_ = true;
    update();
}

GraphPicture::GraphPicture(QQuickItem* parent) : QQuickItem(parent) {
    setFlag(ItemHasContents);
    setTransformOrigin(TopLeft);
}

void GraphPicture::setKept(bool kept) {
    // What QML calls layer.enabled; the class behind it is not public.
    if (auto* layer = property("layer").value<QObject*>()) {
        layer->setProperty("enabled", kept);
    }
}

void GraphPicture::setSmoothed(bool smoothed) {
    setSmooth(smoothed);
    if (auto* layer = property("layer").value<QObject*>()) {
        layer->setProperty("smooth", smoothed);
    }
}

QSGNode* GraphPicture::updatePaintNode(QSGNode* old, UpdatePaintNodeData* /*data*/) {
    if (width() <= 0 || height() <= 0) {
        delete old;
        return nullptr;
    }
    if (drawsImagesOnly(window())) {
        return updateImage(old);
    }
    auto* node = static_cast<DrawingNode*>(old);
    const bool isNew = node == nullptr;
    if (isNew) {
        node = new DrawingNode;
    }
    if (isNew || std::exchange(changed_, false)) {
        node->show(drawing_, *window());
    }
    return node;
}

QSGNode* GraphPicture::updateImage(QSGNode* old) {
    auto* node = static_cast<QSGImageNode*>(old);
    const bool isNew = node == nullptr;
    if (isNew) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
    }
    if (isNew || std::exchange(changed_, false)) {
        node->setTexture(window()->createTextureFromImage(painted()));
    }
    node->setFiltering(smooth() ? QSGTexture::Linear : QSGTexture::Nearest);
    node->setRect(boundingRect());
    return node;
}

QImage GraphPicture::painted() const {
    QImage image(
        (size() * drawing_.ratio).toSize().expandedTo(QSize(1, 1)),
        QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    paintDrawing(image, drawing_);
    return image;
}

}  // namespace weft::qml
