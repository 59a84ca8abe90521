// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"
#include "ui/graph/scene.h"

#include <QObject>
#include <QQmlEngine>

#include <memory>

namespace weft::graph {

/// Where a canvas gets what it draws. Never null; what was given does not change any more.
/// Thread: main.
class GraphSource : public QObject {
    Q_OBJECT
    QML_ANONYMOUS

public:
    using QObject::QObject;

    virtual std::shared_ptr<const Scene> scene() const = 0;
    /// One for each node of the scene.
    virtual std::shared_ptr<const Positions> positions() const = 0;

Q_SIGNALS:
    /// The positions too.
    void sceneChanged();
    void positionsChanged();
};

}  // namespace weft::graph
