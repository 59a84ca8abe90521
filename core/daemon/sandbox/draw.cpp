// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/draw.h"

namespace weft::daemon::sandbox {
namespace {

/// FNV-1a.
constexpr std::uint64_t kHashStart = 0xCBF29CE484222325U;
constexpr std::uint64_t kHashPrime = 0x100000001B3U;
constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15U;

}  // namespace

Draw::Draw(std::uint64_t seed, std::string_view what) : state_(kHashStart ^ seed * kStep) {
    for (const char letter : what) {
        state_ = (state_ ^ static_cast<unsigned char>(letter)) * kHashPrime;
    }
}

std::uint64_t Draw::next() {
    state_ += kStep;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
}

double Draw::between(double low, double high) {
    // The 53 bits that a double holds.
    constexpr double kUnit = 1.0 / 9007199254740992.0;
    return low + static_cast<double>(next() >> 11U) * kUnit * (high - low);
}

}  // namespace weft::daemon::sandbox
