// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/sandbox/mesh_plan.h"

#include <span>
#include <string_view>

namespace weft::daemon::sandbox {

inline constexpr std::string_view kHome = "home";
inline constexpr std::string_view kOffice = "office";
inline constexpr std::string_view kCloud = "cloud";
inline constexpr std::string_view kRoad;

/// A node as it is written down by hand.
struct Role {
    std::string_view id;
    NodeKind kind;
    std::string_view zone;
    Nat nat;
};

/// By importance: a small mesh has the first ones, this node before all.
std::span<const Role> cast();
/// Those of a mesh that is larger, in turn; with a number behind the id.
std::span<const Role> extras();

}  // namespace weft::daemon::sandbox
