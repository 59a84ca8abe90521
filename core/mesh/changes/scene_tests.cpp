// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/scene_tests.h"

#include "core/mesh/network/all_pairs.h"

#include <utility>

namespace weft::mesh::changes {

std::vector<PolicyTestResult> run(
    const std::vector<PolicyTest>& tests, Scene& scene, std::function<bool()> goesOn) {
    const auto policy = PolicySet::of(scene.registry());
    auto& network = scene.network();
    const network::AllPairs pairs(network);
    const auto reaches = [&](const NodeId& from, const NodeId& to) {
        const auto& graph = network.graph();
        return network.mayReach(from, to) && pairs.isCarried(graph.find(from), graph.find(to));
    };
    return run(
        tests, {policy, scene.registry(), scene.policy().network(), reaches, std::move(goesOn)});
}

}  // namespace weft::mesh::changes
