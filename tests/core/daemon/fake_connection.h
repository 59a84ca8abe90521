// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/mesh_connection.h"
#include "core/storage/registry/registry.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weft::tests {

/// What a test sees of one fake connection, also after it has gone.
struct FakeConnectionLog {
    daemon::ConnectionSpec spec;
    daemon::ConnectionEvents events;
    bool started = false;
    bool gone = false;
    int retries = 0;
    int pingsDropped = 0;
    bool peersWanted = false;
    /// Tells an empty list of peers to whoever wants one.
    bool tellsPeers = false;
    StatusOr<daemon::TunnelStatistics> tunnel = failedPrecondition("there is no tunnel interface");
    StatusOr<daemon::TrafficSample> traffic = failedPrecondition("there is no tunnel interface");
    weft::local::v1::ListRoutesResponse routes;
    std::vector<weft::local::v1::RouteConsent> consents;
    bool lockdown = false;
    /// What was asked of the mesh last, and what it says instead of making it.
    weft::mesh::v1::ApplyChangesRequest applied;
    Status applyRefusal;
    /// Newest first.
    std::vector<weft::mesh::v1::ChangeRecord> history;
    /// What the mesh consists of; nullptr: it has not been read yet.
    std::shared_ptr<const storage::Registry> records;
    /// Held until the test answers.
    StatusCallback stopping;

    void tell(weft::local::v1::Connection::State state);
    void fail(const std::string& why) const;
};

/// Makes connections that do what the test says.
class FakeConnections final : public daemon::ConnectionFactory {
public:
    std::unique_ptr<daemon::MeshConnection> make(
        daemon::ConnectionSpec spec, daemon::ConnectionEvents events) override;
    void enrol(
        daemon::JoinByCode request,
        std::function<void(int, std::string)> step,
        Callback<daemon::Enrolled> done) override;

    std::vector<std::shared_ptr<FakeConnectionLog>> made;
    /// For the connections that are made from now on.
    bool tellsPeers = false;
    /// The enrolment that runs; held until the test answers.
    daemon::JoinByCode enrolling;
    std::function<void(int, std::string)> enrolStep;
    Callback<daemon::Enrolled> enrolled;
};

}  // namespace weft::tests
