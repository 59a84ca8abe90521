// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/server_fixture.h"

#include "core/base/check.h"
#include "core/base/unique_fd.h"
#include "core/crypto/digest.h"
#include "core/services/link/channel.h"

#include <grpcpp/channel.h>
#include <grpcpp/create_channel_posix.h>

#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace weft::tests {

namespace {

crypto::CertificateAuthority makeAuthority(const std::string& name) {
    auto made = crypto::CertificateAuthority::create(
        name,
        std::chrono::system_clock::now() - std::chrono::hours(48),
        std::chrono::hours(24 * 365));
    WEFT_CHECK(made.ok());
    return *std::move(made);
}

mesh::HostOptions hostOptions(mesh::Authentication authentication, const char* network) {
    mesh::HostOptions options;
    options.self.id = mesh::NodeId("alpha");
    options.self.publicKey = crypto::NodeKey::generate()->publicKey();
    options.self.features = {{1, 8443}, {12, 9000}};
    options.bootstrap.networkIpv4 = *net::IpPrefix::parse(network);
    options.bootstrap.admin = "boss";
    options.authentication = authentication;
    return options;
}

}  // namespace

TestAuthority::TestAuthority(const std::string& name) : authority_(makeAuthority(name)) {}

services::TlsIdentity TestAuthority::issue(
    const std::string& commonName, std::chrono::hours age, std::chrono::hours lifetime) const {
    const crypto::CertificateRequestParams names{
        commonName, {"storage.webmesh.internal", commonName}, {"127.0.0.1"}};
    auto key = crypto::generateTlsKey();
    WEFT_CHECK(key.ok());
    const auto request = crypto::makeCertificateRequest(*key, names);
    WEFT_CHECK(request.ok());
    auto certificate =
        authority_.issue(*request, names, std::chrono::system_clock::now() - age, lifetime);
    WEFT_CHECK(certificate.ok());
    return {*std::move(certificate), *std::move(key)};
}

void FakeEnrolment::invite(
    mesh::InvitationParams params, mesh::Caller caller, Callback<mesh::NewInvitation> done) {
    mesh::NewInvitation made;
    made.record.id = "invitation-1";
    made.record.nodeId = params.nodeId;
    made.record.note = params.note;
    made.record.createdBy = caller.identity.value();
    made.record.createdAt = WallTime(std::chrono::seconds(1'790'000'000));
    made.record.expiresAt = made.record.createdAt + params.lifetime;
    made.code = {
        made.record.id,
        expectedSecret,
        crypto::asString(crypto::sha256("authority")),
        made.record.expiresAt,
        {"127.0.0.1:8443"}};
    done(std::move(made));
}

void FakeEnrolment::list(
    mesh::Caller /*caller*/, Callback<std::vector<mesh::InvitationRecord>> done) {
    mesh::InvitationRecord record;
    record.id = "invitation-1";
    record.state = mesh::InvitationRecord::State::Used;
    record.usedBy = "bravo";
    record.usedAt = WallTime(std::chrono::seconds(1'790'000'100));
    done(std::vector{record});
}

void FakeEnrolment::revoke(std::string id, mesh::Caller /*caller*/, StatusCallback done) {
    lastRevoked = std::move(id);
    done(okStatus());
}

void FakeEnrolment::enrol(
    mesh::EnrolParams params, mesh::Caller /*caller*/, Callback<mesh::EnrolGrant> done) {
    lastEnrol = params;
    if (params.secret != expectedSecret) {
        done(permissionDenied("this invitation was not made here"));
        return;
    }
    mesh::EnrolGrant grant;
    grant.nodeId = params.nodeId;
    grant.meshDomain = "webmesh.internal.";
    grant.joinAddresses = {"127.0.0.1:8443"};
    const auto certificate = authority->issue(
        params.certificateRequestPem,
        {params.nodeId.value(), {params.nodeId.value()}, {}},
        std::chrono::system_clock::now(),
        std::chrono::hours(24));
    if (!certificate.ok()) {
        done(certificate.status());
        return;
    }
    grant.certificatePem = *certificate;
    grant.authorityPem = authority->certificatePem();
    done(std::move(grant));
}

void FakeEnrolment::renew(
    std::string certificateRequestPem, mesh::Caller caller, Callback<mesh::EnrolGrant> done) {
    mesh::EnrolParams params;
    params.secret = expectedSecret;
    params.nodeId = caller.identity;
    params.certificateRequestPem = std::move(certificateRequestPem);
    enrol(std::move(params), std::move(caller), std::move(done));
}

ServerFixture::ServerFixture(
    mesh::Authentication authentication,
    services::TlsMode mode,
    const Tune& tune,
    const char* network)
    : store(storage::MemoryStore::create(loop.clock())), tls(mode) {
    enrolment.authority = &authority.authority();
    onLoop([&] {
        auto opened = mesh::Host::open(hostOptions(authentication, network), loop, *store);
        WEFT_CHECK(opened.ok());
        host = *std::move(opened);
        audit = mesh::AuditLog::create({}, auditWriter);
        administration = mesh::Administration::create(*host, loop, audit.get());
        changes = mesh::ChangeControl::create(*host, loop, audit.get());
    });
    services::MeshServerOptions options;
    options.listen = {"127.0.0.1", 0};
    options.tls = tls;
    options.authentication = authentication;
    if (tls != services::TlsMode::Insecure) {
        options.identity = authority.issue("alpha");
        options.authorityPem = authority.pem();
    }
    if (tune) {
        tune(&options);
    }
    auto started = services::MeshServer::start(
        std::move(options), {loop, *host, &enrolment, administration.get(), changes.get()});
    if (!started.ok()) {
        std::fprintf(stderr, "server did not start: %s\n", toString(started.status()).c_str());
    }
    WEFT_CHECK(started.ok());
    server = *std::move(started);
}

ServerFixture::~ServerFixture() {
    server.reset();
    onLoop([this] {
        changes.reset();
        administration.reset();
        host.reset();
    });
    store.reset();
}

void ServerFixture::onLoop(const std::function<void()>& task) {
    std::promise<void> done;
    loop.post([&task, &done] {
        task();
        done.set_value();
    });
    done.get_future().wait();
}

StatusOr<mesh::JoinGrant> ServerFixture::joinDirectly(const std::string& id) {
    return await<StatusOr<mesh::JoinGrant>>(
        [&](const auto& done) { host->join(joinParamsOf(id), callerNamed(id), done); });
}

void ServerFixture::allow(
    const std::string& node,
    mesh::policy::Resource resource,
    std::vector<mesh::policy::Verb> verbs) {
    const std::vector<mesh::PolicyObject> objects{
        mesh::policy::Role{node, {{{resource}, {}, std::move(verbs)}}},
        mesh::policy::RoleBinding{node, node, {{node, mesh::policy::SubjectKind::Node}}}};
    for (const auto& object : objects) {
        const auto report = await<StatusOr<mesh::WriteReport>>([&](const auto& done) {
            administration->put(object, std::nullopt, callerNamed("boss"), done);
        });
        if (!report.ok()) {
            std::fprintf(stderr, "no role: %s\n", toString(report.status()).c_str());
        }
        WEFT_CHECK(report.ok());
    }
}

services::LinkOptions ServerFixture::linkOptionsAs(const std::string& commonName) const {
    services::LinkOptions options;
    options.tls = tls;
    if (tls != services::TlsMode::Insecure) {
        options.authorityPem = authority.pem();
        options.serverName = "storage.webmesh.internal";
    }
    if (tls == services::TlsMode::Mutual && !commonName.empty()) {
        options.identity = authority.issue(commonName);
    }
    return options;
}

std::shared_ptr<grpc::Channel> ServerFixture::channelAs(const std::string& commonName) const {
    return services::makeChannel(address(), linkOptionsAs(commonName));
}

std::shared_ptr<grpc::Channel> ServerFixture::channelFrom(
    const net::IpAddress& from, const net::IpAddress& to) const {
    const auto at = [](const net::IpAddress& address, std::uint16_t port) {
        sockaddr_in made{};
        made.sin_family = AF_INET;
        made.sin_port = htons(port);
        made.sin_addr.s_addr = htonl(address.v4Value());
        return made;
    };
    const sockaddr_in local = at(from, 0);
    const sockaddr_in remote = at(to, server->port());
    base::UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    WEFT_CHECK(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&local), sizeof local) == 0);
    WEFT_CHECK(::connect(fd.get(), reinterpret_cast<const sockaddr*>(&remote), sizeof remote) == 0);
    // The library reads without waiting.
    WEFT_CHECK(::fcntl(fd.get(), F_SETFL, O_NONBLOCK) == 0);
    return grpc::CreateInsecureChannelFromFd("mesh", fd.release());
}

net::IpAddress ServerFixture::meshAddressOf(const std::string& id) {
    net::IpAddress address;
    onLoop([&] { address = host->registry().node(mesh::NodeId(id))->privateIpv4->address(); });
    return address;
}

void ServerFixture::leadBy(const std::vector<Lead>& leads) {
    std::vector<services::TunnelPaths::Path> paths;
    onLoop([&] {
        const auto& registry = host->registry();
        for (const auto& lead : leads) {
            const auto* node = registry.node(mesh::NodeId(lead.node));
            const auto* peer = registry.node(mesh::NodeId(lead.through));
            paths.push_back({*node->privateIpv4, *peer->publicKey});
        }
    });
    server->expectTunnelPaths(++pathsNumber_, std::make_shared<const services::TunnelPaths>(paths));
    server->settleTunnelPaths(pathsNumber_);
}

void ServerFixture::failForSilence() {
    std::fprintf(stderr, "no answer came within the test's patience\n");
    std::abort();
}

mesh::Caller callerNamed(const std::string& id) {
    return {mesh::Caller::Proof::Certificate, mesh::NodeId(id), "test"};
}

mesh::JoinParams joinParamsOf(const std::string& id) {
    // The key follows from the name, so that joining again is joining as the same node.
    const auto seed = crypto::sha256(id);
    mesh::JoinParams params;
    params.id = mesh::NodeId(id);
    params.publicKey = crypto::NodeKey::fromSeed(seed)->publicKey();
    return params;
}

}  // namespace weft::tests
