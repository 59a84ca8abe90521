// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/qml/items/graph/graph_view.h"

#include <QVariantAnimation>

namespace weft::qml {

/// Brings a view from one place to another in a moment, when somebody asked for it.
class ViewGlide : public QObject {
    Q_OBJECT

public:
    explicit ViewGlide(QObject* parent = nullptr);

    void start(const GraphView& from, const GraphView& to);
    void stop() { motion_.stop(); }

Q_SIGNALS:
    void moved(const weft::qml::GraphView& view);

private:
    QVariantAnimation motion_;
    GraphView from_;
    GraphView to_;
};

}  // namespace weft::qml
