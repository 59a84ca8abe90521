// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/policy_tests.h"
#include "core/mesh/changes/scene.h"

#include <vector>

namespace weft::mesh::changes {

/// As `run`, of the mesh that `scene` is: by its rules and its edges.
std::vector<PolicyTestResult> run(
    const std::vector<PolicyTest>& tests, Scene& scene, std::function<bool()> goesOn = {});

}  // namespace weft::mesh::changes
