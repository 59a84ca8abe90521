// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/member_server.h"

#include "core/base/log.h"
#include "core/daemon/detail/credentials.h"
#include "core/services/proxy/leader_route.h"

#include "v1/node.pb.h"

#include <algorithm>
#include <utility>

#include <net/if.h>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
using Suffrage = mesh::StorageServer::Suffrage;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

// Without certificates nobody can say who calls, but for the address that a call comes from.
mesh::Authentication authenticationOf(const ConnectionSpec& spec) {
    return spec.tlsMode == local::Profile::TLS_MODE_MUTUAL ? mesh::Authentication::Required
                                                           : mesh::Authentication::None;
}

/// Whether one server keeps the mesh, so that whoever answers for the mesh is that one.
bool keptByOne(const mesh::MemberStatus& status) {
    return std::ranges::count_if(
               status.servers, [](const auto& server) { return server.suffrage != Suffrage::Node; })
           == 1;
}

}  // namespace

std::optional<services::LeaderRoute> leaderRouteOf(const mesh::MemberStatus& status) {
    if (status.leader.empty() || !keptByOne(status)) {
        return std::nullopt;
    }
    // The way that this node itself takes.
    const auto used = net::HostPort::parse(status.serverAddress);
    return used.ok() ? std::optional(services::LeaderRoute{mesh::NodeId(status.leader), *used})
                     : std::nullopt;
}

MemberServer::MemberServer(
    const ConnectionSpec& spec,
    base::Loop& loop,
    const mesh::Member& member,
    const mesh::policy::PolicyMirror& rules,
    const services::LinkOptions& link,
    services::InterfaceSource& tunnel)
    : spec_(spec)
    , loop_(loop)
    , member_(member)
    , link_(link.clone())
    , tunnel_(tunnel)
    , standing_(storage::NodeId(spec.options.mesh.nodeId), authenticationOf(spec), member, rules)
    , proxy_(storage::NodeId(spec.options.mesh.nodeId), link.clone()) {}

MemberServer::~MemberServer() {
    server_.reset();
}

Status MemberServer::open(const std::string& device) {
    const auto& api = spec_.options.services.api;
    server_.reset();
    if (api.disabled) {
        return failedPrecondition("services.api.disabled is set");
    }
    follow();
    WEFT_ASSIGN_OR_RETURN(auto options, serverOptions());
    options.device = device;
    WEFT_ASSIGN_OR_RETURN(
        server_,
        services::MeshServer::startForMember(
            std::move(options),
            {loop_, standing_, api.disableLeaderProxy ? nullptr : &proxy_, &tunnel_}));
    // The number and not the name: the next interface of this name is another one.
    server_->setTunnelInterface(::if_nametoindex(device.c_str()));
    port_ = server_->port();
    log().info(
        "node served profile={} device={} port={}", spec_.profileId, device, server_->port());
    return okStatus();
}

void MemberServer::expectPaths(
    std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) {
    if (server_) {
        server_->expectTunnelPaths(number, std::move(paths));
    }
}

void MemberServer::settlePaths(std::uint64_t number) {
    if (server_) {
        server_->settleTunnelPaths(number);
    }
}

StatusOr<services::MeshServerOptions> MemberServer::serverOptions() const {
    const auto& api = spec_.options.services.api;
    services::MeshServerOptions options;
    // On every address of the interface: which they are may change.
    options.listen = {"", api.listenAddress.port};
    options.authentication = authenticationOf(spec_);
    options.tls = link_.tls;
    switch (link_.tls) {
    case services::TlsMode::Insecure:
        return options;
    case services::TlsMode::Mutual:
        options.identity = link_.identity.clone();
        options.authorityPem = link_.authorityPem;
        break;
    case services::TlsMode::ServerOnly:
        WEFT_ASSIGN_OR_RETURN(
            options.identity,
            readIdentity(
                {api.tlsCertFile,
                 api.tlsCertData.pem,
                 api.tlsKeyFile,
                 api.tlsKeyData.pem.revealText(),
                 "services.api.tls-"}));
        break;
    }
    if (options.identity.empty()) {
        return failedPrecondition("this node has no certificate to show to those who call it");
    }
    return options;
}

bool MemberServer::mayProxy() const {
    if (!server_ || spec_.options.services.api.disableLeaderProxy) {
        return false;
    }
    // Without a credential of its own it hands calls on in nobody's name, which takes no right.
    return !proxy_.showsCredential() || standing_.mayProxy();
}

std::vector<storage::FeaturePort> MemberServer::features() const {
    if (!port_) {
        return {};
    }
    std::vector<storage::FeaturePort> list{{::v1::NODES, *port_}};
    if (mayProxy()) {
        list.push_back({::v1::LEADER_PROXY, *port_});
    }
    return list;
}

void MemberServer::follow() {
    if (member_.status().phase != mesh::MemberPhase::Connected) {
        // The leader may be there all the same, and who it is was right a moment ago.
        return;
    }
    proxy_.setRoute(leaderRouteOf(member_.status()));
}

void MemberServer::renewIdentity(const services::TlsIdentity& identity) {
    link_.identity = identity.clone();
    proxy_.setIdentity(identity.clone());
    if (!server_ || link_.tls != services::TlsMode::Mutual) {
        return;
    }
    if (const Status status = server_->renewIdentity(identity.clone(), link_.authorityPem);
        !status.ok()) {
        log().error(
            "certificate not renewed profile={} reason={}", spec_.profileId, messageOf(status));
    }
}

}  // namespace weft::daemon
