// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::dns {

/// RFC 1035 section 2.3.4.
inline constexpr std::size_t kMaxNameBytes = 255;
inline constexpr std::size_t kMaxLabelBytes = 63;

/// A fully qualified name. Upper and lower case are the same (RFC 1035 section 2.3.3): it is kept
/// in lower case. The default is the root.
class Name {
public:
    Name() = default;

    /// "mesh.internal", with or without the dot at its end; labels of letters, digits, hyphens and
    /// underscores. Errors: kInvalidArgument.
    static StatusOr<Name> parse(std::string_view text);
    /// Labels without compression, and nothing behind them; they may hold any byte. nullopt when
    /// that is no name.
    static std::optional<Name> fromWire(std::span<const std::uint8_t> wire);
    /// nullopt when a label or the whole is too long.
    static std::optional<Name> of(std::vector<std::string> labels);

    /// Without the root's.
    const std::vector<std::string>& labels() const { return labels_; }
    /// Whether it is `zone` or ends in it.
    bool isWithin(const Name& zone) const;
    /// Without its first `count` labels.
    Name parent(std::size_t count) const;
    /// With one more in front.
    std::optional<Name> below(std::string_view label) const;

    std::vector<std::uint8_t> wire() const;
    /// "mesh.internal." What is none of the characters of `parse` is shown as \DDD.
    std::string toString() const;

    friend bool operator==(const Name&, const Name&) = default;
    friend auto operator<=>(const Name&, const Name&) = default;

private:
    std::vector<std::string> labels_;
};

/// The one rule by which an id becomes a label: 1 to 63 bytes, each a letter (a to z, A to Z), a
/// digit, a hyphen or an underscore; in lower case. nullopt for any other id: such a node has no
/// name, rather than one that others may read as another's.
std::optional<std::string> labelOf(std::string_view id);

}  // namespace weft::mesh::dns
