// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/operation_queue.h"

#include "core/mesh/detail/limits.h"

#include <utility>

namespace weft::mesh::detail {

OperationQueue::OperationQueue(
    base::Loop& loop, storage::KeyValueStore& store, std::function<MeshView()> view)
    : loop_(loop), store_(store), view_(std::move(view)) {}

OperationQueue::~OperationQueue() {
    alive_.reset();
    for (auto& operation : std::exchange(waiting_, {})) {
        operation.done(cancelled("the server is stopping"));
    }
}

void OperationQueue::add(HostAccess::Planner plan, StatusCallback done) {
    if (waiting_.size() >= kMaxWaitingOperations) {
        done(resourceExhausted("too many changes of the mesh are waiting: try again later"));
        return;
    }
    waiting_.push_back({std::move(plan), std::move(done), 0});
    runNext();
}

void OperationQueue::runNext() {
    const std::weak_ptr<bool> alive = alive_;
    while (!alive.expired() && !busy_ && !waiting_.empty()) {
        busy_ = true;
        auto& operation = waiting_.front();
        ++operation.attempts;
        auto transaction = operation.plan(view_());
        if (!transaction.ok() || transaction->operations.empty()) {
            finish(transaction.status());
            continue;
        }
        store_.commit(
            *std::move(transaction),
            [this, alive, &loop = loop_](StatusOr<storage::CommitResult> result) {
                loop.post([this, alive, result = std::move(result)]() mutable {
                    if (!alive.expired()) {
                        onCommitted(std::move(result));
                    }
                });
            });
    }
}

void OperationQueue::onCommitted(StatusOr<storage::CommitResult> result) {
    const std::weak_ptr<bool> alive = alive_;
    if (!result.ok()) {
        finish(annotate(result.status(), "storing the change"));
    } else if (result->applied) {
        finish(okStatus());
    } else if (waiting_.front().attempts >= kMaxPlanAttempts) {
        finish(aborted("others keep changing the mesh: try again"));
    } else {
        busy_ = false;
    }
    if (!alive.expired()) {
        runNext();
    }
}

void OperationQueue::finish(const Status& status) {
    const auto done = std::move(waiting_.front().done);
    waiting_.pop_front();
    busy_ = false;
    done(status);
}

}  // namespace weft::mesh::detail
