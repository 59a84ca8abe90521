// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/mesh_companion.h"
#include "core/daemon/sandbox/direct_seeker.h"
#include "core/daemon/sandbox/effect_teller.h"
#include "core/daemon/sandbox/starting_rules.h"
#include "core/daemon/sandbox/world.h"
#include "core/mesh/network/network.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

namespace weft::daemon::sandbox {

/// The nodes of a simulated mesh beside this one: they join by the server's own rules, an
/// administrator sets the rules, and then they live in it.
class Residents final : public MeshCompanion {
public:
    /// How often each looks whether it is there, and whom it sees.
    static constexpr std::chrono::seconds kLookEvery{5};

    /// `settled` runs once, on the loop: all have joined and the rules stand, or why not. Not after
    /// this has gone.
    Residents(const OpenMesh& mesh, std::shared_ptr<World> world, StatusCallback settled);
    ~Residents() override;

private:
    void joinFrom(std::size_t number);
    void change(const RuleChange& change, std::function<void()> then);
    void changeNext();
    void live();
    void look();
    void noteRecords(const storage::Registry::Change& change);
    void fail(const Status& status);
    /// As mesh::Host::join and the like take it; runs while this lives.
    StatusCallback whenDone(std::function<void()> then);
    std::vector<mesh::NodeId> wayTo(const net::IpAddress& target);

    const OpenMesh mesh_;
    const std::shared_ptr<World> world_;
    const StatusCallback settled_;
    mesh::network::Network network_;
    std::deque<RuleChange> changes_;
    std::vector<std::unique_ptr<DirectSeeker>> seekers_;
    std::vector<std::unique_ptr<EffectTeller>> tellers_;
    Subscription records_;
    Subscription timer_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace weft::daemon::sandbox
