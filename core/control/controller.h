// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/controller.h"
#include "core/base/clock.h"

#include <chrono>
#include <filesystem>
#include <memory>

namespace grpc {
class Channel;
}  // namespace grpc

namespace weft::control {

struct ControllerOptions {
    /// How long a call may take that the daemon answers at once.
    Duration callTimeout = std::chrono::seconds(10);
    /// How long a call may take that goes out to a mesh: create, join, connect.
    Duration joinTimeout = std::chrono::seconds(60);
    /// How long a question may take that a large mesh has to be worked through for: reviews,
    /// checks, tests and drafts of its rules.
    Duration planTimeout = std::chrono::seconds(30);
    /// How long the state of a key-value query may take to arrive.
    Duration queryTimeout = std::chrono::seconds(30);
    /// How long a daemon that is there may take to greet: it may have to wait for a processor.
    /// Above the others, so that those say how long it was.
    Duration connectTimeout = std::chrono::seconds(90);
    /// Wait before the first attempt to find a lost daemon again; doubles up to `longestRetry`.
    Duration firstRetry = std::chrono::milliseconds(200);
    Duration longestRetry = std::chrono::seconds(2);
    /// How often a daemon that is followed is asked whether it still answers, and how long it may
    /// take: one that hangs keeps its streams. Zero: never.
    Duration heartbeat = Duration::zero();
    Duration longestSilence = std::chrono::seconds(5);
    /// How often a daemon is asked that has v1.AppDaemon alone and tells nothing by itself.
    Duration statusInterval = std::chrono::seconds(2);
    /// How often such a daemon is asked for the nodes of its mesh while somebody follows them.
    Duration nodesInterval = std::chrono::seconds(5);
};

/// The most that one query may bring into memory.
inline constexpr std::size_t kMaxQueryBytes = std::size_t{64} << 20;
/// The largest message that is taken from a daemon.
inline constexpr int kMaxMessageBytes = 16 << 20;

/// A controller of the daemon that listens on the unix socket at `path`. Connects by itself when it
/// is first used, and again whenever the daemon was lost.
///
/// It asks for capabilities first. A daemon without weft.local.v1 answers what v1.AppDaemon can
/// tell: state (one profile "default", asked for every `statusInterval`), connect and disconnect of
/// that profile, the nodes by their records (nothing of tunnels), the key-value calls and metrics;
/// everything else is kUnimplemented.
///
/// The controller has one thread for all callbacks. It must not be destroyed from one of them; its
/// destructor answers what is under way with kCancelled and returns when no callback runs.
std::unique_ptr<api::Controller> connectLocal(
    const std::filesystem::path& path, const ControllerOptions& options = {});

/// The same over a channel that exists, such as the in-process one of an embedded core.
std::unique_ptr<api::Controller> makeController(
    std::shared_ptr<grpc::Channel> channel, const ControllerOptions& options = {});

}  // namespace weft::control
