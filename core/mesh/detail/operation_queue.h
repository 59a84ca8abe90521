// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/mesh/detail/host_access.h"
#include "core/storage/key_value_store.h"

#include <deque>
#include <functional>
#include <memory>

namespace weft::mesh::detail {

/// Changes of the mesh one after another: plan, commit, answer. The watches of the store bring the
/// change into the records before the answer, because the store calls them first and both come
/// over the loop in order.
/// Thread: confined to the loop.
class OperationQueue {
public:
    OperationQueue(base::Loop& loop, storage::KeyValueStore& store, std::function<MeshView()> view);
    /// What waits is answered with kCancelled.
    ~OperationQueue();
    OperationQueue(const OperationQueue&) = delete;
    OperationQueue& operator=(const OperationQueue&) = delete;

    void add(HostAccess::Planner plan, StatusCallback done);

private:
    struct Operation {
        HostAccess::Planner plan;
        StatusCallback done;
        int attempts = 0;
    };

    void runNext();
    void onCommitted(StatusOr<storage::CommitResult> result);
    void finish(const Status& status);

    base::Loop& loop_;
    storage::KeyValueStore& store_;
    const std::function<MeshView()> view_;
    std::deque<Operation> waiting_;
    bool busy_ = false;
    /// Gone with the queue; what comes over the loop later finds that out.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace weft::mesh::detail
