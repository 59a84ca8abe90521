// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/graph_picture.h"

#include "ui/qml/items/graph/drawing_nodes.h"
#include "ui/qml/items/graph/drawing_paint.h"

#include <QPainter>
#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGRendererInterface>

#include <utility>

namespace weft::qml {

bool drawsImagesOnly(const QQuickWindow* window) {
    return window != nullptr
           && window->rendererInterface()->graphicsApi() == QSGRendererInterface::Software;
}

GraphPicture::GraphPicture(QQuickItem* parent) : QQuickItem(parent) {
    setFlag(ItemHasContents);
    setTransformOrigin(TopLeft);
}

void GraphPicture::show(Drawing drawing) {
    drawing_ = std::move(drawing);
    changed_ = true;
    update();
}

void GraphPicture::setKept(bool kept) {
    // What QML calls layer.enabled; the class behind it is not public.
    auto* layer = property("layer").value<QObject*>();
    if (layer != nullptr) {
        layer->setProperty("smooth", true);
        layer->setProperty("enabled", kept);
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
    node->setFiltering(scale() == 1 ? QSGTexture::Nearest : QSGTexture::Linear);
    node->setRect(boundingRect());
    return node;
}

QImage GraphPicture::painted() const {
    QImage image(
        (size() * drawing_.ratio).toSize().expandedTo(QSize(1, 1)),
        QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(drawing_.ratio, drawing_.ratio);
    paintDrawing(painter, drawing_);
    return image;
}

}  // namespace weft::qml
