// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPointF>
#include <QQuickItem>

#include <vector>

namespace weft::qml {

/// The faint ground below a line: triangles, or an image in a window that draws images only.
class ChartFill : public QQuickItem {
    Q_OBJECT

public:
    explicit ChartFill(QQuickItem* parent);

    /// Down to `foot`, in pixels of the item.
    void show(std::vector<std::vector<QPointF>> runs, qreal foot, const QColor& ink);

protected:
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData* data) override;

private:
    QSGNode* updateTriangles(QSGNode* old);
    QSGNode* updateImage(QSGNode* old);

    std::vector<std::vector<QPointF>> runs_;
    qreal foot_ = 0;
    QColor ink_;
    bool changed_ = false;
};

}  // namespace weft::qml
