// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/daemon/sandbox/draw.h"

#include <array>
#include <cstdint>

namespace weft::daemon::sandbox {

/// What one direction of a tunnel carries: a steady stream that swells and ebbs, and transfers now
/// and then. A sum that is known for every moment, so that nothing has to be counted along, however
/// seldom somebody asks. Pure.
class Traffic {
public:
    /// Nothing flows.
    Traffic() = default;
    static Traffic of(double meanBytesPerSecond, Draw& draw);

    /// Carried in the first `time`; never falls.
    std::uint64_t bytes(Duration time) const;

private:
    /// Parts of the steady stream, which together stay below all of it: it never runs backwards.
    struct Ripple {
        double share = 0;
        double period = 1;
        double phase = 0;
    };
    struct Transfers {
        double rate = 0;
        double every = 1;
        double length = 0;
        double offset = 0;
    };

    static double carried(const Transfers& transfers, double seconds);

    double steady_ = 0;
    std::array<Ripple, 3> ripples_{};
    std::array<Transfers, 2> transfers_{};
};

}  // namespace weft::daemon::sandbox
