// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/storage/registry/records.h"

#include <string_view>

namespace weft::storage::detail {

/// Whether the role binding, group or network ACL at `key` names the node `id`. A record that does
/// not parse counts when the id stands in it anywhere: rights are not given away by a broken
/// record.
bool policyNames(std::string_view key, std::string_view json, const NodeId& id);

}  // namespace weft::storage::detail
