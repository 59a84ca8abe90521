// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/ui/ui_fixture.h"
#include "ui/qml/items/main_window.h"

#include <QPointF>
#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <memory>
#include <random>

namespace weft::tests {

/// Somebody who hits keys and the pointer at random, while the daemon goes, comes back and is
/// somebody else's. The same events for the same seed.
/// Thread: main.
class Monkey {
public:
    explicit Monkey(std::uint64_t seed);
    ~Monkey();
    Monkey(const Monkey&) = delete;
    Monkey& operator=(const Monkey&) = delete;

    /// One event, and everything that comes of it. Returns what it was, for a person.
    QString step();

    /// Pages that were shown so far.
    const QSet<QString>& pages() const { return pages_; }
    /// Calls that the window made of the daemon so far.
    std::size_t calls() const { return ui_->controller.calls().size(); }
    /// What the window shows now, for a report.
    QString where() const;

private:
    QString hitKey();
    QString typeText();
    QString shortcut();
    QString click();
    QString clickControl();
    QString drag();
    QString wheel();
    QString changeLook();
    QString changeDaemon();
    QString changeScene();
    QString changePeers();
    QString failCall();
    QString passTime();
    QString reopen();

    void openWindow();
    void settle();
    int below(int limit);
    bool chance(int percent) { return below(100) < percent; }
    template <typename List>
    const auto& oneOf(const List& list) {
        return list.at(static_cast<typename List::size_type>(below(static_cast<int>(list.size()))));
    }
    QPoint somewhere();
    QQuickWindow& window() const { return *main_->window(); }

    std::mt19937_64 random_;
    std::unique_ptr<UiFixture> ui_;
    std::unique_ptr<qml::MainWindow> main_;
    QSet<QString> pages_;
    int steps_ = 0;
};

}  // namespace weft::tests
