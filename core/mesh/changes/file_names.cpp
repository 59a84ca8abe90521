// SPDX-License-Identifier: Apache-2.0
// Names of files that are safe on every file system.
#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/mesh/changes/policy_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace weft::mesh::changes {
namespace {

/// File systems take 255 bytes, ending and what a temporary name adds included.
constexpr std::size_t kMaxStemBytes = 180;
constexpr std::size_t kKeptStemBytes = 100;
/// Between the two ends of an edge; escaped inside of them.
constexpr char kBetweenEnds = '+';
/// Before a digest. No escape looks like it, so that a short name never equals a shortened one.
constexpr std::string_view kDigestMark = "%-";

/// What Windows takes for a device, with any ending.
constexpr std::array<std::string_view, 6> kDevices = {"aux", "con", "nul", "prn", "com", "lpt"};
constexpr std::size_t kDevicesWithoutNumber = 4;

bool isPlain(char symbol) {
    return (symbol >= 'a' && symbol <= 'z') || (symbol >= '0' && symbol <= '9') || symbol == '-'
           || symbol == '_' || symbol == '.';
}

bool isDevice(std::string_view name) {
    const auto base = name.substr(0, name.find('.'));
    const auto* const found = std::ranges::find(kDevices, base.substr(0, 3));
    if (found == kDevices.end()) {
        return false;
    }
    const bool takesNumber =
        static_cast<std::size_t>(found - kDevices.begin()) >= kDevicesWithoutNumber;
    return takesNumber ? base.size() == 4 && base[3] >= '0' && base[3] <= '9' : base.size() == 3;
}

std::string escaped(std::string_view name) {
    std::string text;
    for (std::size_t at = 0; at < name.size(); ++at) {
        const char symbol = name[at];
        // A name that begins with a dot is hidden, or leads upwards; one that begins with a hyphen
        // looks like an option.
        const bool isOddFirst = at == 0 && (symbol == '.' || symbol == '-' || isDevice(name));
        if (isPlain(symbol) && !isOddFirst) {
            text += symbol;
        } else {
            text += fmt::format("%{:02x}", static_cast<std::uint8_t>(symbol));
        }
    }
    return text;
}

std::string shortened(const std::string& stem) {
    if (stem.size() <= kMaxStemBytes) {
        return stem;
    }
    return stem.substr(0, kKeptStemBytes) + std::string(kDigestMark)
           + base::hexEncode(crypto::asString(crypto::sha256(stem)));
}

}  // namespace

std::string pathOf(const ObjectRef& ref) {
    std::string stem;
    if (ref.kind == policy::ObjectKind::Edge) {
        const auto& [first, last] = std::minmax(ref.name, ref.target);
        stem = escaped(first) + kBetweenEnds + escaped(last);
    } else {
        stem = escaped(ref.name);
    }
    return fmt::format(
        "{}/{}{}",
        kPolicyFolders.at(static_cast<std::size_t>(ref.kind)),
        shortened(stem),
        kPolicyFileEnding);
}

std::optional<policy::ObjectKind> kindOfPath(std::string_view path) {
    constexpr std::string_view kNeverInName("/\\\0", 3);
    const auto slash = path.find('/');
    const auto* const found = std::ranges::find(kPolicyFolders, path.substr(0, slash));
    if (slash == std::string_view::npos || found == kPolicyFolders.end()) {
        return std::nullopt;
    }
    const auto name = path.substr(slash + 1);
    if (!name.ends_with(kPolicyFileEnding) || name.starts_with('.')
        || name.find_first_of(kNeverInName) != std::string_view::npos) {
        return std::nullopt;
    }
    return kObjectKinds.at(static_cast<std::size_t>(found - kPolicyFolders.begin()));
}

}  // namespace weft::mesh::changes
