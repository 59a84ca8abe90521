// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/graph/view_glide.h"

#include <QEasingCurve>

namespace weft::qml {
namespace {

constexpr int kMilliseconds = 180;

}  // namespace

ViewGlide::ViewGlide(QObject* parent) : QObject(parent) {
    motion_.setDuration(kMilliseconds);
    motion_.setEasingCurve(QEasingCurve::OutCubic);
    motion_.setStartValue(0.0);
    motion_.setEndValue(1.0);
    connect(&motion_, &QVariantAnimation::valueChanged, this, [this](const QVariant& share) {
        Q_EMIT moved(between(from_, to_, share.toDouble()));
    });
}

void ViewGlide::start(const GraphView& from, const GraphView& to) {
    motion_.stop();
    from_ = from;
    to_ = to;
    motion_.start();
}

}  // namespace weft::qml
