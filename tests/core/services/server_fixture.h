// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/crypto/certificate.h"
#include "core/mesh/administration.h"
#include "core/mesh/change_control.h"
#include "core/mesh/enrolment.h"
#include "core/mesh/host.h"
#include "core/services/link/link_options.h"
#include "core/services/server/mesh_server.h"
#include "core/storage/memory/memory_store.h"

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace grpc {
class Channel;
}  // namespace grpc

namespace weft::tests {

/// How long a test waits for what must happen before it calls that a failure.
inline constexpr std::chrono::seconds kPatience{20};

/// A mesh network whose addresses loopback has too, so that real connections come from them.
inline constexpr const char* kLoopbackNetwork = "127.16.0.0/12";

/// An authority of its own with certificates for whoever is asked for.
class TestAuthority {
public:
    explicit TestAuthority(const std::string& name = "test mesh");

    /// A certificate for 127.0.0.1, "storage.webmesh.internal" and `commonName`. The time of issue
    /// and the lifetime may lie in the past.
    services::TlsIdentity issue(
        const std::string& commonName,
        std::chrono::hours age = std::chrono::hours(0),
        std::chrono::hours lifetime = std::chrono::hours(24)) const;
    const std::string& pem() const { return authority_.certificatePem(); }
    const crypto::CertificateAuthority& authority() const { return authority_; }

private:
    crypto::CertificateAuthority authority_;
};

/// Answers without a mesh behind it. Thread: confined to the loop.
class FakeEnrolment final : public mesh::Enrolment {
public:
    void invite(
        mesh::InvitationParams params,
        mesh::Caller caller,
        Callback<mesh::NewInvitation> done) override;
    void list(mesh::Caller caller, Callback<std::vector<mesh::InvitationRecord>> done) override;
    void revoke(std::string id, mesh::Caller caller, StatusCallback done) override;
    void enrol(
        mesh::EnrolParams params, mesh::Caller caller, Callback<mesh::EnrolGrant> done) override;
    void renew(
        std::string certificateRequestPem,
        mesh::Caller caller,
        Callback<mesh::EnrolGrant> done) override;
    void setJoinAddresses(std::vector<std::string> /*addresses*/) override {}

    /// Issues what is asked for; must outlive this.
    const crypto::CertificateAuthority* authority = nullptr;
    std::string expectedSecret = "sixteen byte key";
    std::optional<mesh::EnrolParams> lastEnrol;
    std::string lastRevoked;
};

/// A real host over a memory store, served on an ephemeral port of 127.0.0.1. Its own node is
/// "alpha", its administrator "boss".
class ServerFixture {
public:
    using Tune = std::function<void(services::MeshServerOptions*)>;

    explicit ServerFixture(
        mesh::Authentication authentication = mesh::Authentication::Required,
        services::TlsMode mode = services::TlsMode::Mutual,
        const Tune& tune = nullptr,
        const char* network = "172.16.0.0/12");
    ~ServerFixture();
    ServerFixture(const ServerFixture&) = delete;
    ServerFixture& operator=(const ServerFixture&) = delete;

    /// Runs `task` on the node loop and waits for it.
    void onLoop(const std::function<void()>& task);

    /// Waits for what `start` hands to its callback; `start` runs on the loop.
    template <typename T>
    T await(const std::function<void(std::function<void(T)>)>& start) {
        auto promise = std::make_shared<std::promise<T>>();
        auto future = promise->get_future();
        onLoop([&] { start([promise](T value) { promise->set_value(std::move(value)); }); });
        if (future.wait_for(kPatience) != std::future_status::ready) {
            failForSilence();
        }
        return future.get();
    }

    /// Joins `id` through the host, as if by certificate.
    StatusOr<mesh::JoinGrant> joinDirectly(const std::string& id);

    /// Gives `node` a role with one rule: these verbs on the resource, whatever the name.
    void allow(
        const std::string& node,
        mesh::policy::Resource resource,
        std::vector<mesh::policy::Verb> verbs);

    net::HostPort address() const { return {"127.0.0.1", server->port()}; }
    /// A channel that shows the certificate of `commonName`; empty shows none.
    std::shared_ptr<grpc::Channel> channelAs(const std::string& commonName) const;
    /// A channel without TLS over one connection between two addresses of loopback.
    std::shared_ptr<grpc::Channel> channelFrom(
        const net::IpAddress& from, const net::IpAddress& to) const;
    /// The IPv4 address of a node in the mesh.
    net::IpAddress meshAddressOf(const std::string& id);
    /// Whose key the tunnel's device takes packets from a node's mesh address with.
    struct Lead {
        std::string node;
        std::string through;
    };
    /// The device behind the server's tunnel gets these peers, and has taken them soon.
    void leadBy(const std::vector<Lead>& leads);
    services::LinkOptions linkOptionsAs(const std::string& commonName) const;

    TestAuthority authority;
    base::AsioLoop loop{"test-node"};
    std::unique_ptr<storage::MemoryStore> store;
    std::unique_ptr<mesh::Host> host;
    base::AsioLoop auditWriter{"test-audit"};
    std::unique_ptr<mesh::AuditLog> audit;
    std::unique_ptr<mesh::Administration> administration;
    std::unique_ptr<mesh::ChangeControl> changes;
    FakeEnrolment enrolment;
    services::TlsMode tls;
    std::unique_ptr<services::MeshServer> server;

private:
    std::uint64_t pathsNumber_ = 0;

    [[noreturn]] static void failForSilence();
};

mesh::Caller callerNamed(const std::string& id);
mesh::JoinParams joinParamsOf(const std::string& id);

}  // namespace weft::tests
