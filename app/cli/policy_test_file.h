// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/document.h"
#include "core/api/kept_tests.h"
#include "core/mesh/changes/policy_tests.h"

#include <filesystem>
#include <vector>

namespace weft::cli {

/// The tests in a file of YAML or JSON, as `weftctl policy tests -o yaml` writes them.
///
/// Errors: kInvalidArgument    as mesh::changes::parsePolicyTests, which names file and line
///         kResourceExhausted  longer than mesh::changes::kMaxPolicyTestBytes
///         else as base::readFile
/// Thread: any, blocks on the disk.
StatusOr<std::vector<mesh::changes::PolicyTest>> readPolicyTests(const std::filesystem::path& path);

/// What such a file holds.
Document describe(const std::vector<mesh::changes::PolicyTest>& tests);

/// Tests as files know them. Errors: kInvalidArgument.
StatusOr<std::vector<mesh::changes::PolicyTest>> toMesh(const std::vector<api::PolicyTest>& tests);
std::vector<api::PolicyTest> toApi(const std::vector<mesh::changes::PolicyTest>& tests);

}  // namespace weft::cli
