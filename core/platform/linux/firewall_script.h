// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/host_system.h"

#include <string>

namespace weft::platform::detail {

/// What nft(8) reads to have exactly these rules in a table "inet OWNER" of ours, in place of any
/// that were there, in one transaction.
/// Errors: kInvalidArgument  the name of an interface is none, or has a quote in it.
StatusOr<std::string> firewallScript(const std::string& owner, const FirewallRules& rules);

}  // namespace weft::platform::detail
