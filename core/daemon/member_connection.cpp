// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/member_connection.h"

#include "core/base/log.h"
#include "core/daemon/connection_spec.h"
#include "core/daemon/detail/credentials.h"
#include "core/daemon/detail/state_lines.h"

#include <algorithm>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

/// That the node had been forgotten is said for so long.
constexpr std::chrono::hours kToldOfRejoin{1};

/// The step of the way that a phase is; 0 when it is none.
int stepOf(mesh::MemberPhase phase) {
    switch (phase) {
    case mesh::MemberPhase::Off:
        return 1;
    case mesh::MemberPhase::ReachingMember:
        return 2;
    case mesh::MemberPhase::Joining:
        return 4;
    case mesh::MemberPhase::ReadingState:
        return 5;
    default:
        return 0;
    }
}

local::Connection::State stateOf(mesh::MemberPhase phase) {
    switch (phase) {
    case mesh::MemberPhase::Connected:
        return local::Connection::STATE_CONNECTED;
    case mesh::MemberPhase::Reconnecting:
        return local::Connection::STATE_RECONNECTING;
    case mesh::MemberPhase::Failed:
        return local::Connection::STATE_FAILED;
    case mesh::MemberPhase::Leaving:
        return local::Connection::STATE_DISCONNECTING;
    default:
        return local::Connection::STATE_CONNECTING;
    }
}

}  // namespace

MemberConnection::~MemberConnection() {
    close([this] {
        if (direct() != nullptr) {
            direct()->end();
        }
        renewal_.reset();
        changes_.cancel();
        for (const auto& following : std::exchange(following_, {})) {
            following->handle.cancel();
        }
        client_.reset();
        admin_.reset();
        changesClient_.reset();
        records_.cancel();
        server_.reset();
        mirror_.reset();
        member_.reset();
        links_.reset();
    });
}

void MemberConnection::begin() {
    if (const Status status = open(); !status.ok()) {
        log().error("not connected profile={} reason={}", spec().profileId, messageOf(status));
        fail(status);
        return;
    }
    changes_ = member_->onChange([this] {
        followLeader();
        const bool isBack = noteSync();
        feedTunnel();
        if (isBack && tunnel() != nullptr) {
            // The server may have lost its sessions, and cannot call a node behind a router.
            tunnel()->seekPeers();
        }
        if (server_) {
            server_->follow();
        }
        // A right to hand calls on may have come or gone.
        advertiseServer();
        noteChange();
    });
    records_ = member_->registry().onChange(
        [this](const storage::Registry::Change& change) { noteRecords(change); });
    if (spec().enrolled && certificateEnd_) {
        renewal_ = makeRenewal();
    }
    startTunnel(*key_);
    startMetrics(nullptr);
    member_->start();
    noteChange();
}

void MemberConnection::end(Duration limit, StatusCallback done) {
    silence();
    renewal_.reset();
    server_.reset();
    if (!member_) {
        done(okStatus());
        return;
    }
    // Leaving may need the tunnel.
    member_->stop(true, limit, [this, done = std::move(done)](const Status& status) {
        closeTunnel();
        done(status);
    });
}

Status MemberConnection::open() {
    WEFT_ASSIGN_OR_RETURN(key_, crypto::loadOrCreateKeyFile(spec().options.wireguard.keyFile));
    WEFT_ASSIGN_OR_RETURN(link_, linkOptionsOf(spec()));
    certificateEnd_ = endOf(link_.identity);
    links_ = std::make_unique<services::GrpcMemberLinkFactory>(link_.clone(), loop());
    links_->setPlaces([this](const std::string& host) { return knownPlace(host); });
    mesh::MemberOptions options;
    options.join = joinParams();
    options.joinAddresses = spec().options.mesh.joinAddresses;
    options.maxJoinRetries = static_cast<int>(spec().options.mesh.maxJoinRetries);
    options.keepsTrying = spec().unattended;
    options.expectedIdentity = spec().expectedIdentity;
    options.showsPassword = !link_.password.empty();
    options.keepsJoinTimes = spec().enrolled;
    member_ = mesh::Member::create(std::move(options), loop(), *links_);
    mirror_.emplace(member_->registry());
    return okStatus();
}

mesh::JoinParams MemberConnection::joinParams() const {
    const auto& options = spec().options;
    mesh::JoinParams params;
    params.id = selfId();
    params.publicKey = key_->publicKey();
    params.zone = options.mesh.zoneAwarenessId;
    params.assignIpv4 = !options.mesh.disableIpv4;
    params.asVoter = options.mesh.requestVote;
    params.asObserver = options.mesh.requestObserver;
    params.routes = joinableRoutes(options.mesh.routes);
    auto own = endpoints();
    params.primaryEndpoint = std::move(own.primary);
    params.wireguardEndpoints = std::move(own.wireguard);
    return params;
}

bool MemberConnection::noteSync() {
    if (member_->status().phase != mesh::MemberPhase::Connected) {
        wasLost_ = wasLost_ || inSyncSince_;
        inSyncSince_.reset();
        return false;
    }
    if (inSyncSince_) {
        return false;
    }
    inSyncSince_ = clock().wallNow();
    noteTests();
    if (renewal_) {
        renewal_->check();
    }
    return std::exchange(wasLost_, false);
}

void MemberConnection::feedTunnel() {
    const auto& status = member_->status();
    if (tunnel() == nullptr) {
        // What it is told is all that it has.
        effects().note();
    }
    if (tunnel() == nullptr || !status.grant || status.phase == mesh::MemberPhase::Leaving) {
        return;
    }
    // First the peers: the interface comes up with them. While the server cannot be reached, the
    // last that are known stay.
    tunnel()->setNetworks({status.grant->networkIpv4, status.grant->networkIpv6});
    if (tunnel()->setPeers(member_->peers()) && direct() != nullptr) {
        direct()->notePeers();
    }
    tunnel()->setAddresses(status.grant->addressIpv4, status.grant->addressIpv6);
}

/// Before noteSync(), which notes whether it was connected.
void MemberConnection::followLeader() {
    const bool isConnected = member_->status().phase == mesh::MemberPhase::Connected;
    if (isConnected == inSyncSince_.has_value()) {
        return;
    }
    if (isConnected) {
        effects().begin();
    } else {
        effects().end();
    }
    if (direct() == nullptr) {
        return;
    }
    if (isConnected) {
        direct()->begin();
    } else {
        direct()->end();
    }
}

void MemberConnection::reportEffect(const mesh::EffectReport& report, StatusCallback done) {
    if (auto* link = member_ ? member_->link() : nullptr) {
        link->reportEffect(report, std::move(done));
    } else {
        done(unavailable("the leader is not connected"));
    }
}

const mesh::PeerSet* MemberConnection::toldPeers() const {
    return member_ ? &member_->peers() : nullptr;
}

void MemberConnection::reportDirect(const mesh::DirectReport& report, StatusCallback done) {
    if (auto* link = member_ ? member_->link() : nullptr) {
        link->reportDirect(report, std::move(done));
    } else {
        done(unavailable("the leader is not connected"));
    }
}

Subscription MemberConnection::watchDirect(
    std::function<void(mesh::DirectOffers)> changed, StatusCallback ended) {
    if (auto* link = member_ ? member_->link() : nullptr) {
        return link->watchDirect(selfId(), std::move(changed), std::move(ended));
    }
    // Asked once more when there is one.
    return {};
}

void MemberConnection::advertiseEndpoints(const OwnEndpoints& endpoints) {
    if (!member_) {
        return;
    }
    mesh::UpdateParams update;
    update.id = selfId();
    update.primaryEndpoint = endpoints.primary;
    update.wireguardEndpoints = endpoints.wireguard;
    member_->change(update);
}

void MemberConnection::noteNetwork() {
    if (member_) {
        member_->noteNetwork();
    }
}

void MemberConnection::noteTunnel(const TunnelFacts& facts) {
    if (!server_) {
        server_ = std::make_unique<MemberServer>(
            spec(), loop(), *member_, *mirror_, link_, interfaceSource());
    }
    if (const Status status = server_->open(facts.interfaceName); !status.ok()) {
        // The mesh does without: this node is not asked by others.
        log().info("node not served profile={} reason={}", spec().profileId, messageOf(status));
        return;
    }
    // The device had no peers before these.
    tunnel()->tellPaths();
    advertiseServer();
}

void MemberConnection::notePaths(
    std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) {
    if (server_) {
        server_->expectPaths(number, std::move(paths));
    }
}

void MemberConnection::notePathsSettled(std::uint64_t number) {
    if (server_) {
        server_->settlePaths(number);
    }
}

void MemberConnection::noteTunnelGone() {
    if (server_) {
        server_->close();
        advertiseServer();
    }
}

mesh::dns::ZoneServers MemberConnection::servers() const {
    mesh::dns::ZoneServers servers;
    if (!member_) {
        return servers;
    }
    const auto& status = member_->status();
    if (!status.leader.empty()) {
        servers.leader = storage::NodeId(status.leader);
    }
    for (const auto& server : status.servers) {
        if (server.suffrage == mesh::StorageServer::Suffrage::Observer) {
            servers.observers.push_back(server.id);
        } else if (
            server.suffrage == mesh::StorageServer::Suffrage::Leader
            || server.suffrage == mesh::StorageServer::Suffrage::Voter) {
            servers.voters.push_back(server.id);
        }
    }
    return servers;
}

void MemberConnection::advertiseServer() {
    mesh::UpdateParams update;
    update.id = selfId();
    update.features =
        advertised(server_ ? server_->features() : std::vector<storage::FeaturePort>());
    if (!update.features.empty()) {
        member_->change(update);
    }
}

void MemberConnection::retryNow() {
    onLoop([this] {
        if (tunnel() != nullptr) {
            tunnel()->retryNow();
        }
        if (member_) {
            member_->retryNow();
        }
    });
}

const storage::Registry* MemberConnection::registry() const {
    return member_ ? &member_->registry() : nullptr;
}

const mesh::policy::PolicyMirror* MemberConnection::mirror() const {
    return mirror_ ? &*mirror_ : nullptr;
}

::v1::ClusterStatus MemberConnection::statusOf(const storage::NodeId& id) const {
    for (const auto& server : member_->status().servers) {
        if (server.id == id) {
            switch (server.suffrage) {
            case mesh::StorageServer::Suffrage::Leader:
                return ::v1::CLUSTER_LEADER;
            case mesh::StorageServer::Suffrage::Voter:
                return ::v1::CLUSTER_VOTER;
            case mesh::StorageServer::Suffrage::Observer:
                return ::v1::CLUSTER_OBSERVER;
            default:
                return ::v1::CLUSTER_NODE;
            }
        }
    }
    return ::v1::CLUSTER_NODE;
}

void MemberConnection::describe(local::Connection& state) {
    if (key_) {
        state.set_public_key(key_->publicKey().toString());
    }
    if (!member_) {
        state.mutable_step()->set_number(1);
        state.mutable_step()->set_count(kStepCount);
        state.mutable_step()->set_text(stepText(1));
        return;
    }
    const auto& status = member_->status();
    describePhase(status, state);
    describeRejoin(status, state);
    describeGrant(status, state);
    state.set_cluster_status(::v1::CLUSTER_NODE);
    state.set_leader(status.leader);
    state.set_weft_mesh(spec().enrolled);
    const auto nodes = member_->registry().nodeCount();
    state.set_peer_count(static_cast<std::uint32_t>(nodes > 0 ? nodes - 1 : 0));
    addChecks(status, state);
}

void MemberConnection::describePhase(
    const mesh::MemberStatus& status, local::Connection& state) const {
    state.set_state(stateOf(status.phase));
    if (const int step = stepOf(status.phase); step != 0) {
        state.mutable_step()->set_number(static_cast<std::uint32_t>(step));
        state.mutable_step()->set_count(kStepCount);
        state.mutable_step()->set_text(stepText(step));
    }
    if (status.retryAt) {
        setTime(state.mutable_retry_at(), *status.retryAt);
    }
    if (status.failure.ok() || status.phase == mesh::MemberPhase::Connected) {
        return;
    }
    auto problem = problemOf(status.failure);
    if (status.failure.code() == StatusCode::kUnauthenticated && !link_.password.empty()) {
        problem.set_remedy(
            "Check the user name and the password, or ask an administrator of the mesh for an "
            "invitation.");
    }
    if (status.phase == mesh::MemberPhase::Failed) {
        *state.mutable_failure() = std::move(problem);
    } else {
        *state.add_problems() = std::move(problem);
    }
}

void MemberConnection::describeRejoin(
    const mesh::MemberStatus& status, local::Connection& state) const {
    if (!status.rejoinedAt || clock().wallNow() - *status.rejoinedAt > kToldOfRejoin) {
        return;
    }
    addProblem(
        state,
        local::Problem::SEVERITY_INFO,
        "The mesh had forgotten this node while it was away; it has joined again by itself.",
        "Nothing is to be done. An administrator may look at what removes nodes that are silent.");
}

void MemberConnection::describeGrant(
    const mesh::MemberStatus& status, local::Connection& state) const {
    state.set_mesh_domain(status.info.domain);
    state.set_mesh_identity(status.info.identity);
    if (!status.grant) {
        return;
    }
    const auto& grant = *status.grant;
    if (state.mesh_domain().empty()) {
        state.set_mesh_domain(grant.meshDomain);
    }
    if (grant.addressIpv4) {
        state.set_address_ipv4(grant.addressIpv4->toString());
        state.set_network_ipv4(grant.networkIpv4.toString());
    }
    state.set_address_ipv6(grant.addressIpv6.toString());
    state.set_network_ipv6(grant.networkIpv6.toString());
}

void MemberConnection::addChecks(const mesh::MemberStatus& status, local::Connection& state) const {
    using local::CheckItem;
    const bool connected = status.phase == mesh::MemberPhase::Connected;
    const bool failed = status.phase == mesh::MemberPhase::Failed
                        || status.phase == mesh::MemberPhase::Reconnecting;
    addCheck(
        state,
        "leader",
        connected ? CheckItem::STATE_OK
        : failed  ? CheckItem::STATE_FAILED
                  : CheckItem::STATE_PENDING,
        connected ? fmt::format("Reached at {}", status.serverAddress)
        : failed  ? messageOf(status.failure)
                  : "Not reached yet");
    const std::string address =
        state.address_ipv4().empty() ? state.address_ipv6() : state.address_ipv4();
    addCheck(
        state,
        "address",
        status.grant ? CheckItem::STATE_OK : CheckItem::STATE_PENDING,
        status.grant ? address : "No address yet");
    if (connected && inSyncSince_) {
        const auto age =
            std::chrono::duration_cast<std::chrono::minutes>(clock().wallNow() - *inSyncSince_);
        addCheck(
            state,
            "state",
            CheckItem::STATE_OK,
            fmt::format(
                "Followed without a gap for {} min", std::max<std::int64_t>(age.count(), 0)));
        setTime(
            state.mutable_checklist(state.checklist_size() - 1)->mutable_since(), *inSyncSince_);
    } else {
        addCheck(
            state,
            "state",
            failed ? CheckItem::STATE_WARN : CheckItem::STATE_PENDING,
            failed ? "What is shown may be old" : "Not read yet");
    }
    addCommonChecks(state, certificateEnd_);
}

std::unique_ptr<CertificateRenewal> MemberConnection::makeRenewal() {
    CertificateRenewal::Parts parts{
        .loop = loop(),
        .folder = spec().folder,
        .nodeId = spec().options.mesh.nodeId,
        .authorityPem = link_.authorityPem,
        .ready = [this] { return member_->status().phase == mesh::MemberPhase::Connected; },
        .ask =
            [this](const std::string& requestPem, Callback<mesh::EnrolGrant> done) {
                const auto server = client();
                if (server.ok()) {
                    (*server)->renew(requestPem, std::move(done));
                } else {
                    done(server.status());
                }
            },
        .renewed = [this](const services::TlsIdentity& identity) { onRenewed(identity); }};
    return std::make_unique<CertificateRenewal>(std::move(parts), link_.identity.clone());
}

void MemberConnection::onRenewed(const services::TlsIdentity& identity) {
    link_.identity = identity.clone();
    certificateEnd_ = endOf(identity);
    links_->setIdentity(identity.clone());
    if (server_) {
        server_->renewIdentity(identity);
    }
    // It shows the old certificate, and this may be one of its callbacks.
    loop().post([retired = std::shared_ptr<services::EnrolmentClient>(std::move(client_))] {});
    loop().post([retired = std::shared_ptr<services::AdminClient>(std::move(admin_))] {});
    loop().post([retired = std::shared_ptr<services::ChangesClient>(std::move(changesClient_))] {});
    noteChange();
}

}  // namespace weft::daemon
