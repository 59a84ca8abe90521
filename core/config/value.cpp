// SPDX-License-Identifier: Apache-2.0
#include "core/config/value.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>

namespace weft::config {
namespace {

struct Unit {
    std::string_view name;
    std::uint64_t nanoseconds;
};

// "ms" before "m", so that the longer name is tried first. Both code points for micro.
constexpr std::array<Unit, 8> kUnits = {{
    {"ns", 1},
    {"us", 1000},
    {"\xC2\xB5s", 1000},
    {"\xCE\xBCs", 1000},
    {"ms", 1000000},
    {"s", 1000000000},
    {"m", 60ULL * 1000000000},
    {"h", 3600ULL * 1000000000},
}};

constexpr std::uint64_t kMost =
    static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

/// Takes digits from the front of `text`; nullopt when there are none or they overflow.
std::optional<std::uint64_t> takeNumber(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// The digits after a point as a share of `unit`, in nanoseconds; what is finer is cut off.
std::optional<std::uint64_t> takeFraction(std::string_view& text, std::uint64_t unit) {
    std::uint64_t sum = 0;
    std::size_t digits = 0;
    std::uint64_t scale = unit;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
        const auto digit = static_cast<std::uint64_t>(text[digits] - '0');
        sum += digit * scale / 10;
        scale /= 10;
        ++digits;
    }
    if (digits == 0) {
        return std::nullopt;
    }
    text.remove_prefix(digits);
    return sum;
}

const Unit* findUnit(std::string_view text) {
    for (const Unit& unit : kUnits) {
        if (text.starts_with(unit.name)) {
            return &unit;
        }
    }
    return nullptr;
}

/// "1.5h" from the front of `text`.
std::optional<std::uint64_t> takePart(std::string_view& text) {
    const auto whole = takeNumber(text);
    if (!whole) {
        return std::nullopt;
    }
    std::string_view fraction;
    if (text.starts_with('.')) {
        const auto end = text.find_first_not_of("0123456789", 1);
        fraction = text.substr(1, end == std::string_view::npos ? end : end - 1);
        if (fraction.empty()) {
            return std::nullopt;
        }
        text.remove_prefix(fraction.size() + 1);
    }
    const Unit* unit = findUnit(text);
    if (unit == nullptr || *whole > kMost / unit->nanoseconds) {
        return std::nullopt;
    }
    text.remove_prefix(unit->name.size());
    const auto part = fraction.empty() ? 0 : takeFraction(fraction, unit->nanoseconds);
    return *whole * unit->nanoseconds + part.value_or(0);
}

Status badDuration(std::string_view text) {
    return invalidArgument(
        "\"{}\" is not a duration: write 3s, 250ms or 1h30m, or a whole number of nanoseconds",
        base::escapeForLine(text, 64));
}

}  // namespace

StatusOr<std::chrono::nanoseconds> parseDuration(std::string_view text) {
    std::string_view rest = text;
    if (rest.empty()) {
        return badDuration(text);
    }
    if (rest.find_first_not_of("0123456789") == std::string_view::npos) {
        const auto number = takeNumber(rest);
        if (!number || *number > kMost) {
            return badDuration(text);
        }
        return std::chrono::nanoseconds(static_cast<std::int64_t>(*number));
    }
    std::uint64_t sum = 0;
    while (!rest.empty()) {
        const auto part = takePart(rest);
        if (!part || *part > kMost - sum) {
            return badDuration(text);
        }
        sum += *part;
    }
    return std::chrono::nanoseconds(static_cast<std::int64_t>(sum));
}

std::string formatDuration(std::chrono::nanoseconds duration) {
    auto rest = static_cast<std::uint64_t>(duration.count());
    if (duration.count() <= 0) {
        return "0s";
    }
    std::string text;
    constexpr std::array<std::string_view, 6> kShown = {"h", "m", "s", "ms", "us", "ns"};
    for (const auto name : kShown) {
        const Unit* unit = findUnit(name);
        if (unit != nullptr && rest >= unit->nanoseconds) {
            text += fmt::format("{}{}", rest / unit->nanoseconds, name);
            rest %= unit->nanoseconds;
        }
    }
    return text;
}

}  // namespace weft::config
