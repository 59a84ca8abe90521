// SPDX-License-Identifier: Apache-2.0
// What the page of members costs with 5,000 of them: how long each frame takes while the list is
// scrolled from its first to its last row, and what it costs on the main thread when one member of
// a hundred changes in a second. Prints one line for each.
//
//   QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software bench_peers_table [--rounds N]
#include "core/base/clock.h"
#include "tests/support/fake_controller.h"
#include "tests/ui/fake_core_choice.h"
#include "tests/ui/item_walk.h"
#include "ui/qml/items/main_window.h"
#include "ui/viewmodels/app_view_model.h"

#include <fmt/format.h>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QQuickItem>
#include <QTimer>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace weft::bench {
namespace {

using viewmodels::PeerColumns;
using viewmodels::PeerList;

constexpr QSize kWindow(1120, 740);
/// About what three notches of a wheel move.
constexpr double kStep = 180;
constexpr std::size_t kMembers = 5000;
/// One of a hundred.
constexpr std::size_t kChanged = kMembers / 100;

struct Page {
    Page()
        : controller(
            tests::fakeScene("crowd", clock.wallNow()).value(),
            tests::FakeController::Delivery::Manual)
        , app(controller, {clock, appearance, nullptr, &core}) {
        appearance.setReduceMotion(true);
        app.start();
        settle();
        window = std::make_unique<qml::MainWindow>(app);
        window->window()->resize(kWindow);
        window->window()->show();
        window->open(QStringLiteral("peers"));
        settle();
        tests::walkVisible(window->window()->contentItem(), [this](QQuickItem& item) {
            if (item.property("model").value<PeerList*>() == app.peers()) {
                list = &item;
            }
        });
    }

    void settle() {
        for (int round = 0; round < 8; ++round) {
            controller.run();
            QCoreApplication::processEvents();
        }
    }

    /// Milliseconds from a change to the picture with it.
    template <typename Change>
    double frame(Change change) {
        QEventLoop loop;
        QElapsedTimer timer;
        QObject::connect(
            window->window(), &QQuickWindow::frameSwapped, &loop, [&loop] { loop.quit(); });
        timer.start();
        change();
        window->window()->update();
        loop.exec();
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    base::SystemClock clock;
    viewmodels::Appearance appearance{nullptr};
    tests::FakeCoreChoice core;
    tests::FakeController controller;
    viewmodels::AppViewModel app;
    std::unique_ptr<qml::MainWindow> window;
    QQuickItem* list = nullptr;
};

void tell(const char* what, std::vector<double> times) {
    std::ranges::sort(times);
    fmt::print(
        "{} n={} median_ms={:.2f} p99_ms={:.2f} worst_ms={:.2f}\n",
        what,
        times.size(),
        times[times.size() / 2],
        times[times.size() * 99 / 100],
        times.back());
    std::fflush(stdout);
}

void scroll(Page& page, const char* what) {
    std::vector<double> frames;
    page.list->setProperty("contentY", 0.0);
    page.settle();
    const double end = page.list->property("contentHeight").toDouble() - page.list->height();
    const int steps = static_cast<int>(end / kStep);
    for (int step = 0; step < steps; ++step) {
        const double y = step * kStep;
        frames.push_back(page.frame([&page, y] { page.list->setProperty("contentY", y); }));
    }
    tell(what, frames);
}

void change(Page& page, const char* what, int rounds) {
    // The same changes in each run.
    // NOLINTNEXTLINE(cert-msc32-c,cert-msc51-cpp)
    std::mt19937 random(5);
    std::vector<double> applied;
    std::vector<double> drawn;
    for (int round = 0; round < rounds; ++round) {
        api::PeersUpdate update;
        for (std::size_t i = 0; i < kChanged; ++i) {
            // Row 0 is this node.
            const int row = 1 + static_cast<int>(random() % (kMembers - 1));
            api::Peer peer = page.app.allPeers()->rowAt(row).peer;
            if (!peer.tunnel) {
                peer.tunnel.emplace();
            }
            peer.tunnel->receivedBytes += random() % 100'000;
            peer.tunnel->sentBytes += random() % 100'000;
            peer.tunnel->lastHandshake = page.clock.wallNow();
            update.changed.push_back(std::move(peer));
        }
        drawn.push_back(page.frame([&] {
            QElapsedTimer timer;
            timer.start();
            page.app.allPeers()->apply(update);
            applied.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }));
    }
    tell(fmt::format("{} model", what).c_str(), applied);
    tell(fmt::format("{} model and frame", what).c_str(), drawn);
}

void measure(int rounds) {
    Page page;
    if (page.list == nullptr || page.app.peers()->count() != static_cast<int>(kMembers)) {
        fmt::print(stderr, "bench_peers_table: the list is not there\n");
        return;
    }
    scroll(page, "scroll");
    change(page, "1% changed, by name:", rounds);
    page.app.peers()->sortBy(PeerColumns::Column::Received);
    change(page, "1% changed, by what comes:", rounds);
    page.app.peers()->setGrouping(PeerList::Grouping::State);
    change(page, "1% changed, states by what comes:", rounds);
    scroll(page, "scroll with headings");
    QElapsedTimer timer;
    timer.start();
    page.app.peers()->setSearchText(QStringLiteral("camera"));
    const double search = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    timer.start();
    page.app.peers()->clearFilters();
    fmt::print(
        "search_ms={:.2f} clear_ms={:.2f}\n",
        search,
        static_cast<double>(timer.nsecsElapsed()) / 1e6);
}

}  // namespace
}  // namespace weft::bench

int main(int count, char** arguments) {
    const QGuiApplication app(count, arguments);
    const QStringList words = QGuiApplication::arguments();
    int rounds = 60;
    bool good = words.size() == 1;
    if (words.size() == 3 && words[1] == QLatin1String("--rounds")) {
        rounds = words[2].toInt(&good);
        good = good && rounds > 0;
    }
    if (!good) {
        fmt::print(stderr, "usage: bench_peers_table [--rounds N]\n");
        return 2;
    }
    weft::bench::measure(rounds);
    return 0;
}
