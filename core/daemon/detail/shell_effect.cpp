// SPDX-License-Identifier: Apache-2.0
// What connections of both kinds say that they have in effect.
#include "core/daemon/detail/connection_shell.h"
#include "core/mesh/effect_digest.h"

#include <functional>
#include <memory>
#include <random>
#include <utility>

namespace weft::daemon {

std::unique_ptr<EffectReports> ConnectionShell::makeEffects() {
    return std::make_unique<EffectReports>(EffectReports::Parts{
        .loop = *loop_,
        .effect = [this] { return effect(); },
        .report =
            [this](const mesh::EffectReport& report, StatusCallback done) {
                reportEffect(report, std::move(done));
            },
        .nodes = [this] { return registry() == nullptr ? 0 : registry()->nodeCount(); },
        .draw =
            [random = std::minstd_rand(std::random_device{}())]() mutable {
                return std::uniform_real_distribution<double>()(random);
            }});
}

std::optional<mesh::EffectReport> ConnectionShell::effect() const {
    // Records that are newer than the filter are told with the next one.
    if (!rulesInEffect_ || rulesAreOld_) {
        return std::nullopt;
    }
    const auto* peers = tunnel_ ? &tunnel_->given() : toldPeers();
    if (peers == nullptr || (tunnel_ && !tunnel_->isSettled())) {
        return std::nullopt;
    }
    return mesh::EffectReport{selfId(), *rulesInEffect_, mesh::effectDigest(*peers)};
}

void ConnectionShell::noteRulesInEffect() {
    const auto* records = registry();
    // No filter is made before this node is in them.
    if (records == nullptr || records->node(selfId()) == nullptr
        || !std::exchange(rulesAreOld_, false)) {
        return;
    }
    rulesInEffect_ = mesh::effectDigest(*records);
    effects_->note();
}

}  // namespace weft::daemon
