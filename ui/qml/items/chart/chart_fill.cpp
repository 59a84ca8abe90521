// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/chart/chart_fill.h"

#include "ui/qml/items/graph/graph_picture.h"

#include <QPainter>
#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGImageNode>
#include <QSGVertexColorMaterial>

#include <cstddef>
#include <span>
#include <utility>

namespace weft::qml {
namespace {

using Vertex = QSGGeometry::ColoredPoint2D;

std::size_t piecesOf(const std::vector<std::vector<QPointF>>& runs) {
    std::size_t pieces = 0;
    for (const auto& run : runs) {
        pieces += run.size() - 1;
    }
    return pieces;
}

/// Two triangles for each piece of the line.
void weave(
    std::span<Vertex> vertices,
    const std::vector<std::vector<QPointF>>& runs,
    qreal foot,
    const QColor& ink) {
    const QRgb colour = qPremultiply(ink.rgba());
    auto next = vertices.begin();
    const auto put = [&](qreal x, qreal y) {
        next->set(
            static_cast<float>(x),
            static_cast<float>(y),
            static_cast<uchar>(qRed(colour)),
            static_cast<uchar>(qGreen(colour)),
            static_cast<uchar>(qBlue(colour)),
            static_cast<uchar>(qAlpha(colour)));
        ++next;
    };
    for (const auto& run : runs) {
        for (std::size_t i = 1; i < run.size(); ++i) {
            const QPointF from = run[i - 1];
            const QPointF to = run[i];
            put(from.x(), from.y());
            put(from.x(), foot);
            put(to.x(), to.y());
            put(to.x(), to.y());
            put(from.x(), foot);
            put(to.x(), foot);
        }
    }
}

}  // namespace

ChartFill::ChartFill(QQuickItem* parent) : QQuickItem(parent) {
    setFlag(ItemHasContents);
}

void ChartFill::show(std::vector<std::vector<QPointF>> runs, qreal foot, const QColor& ink) {
    runs_ = std::move(runs);
    foot_ = foot;
    ink_ = ink;
    changed_ = true;
    update();
}

QSGNode* ChartFill::updatePaintNode(QSGNode* old, UpdatePaintNodeData* /*data*/) {
    if (width() <= 0 || height() <= 0 || piecesOf(runs_) == 0) {
        delete old;
        changed_ = true;
        return nullptr;
    }
    return drawsImagesOnly(window()) ? updateImage(old) : updateTriangles(old);
}

QSGNode* ChartFill::updateTriangles(QSGNode* old) {
    auto* node = static_cast<QSGGeometryNode*>(old);
    if (node == nullptr) {
        node = new QSGGeometryNode;
        auto* geometry = new QSGGeometry(QSGGeometry::defaultAttributes_ColoredPoint2D(), 0);
        geometry->setDrawingMode(QSGGeometry::DrawTriangles);
        node->setGeometry(geometry);
        auto* material = new QSGVertexColorMaterial;
        // The renderer would join these triangles with the lines, whose indices have 32 bits.
        material->setFlag(QSGMaterial::NoBatching);
        node->setMaterial(material);
        node->setFlags(QSGNode::OwnsGeometry | QSGNode::OwnsMaterial);
        changed_ = true;
    }
    if (std::exchange(changed_, false)) {
        const std::size_t count = 6 * piecesOf(runs_);
        node->geometry()->allocate(static_cast<int>(count));
        weave({node->geometry()->vertexDataAsColoredPoint2D(), count}, runs_, foot_, ink_);
        node->markDirty(QSGNode::DirtyGeometry);
    }
    return node;
}

QSGNode* ChartFill::updateImage(QSGNode* old) {
    auto* node = static_cast<QSGImageNode*>(old);
    if (node == nullptr) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        changed_ = true;
    }
    if (std::exchange(changed_, false)) {
        const qreal ratio = window()->effectiveDevicePixelRatio();
        QImage image(
            (size() * ratio).toSize().expandedTo(QSize(1, 1)), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(ratio, ratio);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink_);
        for (const auto& run : runs_) {
            QPolygonF shape(run.begin(), run.end());
            shape << QPointF(run.back().x(), foot_) << QPointF(run.front().x(), foot_);
            painter.drawPolygon(shape);
        }
        painter.end();
        node->setTexture(window()->createTextureFromImage(image));
    }
    node->setRect(boundingRect());
    return node;
}

}  // namespace weft::qml
