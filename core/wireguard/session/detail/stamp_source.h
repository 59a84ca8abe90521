// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/noise/tai64n.h"
#include "core/wireguard/session/types.h"

#include <optional>

namespace weft::wireguard::detail {

/// Time stamps for our initiations. They follow the wall clock of the start and the monotonic time
/// since then: a stamp from a clock that jumped ahead would make peers refuse every later one
/// (CVE-2021-46873).
/// Pure. Thread: confined.
class StampSource {
public:
    /// `stored` is the bound that an earlier run stored. `gated`: no stamp exceeds what stored()
    /// confirmed.
    StampSource(Moment start, const std::optional<Tai64n>& stored, bool gated);

    /// A stamp greater than `last`, the last one for the same peer; nullopt when that has to wait
    /// until a new bound is stored.
    std::optional<Tai64n> next(const Tai64n& last, TimePoint now);

    std::optional<Tai64n> toStore() const;
    void stored(const Tai64n& bound);

private:
    TimePoint start_;
    WallTime base_;
    bool gated_;
    Tai64n confirmed_;
    Tai64n wanted_;
};

}  // namespace weft::wireguard::detail
