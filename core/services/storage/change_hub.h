// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/subscription.h"
#include "core/storage/key_value_store.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weft::services {

/// Hands the changes of a store to many followers with one watch: the writer thread passes each
/// batch on once, however many follow.
/// Thread: confined to the loop, except for construction.
class ChangeHub : public std::enable_shared_from_this<ChangeHub> {
public:
    using Changed = std::function<void(const storage::Event&)>;

    ChangeHub(storage::KeyValueStore& store, base::Loop& loop) : store_(store), loop_(loop) {}

    /// Every change from now on whose key starts with `prefix`. Dropping the handle on the loop
    /// ends it. Errors: what the store says when it cannot be watched.
    StatusOr<Subscription> follow(std::string prefix, Changed changed);

    /// Ends the watch.
    void stop() { watch_.reset(); }

private:
    struct Follower {
        std::string prefix;
        Changed changed;
    };

    Status ensureWatch();
    void deliver(const std::vector<storage::Event>& events);

    storage::KeyValueStore& store_;
    base::Loop& loop_;
    std::unique_ptr<storage::WatchHandle> watch_;
    std::map<std::uint64_t, std::shared_ptr<Follower>> followers_;
    std::uint64_t next_ = 0;
};

}  // namespace weft::services
