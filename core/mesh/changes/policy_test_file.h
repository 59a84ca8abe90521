// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/changes/policy_tests.h"

#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::changes {

/// The words for what a test says must be: "reach", "not-reach".
std::string_view wordFor(Expectation must);
/// "ipv4", "ipv6".
std::string_view wordFor(net::Family family);

/// Tests as people write them, in YAML or JSON: a list, or a map whose `tests` is that list. Each
/// has `name`, `must`, `from`, `to`, `family` and `network` as PolicyTest does; words may also be
/// those of the API ("MUST_REACH", "FAMILY_V4"), so that what the mesh keeps reads as well. An
/// empty list is no test. `name` is the file's, for error texts.
///
/// Errors: kInvalidArgument  one line for each fault, with file and line, at most
///                           kMaxPolicyFileFaults of them; or what `validate` says
StatusOr<std::vector<PolicyTest>> parsePolicyTests(std::string_view text, std::string_view name);

}  // namespace weft::mesh::changes
