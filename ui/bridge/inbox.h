// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/base/mutex.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace weft::bridge {

/// What the core reported and the window has not taken yet. Its size is bounded by what there is:
/// one link, one state, one policy, one entry for each peer.
/// Thread: any.
class Inbox {
public:
    struct News {
        std::optional<std::pair<api::LinkState, Status>> link;
        std::optional<api::DaemonState> state;
        std::optional<api::PeersUpdate> peers;
        std::shared_ptr<const api::PolicyState> policy;
    };

    /// Each returns whether the window has to be told that there is news.
    bool putLink(api::LinkState link, const Status& error) WEFT_EXCLUDES(mutex_);
    bool putState(const api::DaemonState& state) WEFT_EXCLUDES(mutex_);
    /// `watch` tells whose peers these are; those of an earlier watch are dropped.
    bool putPeers(std::uint64_t watch, const api::PeersUpdate& update) WEFT_EXCLUDES(mutex_);

    /// From now on peers come from `watch`; what is left of the one before is forgotten.
    void beginWatch(std::uint64_t watch) WEFT_EXCLUDES(mutex_);
    /// The same for the rules of a mesh.
    bool putPolicy(std::uint64_t watch, std::shared_ptr<const api::PolicyState> policy)
        WEFT_EXCLUDES(mutex_);
    void beginPolicyWatch(std::uint64_t watch) WEFT_EXCLUDES(mutex_);
    News take() WEFT_EXCLUDES(mutex_);

private:
    bool ring() WEFT_REQUIRES(mutex_);

    base::Mutex mutex_;
    bool rung_ WEFT_GUARDED_BY(mutex_) = false;
    std::optional<std::pair<api::LinkState, Status>> link_ WEFT_GUARDED_BY(mutex_);
    std::optional<api::DaemonState> state_ WEFT_GUARDED_BY(mutex_);
    std::uint64_t watch_ WEFT_GUARDED_BY(mutex_) = 0;
    bool hasPeers_ WEFT_GUARDED_BY(mutex_) = false;
    bool reset_ WEFT_GUARDED_BY(mutex_) = false;
    /// By id; nullopt is a peer that went.
    std::map<std::string, std::optional<api::Peer>> peers_ WEFT_GUARDED_BY(mutex_);
    std::uint64_t policyWatch_ WEFT_GUARDED_BY(mutex_) = 0;
    std::shared_ptr<const api::PolicyState> policy_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::bridge
