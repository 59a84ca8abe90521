// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>
#include <QQuickItem>
#include <QTimer>

#include <vector>

namespace weft::qml {

/// Keeps items that are to be deleted until no layout knows them any more.
/// A layout of Qt 6.4 takes a child that a Repeater has let go of out of its books when it is
/// polished, and is asked for its sizes before that when its window or a popup changes its size: it
/// then reads what is deleted. Installed once for the program. Thread: main.
class LayoutGuard final : public QObject {
    Q_OBJECT

public:
    /// Makes the one of the program, if there is none yet.
    static void install();

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit LayoutGuard(QObject* parent);
    void release();

    std::vector<QPointer<QQuickItem>> waiting_;
    QTimer timer_;
};

}  // namespace weft::qml
