// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/api/logs.h"
#include "core/base/clock.h"
#include "core/base/status.h"
#include "tests/support/fake_peers.h"
#include "tests/support/fake_plan.h"
#include "tests/support/fake_policy.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::tests {

/// What a FakeController starts with: a daemon, its meshes and their members, in memory.
struct FakeScene {
    api::Capabilities capabilities;
    api::LinkState link = api::LinkState::Ready;
    Status linkError;
    api::DaemonState state;
    std::map<api::ProfileId, std::vector<api::Peer>> peers;
    /// Besides those of this node with its neighbours.
    std::map<api::ProfileId, std::vector<api::Edge>> edges;
    std::map<api::ProfileId, std::vector<api::Invitation>> invitations;
    std::map<api::ProfileId, FakePolicy> policies;
    std::map<api::ProfileId, FakePlan> plans;
    std::map<api::ProfileId, std::vector<api::MeshRoute>> routes;
    std::map<std::string, std::string> values;
    /// Oldest first.
    std::vector<api::LogLine> log;
    api::LogLevel logLevel = api::LogLevel::Debug;
    std::vector<api::InterfaceMetrics> metrics;
    /// The time of day of the daemon; it runs by itself when there is none.
    std::optional<WallTime> stoppedAt;
    /// False: no call is answered and no watch reports, as with a daemon that hangs.
    bool answers = true;
};

/// The scene called `name`, with all its times relative to `now`.
///
/// home       connected, 12 members, this node leads
/// linked     the same with links among the others, and answers about what would be
/// first-run  no profile yet
/// alone      a mesh with nobody else in it
/// off, connecting, degraded, reconnecting, failed, disconnecting   that state, last data kept
/// several    four profiles, one of each kind of state
/// hostile    names with markup, bidirectional marks, line breaks and great length
/// crowd      5,000 members
/// lost       the daemon went away after `home`
/// read-only  grade observe
/// reference  a daemon that has v1.AppDaemon only
/// waiting    a daemon that never answers
/// draft      edits of every kind that wait, with what they would do, and a history
/// conflicts  the same, after somebody else changed two of the objects
/// countdown  a change that goes back by itself in 42 seconds
///
/// Errors: kNotFound  no scene has that name; the text lists those that there are
StatusOr<FakeScene> fakeScene(std::string_view name, WallTime now);

/// The names above.
const std::vector<std::string>& fakeSceneNames();

}  // namespace weft::tests
