// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/bootstrap.h"
#include "core/mesh/detail/mesh_view.h"
#include "core/mesh/detail/shared_records.h"
#include "core/mesh/policy/policy_mirror.h"
#include "tests/fuzz/fuzz_check.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace weft::fuzz {

/// A mesh with one server, "alpha", and no rules, in front of the code that decides on requests.
class FuzzMesh {
public:
    FuzzMesh() {
        mesh::HostOptions options;
        options.self.id = mesh::NodeId("alpha");
        options.self.publicKey = keyOf(1).publicKey();
        options.bootstrap.networkIpv4 = *net::IpPrefix::parse("172.16.0.0/24");
        options.bootstrap.disableRbac = true;
        const auto plan = mesh::detail::planBootstrap(options, "a secret", now());
        WEFT_FUZZ_CHECK(plan.ok());
        registry_.reset({}, 0);
        shared_.reset({}, 0, options.bootstrap.networkIpv4);
        apply(*plan);
    }

    /// The key that is made of `number` alone.
    static crypto::NodeKey keyOf(std::uint8_t number) {
        std::array<std::uint8_t, 32> seed{};
        seed.fill(number);
        return *crypto::NodeKey::fromSeed(seed);
    }
    /// A key that reads, in the place of one that a mutation broke: else little gets past it. The
    /// text of keys has a target of its own.
    static void repairKey(std::string* text) {
        if (!crypto::PublicKey::parse(*text).ok()) {
            *text = keyOf(2).publicKey().toString();
        }
    }
    static WallTime now() { return WallTime(std::chrono::seconds(1'790'000'000)); }

    mesh::detail::MeshView view() const {
        return {
            .registry = registry_,
            .shared = shared_,
            .self = mesh::NodeId("alpha"),
            .engine = "memory",
            .now = now(),
            .rules = policy_.roles()};
    }

    /// What the store does with a transaction whose conditions hold.
    void apply(const storage::Transaction& transaction) {
        std::vector<storage::Event> events;
        ++revision_;
        for (const auto& operation : transaction.operations) {
            if (const auto* put = std::get_if<storage::Put>(&operation)) {
                events.push_back({storage::Event::Kind::Put, put->key, put->value, revision_});
            } else if (const auto* gone = std::get_if<storage::Delete>(&operation)) {
                events.push_back({storage::Event::Kind::Delete, gone->key, "", revision_});
            }
        }
        registry_.apply(events);
        shared_.apply(events);
    }

private:
    storage::Registry registry_;
    mesh::policy::PolicyMirror policy_{registry_};
    mesh::detail::SharedRecords shared_;
    storage::Revision revision_ = 0;
};

}  // namespace weft::fuzz
