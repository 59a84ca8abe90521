// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/aead_timing.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace weft::crypto {
namespace {

using namespace std::chrono_literals;

/// Twice what it takes: a start is not held up for longer.
constexpr Duration kMeasureAtMost = 5ms;
constexpr std::array<std::size_t, 7> kSizes{32, 64, 128, 256, 512, 1024, 1420};
constexpr std::size_t kSmall = 64;
/// The least of some rounds is what the work takes: the rest is what else the machine did.
constexpr int kRounds = 6;
constexpr std::uint64_t kTimesPerRound = 16;

/// Both libraries at work on the same text, in turns.
class Timing {
public:
    explicit Timing(const base::Clock& clock)
        : clock_(clock)
        , sodium_(kKey, AeadPlan::onlySodium())
        , openSsl_(kKey, AeadPlan::onlyOpenSsl()) {}

    AeadSample seal(std::size_t bytes) {
        AeadSample best{bytes, Duration::max(), Duration::max()};
        // The first round warms up contexts and caches.
        for (int round = 0; round <= kRounds; ++round) {
            const auto sodium = timeOf(sodium_, bytes);
            const auto openSsl = timeOf(openSsl_, bytes);
            if (round > 0) {
                best.sodium = std::min(best.sodium, sodium);
                best.openSsl = std::min(best.openSsl, openSsl);
            }
        }
        return best;
    }

private:
    Duration timeOf(const Aead& aead, std::size_t bytes) {
        const auto text = std::span<const std::uint8_t>(text_).first(bytes);
        const auto start = clock_.now();
        for (std::uint64_t counter = 0; counter < kTimesPerRound; ++counter) {
            aead.seal(sealed_, text, {}, counter);
        }
        return clock_.now() - start;
    }

    static constexpr std::array<std::uint8_t, 32> kKey{};

    const base::Clock& clock_;
    Aead sodium_;
    Aead openSsl_;
    std::array<std::uint8_t, kSizes.back()> text_{};
    std::array<std::uint8_t, kSizes.back() + kAeadTagBytes> sealed_{};
};

}  // namespace

std::size_t sodiumBelow(std::span<const AeadSample> samples) {
    // From the largest down: a small size at which OpenSSL wins by chance does not count.
    std::size_t firstOfOpenSsl = samples.size();
    while (firstOfOpenSsl > 0
           && samples[firstOfOpenSsl - 1].openSsl < samples[firstOfOpenSsl - 1].sodium) {
        --firstOfOpenSsl;
    }
    if (firstOfOpenSsl == samples.size()) {
        return std::numeric_limits<std::size_t>::max();
    }
    if (firstOfOpenSsl == 0) {
        return 0;
    }
    return (samples[firstOfOpenSsl - 1].textBytes + samples[firstOfOpenSsl].textBytes) / 2;
}

AeadPlan measureAead(const base::Clock& clock) {
    Timing timing(clock);
    const auto start = clock.now();
    std::vector<AeadSample> samples;
    for (const auto bytes : kSizes) {
        if (clock.now() - start > kMeasureAtMost) {
            return AeadPlan::defaults();
        }
        samples.push_back(timing.seal(bytes));
    }
    // Opening is the same work in another order: its figures are those of sealing, or nearly.
    const auto below = sodiumBelow(samples);
    return {.sealSodiumBelowBytes = below, .openSodiumBelowBytes = below};
}

VectorAdvice vectorAdvice(const AeadSample& small) {
    // Without the preparation both take the same time within a tenth, with it nearly twice as long.
    return {.mask = small.openSsl > small.sodium * 7 / 5};
}

VectorAdvice openSslVectorAdvice(const base::Clock& clock) {
    return vectorAdvice(Timing(clock).seal(kSmall));
}

}  // namespace weft::crypto
