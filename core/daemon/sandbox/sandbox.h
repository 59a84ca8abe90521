// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/daemon/sandbox/mesh_plan.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace grpc {
class Channel;
}  // namespace grpc

namespace weft::daemon::sandbox {

struct SandboxOptions {
    /// Another one is another mesh of the same kind.
    std::uint64_t seed = 1;
    /// This node and the simulated ones.
    std::size_t nodes = kUsualNodes;
    /// Where its own folder is made.
    std::filesystem::path parent = "/tmp";
    /// Where it is served; empty: in its own folder.
    std::filesystem::path socket{};
    /// False: over `channel` alone.
    bool isServed = true;

    /// Errors: kInvalidArgument.
    Status validate() const;
};

/// A daemon with one mesh, which is simulated: the server's own rules, store, services and changes
/// over nodes that are none. It opens no socket but the local one, needs no right, changes nothing
/// of the host, and leaves nothing behind.
/// Thread: any one at a time.
class Sandbox {
public:
    /// How long the mesh may take until it is whole.
    static constexpr std::chrono::seconds kPatience{60};

    /// Returns when the mesh is whole. Blocks. Errors: those of SandboxOptions::validate,
    /// ScratchFolder::create and Daemon::start; kDeadlineExceeded.
    static StatusOr<std::unique_ptr<Sandbox>> start(const SandboxOptions& options);
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;
    /// Ends, and removes what it made.
    ~Sandbox();

    /// As Daemon::channel.
    std::shared_ptr<grpc::Channel> channel();
    /// Empty when it is not served.
    const std::filesystem::path& socket() const;

private:
    struct Impl;
    explicit Sandbox(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::daemon::sandbox
