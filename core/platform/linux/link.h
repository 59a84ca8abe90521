// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace weft::platform::detail {

/// What is to change at an interface.
struct LinkChange {
    std::optional<bool> up{};
    std::optional<std::size_t> mtu{};
    std::optional<std::size_t> queuePackets{};
};

struct LinkState {
    bool isUp = false;
    std::size_t mtu = 0;
};

// By the interface's number, which stays the same when somebody renames it. `deed` begins the texts
// of failures. Errors: as core/platform/interface_setup.h.

Status changeLink(std::uint32_t index, const LinkChange& change, std::string_view deed);
StatusOr<LinkState> linkState(std::uint32_t index, std::string_view deed);
/// Keeps the system from giving the interface a link-local IPv6 address of its own, and from asking
/// for routers and groups in a tunnel where nobody answers.
Status leaveWithoutLinkLocal(std::uint32_t index, std::string_view deed);
/// Removes the interface.
Status removeLink(std::uint32_t index, std::string_view deed);

}  // namespace weft::platform::detail
