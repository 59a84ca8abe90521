// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft::config {

/// What a source knows about the type of a scalar.
enum class ScalarType : std::uint8_t {
    Plain,  ///< unquoted, from a flag or from the environment: can be anything
    Text,
    Bool,
    Number,
};

struct Scalar {
    std::string text{};
    ScalarType type = ScalarType::Plain;
};

/// A value as a source gave it, before its key gives it a type.
struct Value {
    std::vector<Scalar> items{};
    bool isList = false;
    /// Set when the source holds something that no key takes ("a list inside a list").
    std::string problem{};
};

/// A key with its value and where it stands.
struct Assignment {
    std::string key{};
    Value value{};
    std::string origin{};
};

inline constexpr std::size_t kMaxFileBytes = 1024 * 1024;
inline constexpr std::size_t kMaxAssignments = 4096;
inline constexpr std::size_t kMaxListItems = 1024;
inline constexpr std::size_t kMaxDepth = 16;
inline constexpr std::size_t kMaxValueBytes = 64 * 1024;

/// "3s", "168h", "1h2m3.5s", "250ms", or a whole number of nanoseconds. Units: ns us µs ms s m h.
/// Errors: kInvalidArgument (also for negative ones and ones past 292 years).
StatusOr<std::chrono::nanoseconds> parseDuration(std::string_view text);
/// The shortest form that parseDuration reads back: "3s", "168h", "1m30s", "0s".
std::string formatDuration(std::chrono::nanoseconds duration);

}  // namespace weft::config
