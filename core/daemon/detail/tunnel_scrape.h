// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "core/daemon/detail/mesh_names.h"
#include "core/daemon/detail/mesh_tunnel.h"
#include "core/services/metrics/tunnel_figures.h"

#include <memory>

namespace weft::daemon {

/// Fetches the figures of a tunnel for a scrape, which comes on a thread of its own and waits.
class TunnelScrape final : public services::TunnelFigureSource {
public:
    /// `tunnel`, `names` and `loop` outlive this, or close() is called before they go. With
    /// `perPeer` each peer is told of. Without `names` nothing is told of them.
    TunnelScrape(
        base::Loop& loop, MeshTunnel& tunnel, bool perPeer, const MeshNames* names = nullptr)
        : loop_(loop), tunnel_(tunnel), perPeer_(perPeer), names_(names) {}

    std::optional<services::TunnelFigures> read() override;
    /// From now on nobody waits, also who does at the moment. From the loop.
    void close();

private:
    struct Answer {
        /// The number of a new question; 0 when nobody answers any more.
        std::uint64_t begin() WEFT_EXCLUDES(mutex);
        bool isClosed() WEFT_EXCLUDES(mutex);
        void put(std::uint64_t number, std::optional<services::TunnelFigures> with)
            WEFT_EXCLUDES(mutex);
        std::optional<services::TunnelFigures> waitFor(std::uint64_t number) WEFT_EXCLUDES(mutex);

        base::Mutex mutex;
        base::ConditionVariable changed;
        bool closed WEFT_GUARDED_BY(mutex) = false;
        std::uint64_t asked WEFT_GUARDED_BY(mutex) = 0;
        std::uint64_t answered WEFT_GUARDED_BY(mutex) = 0;
        std::optional<services::TunnelFigures> figures WEFT_GUARDED_BY(mutex);
    };

    void ask(std::uint64_t mine);
    std::optional<services::NameFigures> nameFigures() const;

    base::Loop& loop_;
    MeshTunnel& tunnel_;
    const bool perPeer_;
    const MeshNames* const names_;
    // Shared with what is posted, which may come later than the end of this.
    const std::shared_ptr<Answer> answer_ = std::make_shared<Answer>();
};

/// As Prometheus is told of it.
services::TunnelFigures figuresOf(const TunnelStatistics& tunnel, WallTime now, bool perPeer);

}  // namespace weft::daemon
