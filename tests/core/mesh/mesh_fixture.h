// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/host.h"
#include "core/storage/memory/memory_store.h"
#include "tests/support/manual_loop.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace weft::tests {

/// The node key that follows from a number.
crypto::NodeKey nodeKeyOf(std::uint32_t number);

/// A server of a mesh over a memory store, on a loop in the test's hand.
class MeshFixture {
public:
    explicit MeshFixture(
        mesh::Authentication authentication = mesh::Authentication::Required,
        mesh::BootstrapOptions bootstrap = {});
    /// On a loop that others share.
    MeshFixture(
        ManualLoop& shared,
        mesh::Authentication authentication,
        mesh::BootstrapOptions bootstrap = {});
    ~MeshFixture();
    MeshFixture(const MeshFixture&) = delete;
    MeshFixture& operator=(const MeshFixture&) = delete;

    /// Options of the first server, "alpha".
    static mesh::HostOptions options(
        mesh::Authentication authentication, mesh::BootstrapOptions bootstrap);

    /// Opens the store again with other options, as after a restart.
    Status reopen(mesh::HostOptions options);

    /// Lets the store and the loop finish what is under way.
    void settle();

    StatusOr<mesh::JoinGrant> join(const mesh::JoinParams& params, const mesh::Caller& caller);
    /// With a certificate of the same name.
    StatusOr<mesh::JoinGrant> join(const mesh::JoinParams& params);
    Status update(const mesh::UpdateParams& params, const mesh::Caller& caller);
    Status leave(const std::string& id, const mesh::Caller& caller);
    Status leave(const std::string& id);
    Status release(const std::string& id, const mesh::Caller& caller);
    Status publish(const std::string& key, const mesh::Caller& caller);

    /// Runs `start` with a callback and waits for its status.
    template <typename Start>
    Status wait(Start start) {
        auto answer = std::make_shared<std::optional<Status>>();
        start([answer](const Status& status) { *answer = status; });
        settle();
        return answer->value_or(internalError("no answer came"));
    }

private:
    std::unique_ptr<ManualLoop> ownLoop_;

public:
    ManualLoop& loop;
    std::unique_ptr<storage::MemoryStore> store;
    std::unique_ptr<mesh::Host> host;
};

mesh::JoinParams joinOf(const std::string& id, std::uint32_t number);
/// The same with a primary endpoint and a WireGuard endpoint.
mesh::JoinParams publicJoinOf(const std::string& id, std::uint32_t number);
mesh::Caller certificateOf(const std::string& id);
mesh::Caller nobody();

}  // namespace weft::tests
