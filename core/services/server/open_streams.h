// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/standing.h"
#include "core/services/server/stream_writer.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace weft::services {

/// The streams that callers hold, so that those of a node that is expelled can be ended.
/// Thread: confined to the loop of `standing`, except for construction.
class OpenStreams {
public:
    explicit OpenStreams(const mesh::Standing& standing) : standing_(standing) {}

    template <typename Message>
    void add(const mesh::Caller& caller, const std::shared_ptr<StreamWriter<Message>>& writer) {
        if (!caller.authenticated() && caller.proxiedBy.empty()) {
            return;
        }
        if (streams_.size() >= pruneAt_) {
            prune();
        }
        if (streams_.empty()) {
            removals_ = standing_.onRemoval([this](const mesh::NodeId& id) { endThoseOf(id); });
        }
        const std::weak_ptr<StreamWriter<Message>> weak = writer;
        streams_.push_back({caller.memberId(), caller.proxiedBy, weak, [weak] {
                                if (const auto alive = weak.lock()) {
                                    alive->end(permissionDenied("permission denied"));
                                }
                            }});
    }

    std::size_t size() const { return streams_.size(); }

private:
    static constexpr std::size_t kLeastPruned = 64;
    struct Stream {
        mesh::NodeId identity;
        mesh::NodeId proxiedBy;
        std::weak_ptr<const void> alive;
        std::function<void()> end;
    };

    /// Forgets those that are over: at most as many are kept as are open, and once more.
    void prune() {
        std::erase_if(streams_, [](const Stream& stream) { return stream.alive.expired(); });
        pruneAt_ = std::max(kLeastPruned, 2 * streams_.size());
    }

    void endThoseOf(const mesh::NodeId& id) const {
        for (const auto& stream : streams_) {
            if (stream.identity == id || stream.proxiedBy == id) {
                stream.end();
            }
        }
    }

    const mesh::Standing& standing_;
    std::vector<Stream> streams_;
    std::size_t pruneAt_ = kLeastPruned;
    Subscription removals_;
};

}  // namespace weft::services
