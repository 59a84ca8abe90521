// SPDX-License-Identifier: Apache-2.0
#include "app/cli/suggestion.h"

#include "app/cli/command_table.h"
#include "core/base/edit_distance.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace weft::cli {
namespace {

/// A longer word than any of ours is no slip of a finger.
constexpr std::size_t kMostCompared = 32;

std::string_view nearest(std::span<const std::string_view> known, std::string_view word) {
    if (word.size() > kMostCompared) {
        return {};
    }
    std::string_view best;
    // A third of the letters may be wrong, two at the most; of two letters, one.
    std::size_t least = std::clamp<std::size_t>(word.size() / 3, 1, 2) + 1;
    for (const auto each : known) {
        const bool isStart = word.size() > 1 && each.starts_with(word);
        const std::size_t distance = isStart ? 1 : base::editDistance(word, each);
        if (distance < least) {
            least = distance;
            best = each;
        }
    }
    return best;
}

}  // namespace

std::string_view nearestCommand(const Command* group, std::string_view word) {
    const auto known = wordsBelow(group == nullptr ? std::string_view() : group->path);
    return nearest(known, word);
}

std::string nearestOption(const Command* command, std::string_view word) {
    std::vector<std::string_view> known;
    const auto add = [&known](std::span<const Option> options) {
        std::ranges::transform(options, std::back_inserter(known), &Option::name);
    };
    if (command != nullptr) {
        add(command->options);
    }
    add(globalOptions());
    const auto start = std::min(word.find_first_not_of('-'), word.size());
    const auto name = word.substr(start, word.find('=') - start);
    const auto found = nearest(known, name);
    return found.empty() ? std::string() : fmt::format("--{}", found);
}

std::string didYouMean(std::string_view meant) {
    return meant.empty() ? std::string() : fmt::format(" (did you mean {}?)", meant);
}

}  // namespace weft::cli
