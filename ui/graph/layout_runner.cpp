// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/layout_runner.h"

#include "core/base/mutex.h"
#include "core/base/thread_name.h"
#include "ui/graph/layout.h"

#include <chrono>
#include <map>
#include <thread>
#include <utility>

namespace weft::graph {
namespace {

using Clock = std::chrono::steady_clock;

/// Between two results: as often as a screen shows something new.
constexpr std::chrono::milliseconds kPause{16};

struct Graph {
    std::uint64_t number = 0;
    std::size_t nodes = 0;
    std::vector<Pair> links;
    std::vector<std::optional<Point>> known;
};

/// What callers asked for and the thread has not seen yet.
struct Orders {
    std::optional<Graph> graph;
    /// By node: where it is held; nullopt: it is released.
    std::map<std::uint32_t, std::optional<Point>> holds;

    bool isEmpty() const { return !graph && holds.empty(); }
};

/// What belongs to the thread.
struct Work {
    Layout layout;
    std::uint64_t graph = 0;
    bool isMoving = false;
    /// The places are others than those told last.
    bool isOwed = false;
    bool isQuiet = false;
    Clock::time_point notBefore;

    void obey(const Orders& orders) {
        if (orders.graph) {
            graph = orders.graph->number;
            layout.setGraph(orders.graph->nodes, orders.graph->links, orders.graph->known);
        }
        for (const auto& [node, where] : orders.holds) {
            if (where) {
                layout.hold(node, *where);
            } else {
                layout.release(node);
            }
        }
        isMoving = !layout.settled();
        isOwed = isOwed || isMoving || orders.graph;
    }

    bool isDue() const { return isOwed && (!isMoving || !isQuiet) && Clock::now() >= notBefore; }

    LayoutRunner::Result result() const {
        return {graph, std::make_shared<const Positions>(layout.positions()), layout.settled()};
    }
};

}  // namespace

struct LayoutRunner::State {
    explicit State(std::function<void(Result)> callback) : changed(std::move(callback)) {}

    void run() {
        base::setThreadName("weft-layout");
        Work work;
        Orders orders;
        while (wait(work, orders)) {
            work.obey(std::exchange(orders, {}));
            if (work.isMoving) {
                work.isMoving = work.layout.step();
            }
            if (work.isDue()) {
                changed(work.result());
                work.isOwed = false;
                // From the end of the call, so that a slow one is not followed by the next at once.
                work.notBefore = Clock::now() + kPause;
            }
        }
    }

    /// Until there is something to do; false: to stop.
    bool wait(Work& work, Orders& orders) WEFT_EXCLUDES(mutex) {
        const base::MutexLock lock(mutex);
        while (!isStopping && waiting.isEmpty() && !work.isMoving && !work.isDue()) {
            if (work.isOwed) {
                news.waitUntil(mutex, work.notBefore);
            } else {
                news.wait(mutex);
            }
        }
        orders = std::exchange(waiting, {});
        work.isQuiet = isQuiet;
        return !isStopping;
    }

    void hold(std::uint32_t node, std::optional<Point> where) WEFT_EXCLUDES(mutex) {
        const base::MutexLock lock(mutex);
        waiting.holds[node] = where;
        news.notifyOne();
    }

    const std::function<void(Result)> changed;
    base::Mutex mutex;
    base::ConditionVariable news;
    Orders waiting WEFT_GUARDED_BY(mutex);
    std::uint64_t lastGraph WEFT_GUARDED_BY(mutex) = 0;
    bool isQuiet WEFT_GUARDED_BY(mutex) = false;
    bool isStopping WEFT_GUARDED_BY(mutex) = false;
    /// Of the runner's thread only.
    std::thread thread;
};

LayoutRunner::LayoutRunner(std::function<void(Result)> changed)
    : state_(std::make_shared<State>(std::move(changed))) {
    // The thread keeps the state: it may outlive a runner that `changed` destroys.
    state_->thread = std::thread([state = state_] { state->run(); });
}

LayoutRunner::~LayoutRunner() {
    {
        const base::MutexLock lock(state_->mutex);
        state_->isStopping = true;
        state_->news.notifyOne();
    }
    if (state_->thread.get_id() == std::this_thread::get_id()) {
        state_->thread.detach();
    } else {
        state_->thread.join();
    }
}

std::uint64_t LayoutRunner::setGraph(
    std::size_t nodes, std::vector<Pair> links, std::vector<std::optional<Point>> known) {
    const base::MutexLock lock(state_->mutex);
    const auto number = ++state_->lastGraph;
    // Who was held was a node of the graph before.
    state_->waiting = {
        .graph = Graph{number, nodes, std::move(links), std::move(known)}, .holds = {}};
    state_->news.notifyOne();
    return number;
}

void LayoutRunner::hold(std::uint32_t node, Point where) {
    state_->hold(node, where);
}

void LayoutRunner::release(std::uint32_t node) {
    state_->hold(node, std::nullopt);
}

void LayoutRunner::setQuiet(bool quiet) {
    const base::MutexLock lock(state_->mutex);
    state_->isQuiet = quiet;
}

}  // namespace weft::graph
