// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy_object.h"
#include "core/services/changes/convert.h"
#include "tests/core/daemon/local_server_fixture.h"
#include "tests/core/mesh/changes/lint_world.h"

#include "weft/mesh/v1/changes.pb.h"

#include <grpcpp/channel.h>

#include <memory>
#include <optional>

namespace weft::daemon {

/// The local server in front of a connection to a mesh of four nodes, a to d, all linked, where
/// everything is accepted.
class PlanningSocketFixture : public LocalServerFixture {
protected:
    void begin(api::Grade grade = api::Grade::Operate) {
        serve(grade, kEmbeddedCalls);
        ASSERT_NE(server_, nullptr);
    }
    void connect() {
        onLoop([this] { table_.startAll(); });
        onLoop([this] {
            weft::local::v1::Connection state;
            state.set_state(weft::local::v1::Connection::STATE_CONNECTED);
            connection().events.changed(state);
        });
        onLoop([] {});
        showMesh();
    }
    tests::FakeConnectionLog& connection() { return *factory_.made.back(); }
    /// The mesh is as `world_` from now on.
    void showMesh() {
        world_.keepPolicy();
        auto records = std::make_shared<storage::Registry>();
        records->copyFrom(world_.store());
        onLoop([this, records] { connection().records = records; });
    }
    static mesh::PolicyObject group(const std::vector<std::string>& members) {
        mesh::policy::Group group{"team", {}};
        for (const auto& member : members) {
            group.subjects.push_back({member, mesh::policy::SubjectKind::Node});
        }
        return group;
    }
    static weft::mesh::v1::ObjectEdit edit(
        const std::optional<mesh::PolicyObject>& before,
        const std::optional<mesh::PolicyObject>& after) {
        weft::mesh::v1::ObjectEdit message;
        services::toProto(
            mesh::changes::Edit{mesh::refOf(after ? *after : *before), before, after}, &message);
        return message;
    }

    // NOLINTNEXTLINE(misc-non-private-member-variables-in-classes): a fixture
    mesh::changes::tests::LintWorld world_;
};

}  // namespace weft::daemon
