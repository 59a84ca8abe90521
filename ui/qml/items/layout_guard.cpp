// SPDX-License-Identifier: Apache-2.0
#include "ui/qml/items/layout_guard.h"

#include <QEvent>
#include <QGuiApplication>
#include <QQuickWindow>

#include <utility>

namespace weft::qml {
namespace {

/// As deep as rows of rows are nested; the rest waits for the next turn of the loop.
constexpr int kMostRounds = 8;

/// Everything below `item`, with what popups hold that are declared there: a closed one stands in
/// no window.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the window is nested
void polishLayouts(QQuickItem& item) {
    for (QQuickItem* child : item.childItems()) {
        polishLayouts(*child);
    }
    for (QObject* child : item.children()) {
        if (child->inherits("QQuickPopup")) {
            auto* held = child->property("contentItem").value<QQuickItem*>();
            if (held != nullptr) {
                polishLayouts(*held);
            }
        }
    }
    if (item.inherits("QQuickLayout")) {
        item.ensurePolished();
    }
}

void polishWindows() {
    for (QWindow* window : QGuiApplication::topLevelWindows()) {
        auto* shown = qobject_cast<QQuickWindow*>(window);
        if (shown != nullptr) {
            polishLayouts(*shown->contentItem());
        }
    }
}

}  // namespace

LayoutGuard::LayoutGuard(QObject* parent) : QObject(parent) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &LayoutGuard::release);
}

void LayoutGuard::install() {
    static QPointer<LayoutGuard> guard;
    if (guard == nullptr) {
        guard = new LayoutGuard(QCoreApplication::instance());
        QCoreApplication::instance()->installEventFilter(guard);
    }
}

bool LayoutGuard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::DeferredDelete) {
        return false;
    }
    auto* item = qobject_cast<QQuickItem*>(watched);
    if (item == nullptr || item->parentItem() != nullptr) {
        return false;
    }
    waiting_.emplace_back(item);
    timer_.start();
    return true;
}

void LayoutGuard::release() {
    // What a row leaves behind goes with it: its texts would look for the row.
    for (int round = 0; round < kMostRounds && !waiting_.empty(); ++round) {
        polishWindows();
        for (const QPointer<QQuickItem>& item : std::exchange(waiting_, {})) {
            delete item.data();
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

}  // namespace weft::qml
