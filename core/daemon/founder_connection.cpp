// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/founder_connection.h"

#include "core/base/log.h"
#include "core/daemon/detail/credentials.h"
#include "core/daemon/detail/local_addresses.h"
#include "core/daemon/detail/state_lines.h"
#include "core/storage/memory/memory_store.h"
#include "core/storage/sqlite/sqlite_store.h"

#include "v1/node.pb.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include <net/if.h>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// A code carries at most four addresses.
constexpr std::size_t kMaxCodeAddresses = 4;
constexpr std::chrono::minutes kCertificateCheckInterval{10};
constexpr std::chrono::milliseconds kStopGrace{300};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

storage::NodeRecord selfRecord(
    const ConnectionSpec& spec, const OwnEndpoints& endpoints, const crypto::PublicKey& key) {
    storage::NodeRecord record;
    record.id = storage::NodeId(spec.options.mesh.nodeId);
    record.publicKey = key;
    record.zone = spec.options.mesh.zoneAwarenessId;
    record.primaryEndpoint = endpoints.primary;
    record.wireguardEndpoints = endpoints.wireguard;
    return record;
}

std::vector<storage::FeaturePort> features(std::uint16_t port, bool meshEnabled) {
    std::vector<storage::FeaturePort> list;
    for (const auto feature :
         {::v1::NODES, ::v1::MEMBERSHIP, ::v1::STORAGE_QUERIER, ::v1::STORAGE_PROVIDER}) {
        list.push_back({feature, port});
    }
    if (meshEnabled) {
        list.push_back({::v1::MESH_API, port});
    }
    return list;
}

}  // namespace

FounderConnection::~FounderConnection() {
    close([this] { tearDown(Duration::zero()); });
}

void FounderConnection::begin() {
    Status status = open();
    if (status.ok()) {
        startTunnel(*key_);
        startMetrics(server_.get());
    } else {
        log().error("mesh not served profile={} reason={}", spec().profileId, messageOf(status));
        tearDown(Duration::zero());
        fail(status);
        return;
    }
    changes_ = host_->registry().onChange(
        [this](const storage::Registry::Change& change) { noteRecords(change); });
    advertise();
    followTunnel();
    followPolicyTests();
    watchCertificate();
    if (makeCompanion_) {
        companion_ = makeCompanion_({.loop = loop(), .host = *host_, .changes = *changeControl_});
    }
    noteChange();
}

void FounderConnection::end(Duration /*limit*/, StatusCallback done) {
    silence();
    tearDown(kStopGrace);
    done(okStatus());
}

void FounderConnection::followTunnel() {
    if (tunnel() == nullptr) {
        return;
    }
    // First the rest: the interface comes up with it.
    const auto info = host_->info();
    tunnel()->setNetworks({info.networkIpv4, info.networkIpv6});
    tunnelPeers_ = host_->subscribePeers(selfId(), [this](const mesh::PeerSet& peers) {
        if (tunnel()->setPeers(peers)) {
            direct()->notePeers();
        }
    });
    direct()->begin();
    effects().begin();
    if (const auto* own = host_->registry().node(selfId())) {
        tunnel()->setAddresses(own->privateIpv4, own->privateIpv6);
    }
}

void FounderConnection::tearDown(Duration grace) {
    companion_.reset();
    renewal_.cancel();
    changes_.cancel();
    testWatch_ = {};
    tunnelPeers_.cancel();
    // Figures come from the server as well, so they go first.
    closeTunnel();
    endWatches();
    if (server_) {
        server_->stop(grace);
    }
    server_.reset();
    enrolment_.reset();
    changeControl_.reset();
    administration_.reset();
    host_.reset();
    audit_.reset();
    // What was recorded is written first.
    auditWriter_.reset();
    store_.reset();
}

Status FounderConnection::open() {
    WEFT_ASSIGN_OR_RETURN(key_, crypto::loadOrCreateKeyFile(spec().options.wireguard.keyFile));
    WEFT_RETURN_IF_ERROR(openStore());
    WEFT_RETURN_IF_ERROR(prepareAuthority());
    WEFT_RETURN_IF_ERROR(openHost());
    return openServer();
}

Status FounderConnection::openStore() {
    const auto& storage = spec().options.storage;
    if (storage.effectiveProvider() == config::StorageProvider::Memory) {
        store_ = storage::MemoryStore::create(clock());
        return okStatus();
    }
    storage::SqliteOptions options;
    options.path = spec().options.storagePath();
    std::error_code error;
    meshExists_ = std::filesystem::exists(options.path, error);
    WEFT_ASSIGN_OR_RETURN(store_, storage::SqliteStore::open(options, clock()));
    // A crash between making the file and the first commit leaves a database without a mesh.
    meshExists_ = meshExists_ && store_->revision() > 0;
    return okStatus();
}

Status FounderConnection::prepareAuthority() {
    if (!spec().ownAuthority) {
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(
        authority_,
        loadOrCreateAuthority(
            spec().folder, spec().options.bootstrap.meshDomain, meshExists_, clock().wallNow()));
    authorityPem_ = authority_->certificatePem();
    return okStatus();
}

Status FounderConnection::openHost() {
    const auto& bootstrap = spec().options.bootstrap;
    mesh::HostOptions options;
    options.self = selfRecord(spec(), endpoints(), key_->publicKey());
    options.bootstrap.domain = bootstrap.meshDomain;
    options.bootstrap.networkIpv4 = bootstrap.ipv4Network;
    options.bootstrap.disableIpv4 = spec().options.mesh.disableIpv4;
    if (!bootstrap.admin.empty()) {
        options.bootstrap.admin = bootstrap.admin;
    }
    options.bootstrap.defaultDeny = bootstrap.defaultNetworkPolicy == config::NetworkPolicy::Drop;
    options.bootstrap.disableRbac = bootstrap.disableRbac;
    options.authentication = authentication();
    auditWriter_ = std::make_unique<base::AsioLoop>("audit");
    const bool onDisk =
        spec().options.storage.effectiveProvider() != config::StorageProvider::Memory;
    audit_ = mesh::AuditLog::create(
        onDisk ? std::filesystem::path(spec().folder) : std::filesystem::path(), *auditWriter_);
    options.audit = audit_.get();
    WEFT_ASSIGN_OR_RETURN(host_, mesh::Host::open(std::move(options), loop(), *store_));
    administration_ = mesh::Administration::create(*host_, loop(), audit_.get());
    changeControl_ = mesh::ChangeControl::create(*host_, loop(), audit_.get());
    return okStatus();
}

mesh::Authentication FounderConnection::authentication() const {
    return spec().tlsMode == local::Profile::TLS_MODE_MUTUAL
                   || spec().options.services.api.checksPasswords()
               ? mesh::Authentication::Required
               : mesh::Authentication::None;
}

crypto::CertificateRequestParams FounderConnection::certificateNames() const {
    auto reachedAt = spec().endpoints;
    // Reference nodes dial their leader at its addresses in the mesh, and hold it to them.
    if (const auto* own = host_->registry().node(selfId())) {
        for (const auto& network : {own->privateIpv4, own->privateIpv6}) {
            if (network) {
                reachedAt.push_back(network->address().toString());
            }
        }
    }
    return serverNames(spec().options.mesh.nodeId, host_->info().domain, reachedAt);
}

StatusOr<services::MeshServerOptions> FounderConnection::serverOptions() {
    const auto& api = spec().options.services.api;
    services::MeshServerOptions options;
    options.listen = api.listenAddress;
    options.portIsExplicit = !spec().steppingPort;
    options.authentication = authentication();
    WEFT_ASSIGN_OR_RETURN(options.authenticators, openAuthenticators(api, clock()));
    if (spec().tlsMode == local::Profile::TLS_MODE_INSECURE) {
        options.tls = services::TlsMode::Insecure;
        return options;
    }
    options.tls = spec().tlsMode == local::Profile::TLS_MODE_MUTUAL ? services::TlsMode::Mutual
                                                                    : services::TlsMode::ServerOnly;
    if (authority_) {
        options.authorityPem = authorityPem_;
        WEFT_ASSIGN_OR_RETURN(
            options.identity,
            loadOrIssueIdentity(spec().folder, *authority_, certificateNames(), clock().wallNow()));
    } else {
        WEFT_ASSIGN_OR_RETURN(options.authorityPem, readPem(api.clientCaFile, ""));
        WEFT_ASSIGN_OR_RETURN(
            options.identity,
            readIdentity(
                {api.tlsCertFile,
                 api.tlsCertData.pem,
                 api.tlsKeyFile,
                 api.tlsKeyData.pem.revealText(),
                 "services.api.tls-"}));
    }
    certificateEnd_ = endOf(options.identity);
    return options;
}

Status FounderConnection::openServer() {
    if (spec().options.services.api.disabled) {
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(auto options, serverOptions());
    if (authority_) {
        const auto key = authority_->keyPem();
        WEFT_ASSIGN_OR_RETURN(
            auto own, crypto::CertificateAuthority::load(key, authority_->certificatePem()));
        enrolment_ = mesh::Enrolment::create(*host_, loop(), std::move(own), {});
    }
    WEFT_ASSIGN_OR_RETURN(
        server_,
        services::MeshServer::start(
            std::move(options),
            {.loop = loop(),
             .host = *host_,
             .enrolment = enrolment_.get(),
             .administration = administration_.get(),
             .changes = changeControl_.get(),
             .tunnel = &interfaceSource()}));
    return okStatus();
}

void FounderConnection::advertise() {
    if (!server_) {
        return;
    }
    const std::uint16_t port = server_->port();
    advertiseJoinAddresses();
    mesh::UpdateParams update;
    update.id = selfId();
    update.features = advertised(features(port, spec().options.services.api.meshEnabled));
    updateSelf(std::move(update));
    log().info("mesh served profile={} port={}", spec().profileId, port);
}

void FounderConnection::noteTunnel(const TunnelFacts& facts) {
    if (server_) {
        // The number and not the name: the next interface of this name is another one.
        server_->setTunnelInterface(::if_nametoindex(facts.interfaceName.c_str()));
    }
}

void FounderConnection::noteTunnelGone() {
    if (server_) {
        server_->setTunnelInterface(0);
    }
}

void FounderConnection::notePaths(
    std::uint64_t number, std::shared_ptr<const services::TunnelPaths> paths) {
    if (server_) {
        server_->expectTunnelPaths(number, std::move(paths));
    }
}

void FounderConnection::notePathsSettled(std::uint64_t number) {
    if (server_) {
        server_->settleTunnelPaths(number);
    }
}

void FounderConnection::reportDirect(const mesh::DirectReport& report, StatusCallback done) {
    done(host_->directWays().report(report, self()));
}

Subscription FounderConnection::watchDirect(
    std::function<void(mesh::DirectOffers)> changed, StatusCallback /*ended*/) {
    return host_->directWays().watch(
        selfId(),
        [changed = std::move(changed)](const mesh::DirectOffers& offers) { changed(offers); });
}

void FounderConnection::reportEffect(const mesh::EffectReport& report, StatusCallback done) {
    done(host_ ? host_->propagation().report(report, self()) : unavailable("the mesh is not open"));
}

/// It sees everybody who joined through it.
std::size_t FounderConnection::mostSightings() const {
    return mesh::kMaxSeenNodes;
}

mesh::dns::ZoneServers FounderConnection::servers() const {
    return {.leader = selfId(), .voters = {selfId()}, .observers = {}};
}

void FounderConnection::advertiseEndpoints(const OwnEndpoints& endpoints) {
    const auto* own = host_ ? host_->registry().node(selfId()) : nullptr;
    // What there is no more of cannot be told: the last that is known stays.
    const bool tellsPrimary =
        own != nullptr && !endpoints.primary.empty() && own->primaryEndpoint != endpoints.primary;
    const bool tellsPlaces = own != nullptr && !endpoints.wireguard.empty()
                             && own->wireguardEndpoints != endpoints.wireguard;
    if (!tellsPrimary && !tellsPlaces) {
        return;
    }
    mesh::UpdateParams update;
    update.id = selfId();
    update.primaryEndpoint = endpoints.primary;
    update.wireguardEndpoints = endpoints.wireguard;
    host_->updateSelf(std::move(update), [this](const Status& status) {
        if (!status.ok()) {
            log().error("own endpoints not told reason={}", messageOf(status));
            advertiseEndpointsLater();
        }
        noteChange();
    });
}

void FounderConnection::noteNetwork() {
    advertiseJoinAddresses();
}

void FounderConnection::advertiseJoinAddresses() {
    if (enrolment_ && server_) {
        enrolment_->setJoinAddresses(reachableAddresses(
            spec().endpoints, outwardAddresses(), server_->port(), kMaxCodeAddresses));
    }
}

void FounderConnection::updateSelf(mesh::UpdateParams params) {
    host_->updateSelf(std::move(params), [this](const Status& status) {
        if (!status.ok()) {
            log().error("own record not updated reason={}", messageOf(status));
        }
        noteChange();
    });
}

void FounderConnection::watchCertificate() {
    if (!authority_ || !server_) {
        return;
    }
    renewal_ = loop().after(kCertificateCheckInterval, [this] {
        renewCertificate();
        watchCertificate();
    });
}

void FounderConnection::renewCertificate() {
    auto identity =
        loadOrIssueIdentity(spec().folder, *authority_, certificateNames(), clock().wallNow());
    const auto end = identity.ok() ? endOf(*identity) : std::nullopt;
    if (identity.ok() && end == certificateEnd_) {
        return;
    }
    const Status status = identity.ok()
                              ? server_->renewIdentity(*std::move(identity), authorityPem_)
                              : identity.status();
    if (!status.ok()) {
        log().error("certificate not renewed reason={}", messageOf(status));
        return;
    }
    certificateEnd_ = end;
    log().info("certificate renewed profile={}", spec().profileId);
    noteChange();
}

const storage::Registry* FounderConnection::registry() const {
    return host_ ? &host_->registry() : nullptr;
}

const mesh::policy::PolicyMirror* FounderConnection::mirror() const {
    return host_ ? &host_->policy() : nullptr;
}

::v1::ClusterStatus FounderConnection::statusOf(const storage::NodeId& id) const {
    return id == selfId() ? ::v1::CLUSTER_LEADER : ::v1::CLUSTER_NODE;
}

void FounderConnection::describe(local::Connection& state) {
    state.mutable_step()->set_number(kStepCount - 1);
    state.mutable_step()->set_count(kStepCount);
    state.mutable_step()->set_text(stepText(kStepCount - 1));
    if (!host_) {
        return;
    }
    const auto info = host_->info();
    state.clear_step();
    state.set_state(local::Connection::STATE_CONNECTED);
    state.set_public_key(key_->publicKey().toString());
    state.set_mesh_domain(info.domain);
    state.set_mesh_identity(info.identity);
    if (!spec().options.mesh.disableIpv4) {
        state.set_network_ipv4(info.networkIpv4.toString());
    }
    state.set_network_ipv6(info.networkIpv6.toString());
    const auto& records = host_->registry();
    state.set_cluster_status(::v1::CLUSTER_LEADER);
    state.set_leader(selfId().value());
    state.set_peer_count(static_cast<std::uint32_t>(records.nodeCount() - 1));
    state.set_weft_mesh(true);
    state.set_is_admin(host_->isAdmin(self()));
    if (server_) {
        net::HostPort listen = spec().options.services.api.listenAddress;
        listen.port = server_->port();
        state.set_listen_address(listen.toString());
    }
    addCheck(state, "leader", local::CheckItem::STATE_OK, "This node keeps the mesh");
    const auto* own = records.node(selfId());
    if (own != nullptr) {
        state.set_address_ipv4(own->privateIpv4 ? own->privateIpv4->toString() : "");
        state.set_address_ipv6(own->privateIpv6 ? own->privateIpv6->toString() : "");
        addCheck(
            state,
            "address",
            local::CheckItem::STATE_OK,
            state.address_ipv4().empty() ? state.address_ipv6() : state.address_ipv4());
    } else {
        addCheck(state, "address", local::CheckItem::STATE_FAILED, "No address is assigned");
    }
    if (records.unreadableRecords() > 0) {
        addCheck(
            state,
            "state",
            local::CheckItem::STATE_WARN,
            fmt::format("{} records cannot be read", records.unreadableRecords()));
    } else {
        addCheck(state, "state", local::CheckItem::STATE_OK, "The database is on this machine");
    }
    addCommonChecks(state, certificateEnd_);
}

}  // namespace weft::daemon
