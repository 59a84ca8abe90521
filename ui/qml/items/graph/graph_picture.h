// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/drawing.h"

#include <QQuickItem>

namespace weft::qml {

/// Whether a window has no graphics card: its scene graph draws images only, no triangles.
bool drawsImagesOnly(const QQuickWindow* window);

/// Shows a drawing: as triangles, or as an image where there are none.
class GraphPicture : public QQuickItem {
    Q_OBJECT

public:
    explicit GraphPicture(QQuickItem* parent);

    void show(Drawing drawing);
    const Drawing& drawing() const { return drawing_; }
    /// Drawn once into a texture that is moved and scaled until there is another drawing.
    void setKept(bool kept);
    /// While it is scaled; a picture that is only moved stays crisp.
    void setSmoothed(bool smoothed);

protected:
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData* data) override;

private:
    QImage painted() const;
    QSGNode* updateImage(QSGNode* old);

    Drawing drawing_;
    bool changed_ = false;
};

}  // namespace weft::qml
