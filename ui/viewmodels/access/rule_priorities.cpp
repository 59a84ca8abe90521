// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/rule_priorities.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace weft::viewmodels {
namespace {

using Rules = std::vector<RankedRule>;

// Just outside of what a priority can be: the ends of the list are rules that cannot be reached.
constexpr std::int64_t kAbove = std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1;
constexpr std::int64_t kBelow = std::int64_t{std::numeric_limits<std::int32_t>::min()} - 1;
/// What nobody writes by hand: rules out there mean "first" or "last".
constexpr std::int64_t kFar = 1'000'000;

/// The longest row of rules that may keep their priorities. Places are those of `wanted` plus one;
/// 0 and the last are the ends.
class Keeping {
public:
    Keeping(const Rules& wanted, std::size_t moved) : wanted_(wanted), moved_(moved) {}

    /// Those that stay, with both ends; empty when there is no way.
    std::vector<std::size_t> run() {
        const std::size_t last = wanted_.size() + 1;
        best_.assign(last + 1, kNone);
        from_.assign(last + 1, 0);
        best_[0] = 0;
        for (std::size_t place = 1; place <= last; ++place) {
            extendTo(place);
        }
        std::vector<std::size_t> kept;
        if (best_[last] == kNone) {
            return kept;
        }
        for (std::size_t place = last; place != 0; place = from_[place]) {
            kept.push_back(place);
        }
        kept.push_back(0);
        std::ranges::reverse(kept);
        return kept;
    }

    std::int64_t priorityAt(std::size_t place) const {
        return place == 0               ? kAbove
               : place > wanted_.size() ? kBelow
                                        : std::int64_t{wanted_[place - 1].priority};
    }

private:
    static constexpr std::int64_t kNone = -1;

    void extendTo(std::size_t place) {
        for (std::size_t before = place; before-- > 0;) {
            if (best_[before] != kNone && fits(before, place)) {
                const std::int64_t count = best_[before] + weightOf(place);
                if (count > best_[place]) {
                    best_[place] = count;
                    from_[place] = before;
                }
            }
            // What cannot be changed cannot be left out.
            if (before > 0 && wanted_[before - 1].fixed) {
                return;
            }
        }
    }

    /// One more that stays counts more than which one it is.
    std::int64_t weightOf(std::size_t place) const { return place == moved_ + 1 ? 1 : 2; }

    /// Whether both may stay when all between them change.
    bool fits(std::size_t before, std::size_t place) const {
        const std::int64_t room = priorityAt(before) - priorityAt(place);
        if (place - before > 1 || before == 0 || place > wanted_.size()) {
            return room >= static_cast<std::int64_t>(place - before);
        }
        return isAskedBefore(wanted_[before - 1], wanted_[place - 1]);
    }

    const Rules& wanted_;
    std::size_t moved_;
    /// By place: the weight of the best row that ends there, and the place before it.
    std::vector<std::int64_t> best_;
    std::vector<std::size_t> from_;
};

std::int64_t floorStep(std::int64_t value) {
    const std::int64_t rest = value % kPriorityStep;
    return value - (rest < 0 ? rest + kPriorityStep : rest);
}

/// The highest of `count` priorities in steps between two others; nullopt when steps do not fit.
std::optional<std::int64_t> topStep(std::int64_t above, std::int64_t below, std::int64_t count) {
    const std::int64_t least = floorStep(below) + kPriorityStep;
    const std::int64_t most = floorStep(above - 1);
    const std::int64_t fitting = most < least ? 0 : (most - least) / kPriorityStep + 1;
    if (fitting < count) {
        return std::nullopt;
    }
    const std::int64_t lowestTop = least + (count - 1) * kPriorityStep;
    const bool farAbove = above > kFar;
    const bool farBelow = below < -kFar;
    if (farAbove && farBelow) {
        return std::clamp(count * kPriorityStep, lowestTop, most);
    }
    if (farAbove || farBelow) {
        return farAbove ? lowestTop : most;
    }
    // As many steps free above as below.
    return lowestTop + (fitting - count) / 2 * kPriorityStep;
}

/// `count` priorities between two others, falling.
std::vector<std::int64_t> spaced(std::int64_t above, std::int64_t below, std::int64_t count) {
    std::vector<std::int64_t> values;
    const auto top = topStep(above, below, count);
    for (std::int64_t i = 0; i < count; ++i) {
        values.push_back(
            top ? *top - i * kPriorityStep : above - (above - below) * (i + 1) / (count + 1));
    }
    return values;
}

}  // namespace

bool isAskedBefore(const RankedRule& one, const RankedRule& other) {
    return std::tuple(-std::int64_t{one.priority}, std::string_view(one.name))
           < std::tuple(-std::int64_t{other.priority}, std::string_view(other.name));
}

std::optional<std::vector<PriorityChange>> prioritiesFor(
    const std::vector<RankedRule>& wanted, std::size_t moved) {
    Keeping keeping(wanted, moved);
    const std::vector<std::size_t> kept = keeping.run();
    if (kept.empty()) {
        return std::nullopt;
    }
    std::vector<PriorityChange> changes;
    for (std::size_t i = 1; i < kept.size(); ++i) {
        const std::size_t before = kept[i - 1];
        const auto values = spaced(
            keeping.priorityAt(before),
            keeping.priorityAt(kept[i]),
            static_cast<std::int64_t>(kept[i] - before - 1));
        for (std::size_t each = 0; each < values.size(); ++each) {
            changes.push_back(
                {wanted[before + each].name, static_cast<std::int32_t>(values[each])});
        }
    }
    return changes;
}

}  // namespace weft::viewmodels
