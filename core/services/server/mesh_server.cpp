// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/mesh_server.h"

#include "core/base/asio_loop.h"
#include "core/base/log.h"
#include "core/base/mutex.h"
#include "core/base/unique_fd.h"
#include "core/crypto/certificate.h"
#include "core/mesh/host.h"
#include "core/rpc/library.h"
#include "core/services/admin/admin_service.h"
#include "core/services/auth/logins.h"
#include "core/services/changes/changes_service.h"
#include "core/services/direct/direct_service.h"
#include "core/services/enrolment/enrolment_service.h"
#include "core/services/health/health_service.h"
#include "core/services/membership/membership_service.h"
#include "core/services/mesh/mesh_service.h"
#include "core/services/node/node_service.h"
#include "core/services/propagation/propagation_service.h"
#include "core/services/reflection/reflection_service.h"
#include "core/services/server/backend.h"
#include "core/services/server/dispatcher.h"
#include "core/services/server/retired_backends.h"
#include "core/services/storage/storage_query_service.h"

#include <algorithm>
#include <array>
#include <future>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace weft::services {

namespace {

// What is served, or will be; each method of these has a row.
constexpr std::array<std::string_view, 16> kServices{
    "v1.Node",
    "v1.Mesh",
    "v1.Membership",
    "v1.StorageQueryService",
    "v1.Admin",
    "v1.WebRTC",
    "weft.mesh.v1.Audit",
    "weft.mesh.v1.Changes",
    "weft.mesh.v1.DirectWays",
    "weft.mesh.v1.Enrolment",
    "weft.mesh.v1.Invitations",
    "weft.mesh.v1.Members",
    "weft.mesh.v1.Policy",
    "weft.mesh.v1.Propagation",
    "grpc.health.v1.Health",
    "grpc.reflection.v1alpha.ServerReflection",
};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("services");
    return logger;
}

// What a plain node answers itself.
constexpr std::array<std::string_view, 3> kMemberServices{
    "v1.Node", "grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection"};

}  // namespace

struct MeshServer::Impl {
    Impl(MeshServerOptions wanted, const MeshServerParts& given)
        : options(std::move(wanted))
        , loop(given.loop)
        , standing(given.host)
        , keeper(given)
        , tunnel(given.tunnel) {}
    Impl(MeshServerOptions wanted, const MemberServerParts& given)
        : options(std::move(wanted))
        , loop(given.loop)
        , standing(given.standing)
        , proxy(given.proxy)
        , tunnel(given.tunnel) {}

    void makeServices();
    void makeKeeperServices(const MeshServerParts& parts);
    StatusOr<std::shared_ptr<Backend>> makeBackend(
        const TlsIdentity& identity, const std::string& authorityPem) const;
    void handOver(int descriptor);
    void waitForLoop();
    void stop(Duration grace);

    MeshServerOptions options;
    base::Loop& loop;
    const mesh::Standing& standing;
    /// nullopt: this node does not keep the mesh.
    const std::optional<MeshServerParts> keeper;
    LeaderProxy* const proxy = nullptr;
    InterfaceSource* const tunnel;
    /// nullptr where there is no store.
    std::unique_ptr<base::AsioLoop> reader;
    /// nullptr: no passwords are checked.
    std::unique_ptr<Logins> logins;
    std::unique_ptr<Dispatcher> dispatcher;
    std::vector<std::unique_ptr<grpc::Service>> services;
    std::unique_ptr<AcceptGate> gate;
    base::Mutex mutex;
    // Shared with the gate's thread while it hands a connection over.
    std::shared_ptr<Backend> current WEFT_GUARDED_BY(mutex);
    RetiredBackends retired;
    bool stopped = false;
};

Status MeshServerOptions::validate() const {
    if (tls != TlsMode::Insecure) {
        WEFT_RETURN_IF_ERROR(checkIdentity(identity));
    }
    if (tls == TlsMode::Mutual && authorityPem.empty()) {
        return invalidArgument("mutual TLS needs the certificate of the mesh's authority");
    }
    if (!authorityPem.empty()) {
        if (const auto info = crypto::inspectCertificate(authorityPem); !info.ok()) {
            return annotate(info.status(), "the certificate of the mesh's authority");
        }
    }
    for (auto each = authenticators.begin(); each != authenticators.end(); ++each) {
        const auto same = [&each](const auto& other) {
            return other->scheme() == (*each)->scheme();
        };
        if (std::any_of(std::next(each), authenticators.end(), same)) {
            return invalidArgument("two authenticators check the same kind of password");
        }
    }
    if (tls == TlsMode::Insecure && !authenticators.empty()) {
        return invalidArgument(
            "passwords are checked over TLS only: remove services.api.insecure or the password "
            "file and directory");
    }
    return okStatus();
}

void MeshServer::Impl::makeServices() {
    const NodeContext context{*dispatcher, loop, standing, loop.clock().wallNow(), tunnel};
    std::vector<std::string> names(kServices.begin(), kServices.end());
    if (keeper) {
        makeKeeperServices(*keeper);
    } else if (proxy == nullptr) {
        names.assign(kMemberServices.begin(), kMemberServices.end());
    }
    services.push_back(makeNodeService(context));
    services.push_back(makeHealthService(context, {names.begin(), names.end()}));
    services.push_back(makeReflectionService(context, std::move(names)));
}

void MeshServer::Impl::makeKeeperServices(const MeshServerParts& parts) {
    const ServiceContext context{
        *dispatcher,
        loop,
        *reader,
        parts.host,
        parts.enrolment,
        parts.administration,
        parts.changes};
    services.push_back(makeMeshService(context));
    services.push_back(makeMembershipService(context));
    services.push_back(makeStorageQueryService(context));
    services.push_back(makeMembersService(context));
    services.push_back(makeDirectService(context));
    services.push_back(makePropagationService(context));
    if (parts.administration != nullptr) {
        services.push_back(makeAdminService(context));
        services.push_back(makePolicyService(context));
        services.push_back(makeAuditService(context));
    }
    if (parts.changes != nullptr) {
        services.push_back(makeChangesService(context));
    }
    if (parts.enrolment != nullptr) {
        services.push_back(makeEnrolmentService(context));
        services.push_back(makeInvitationsService(context));
    }
}

StatusOr<std::shared_ptr<Backend>> MeshServer::Impl::makeBackend(
    const TlsIdentity& identity, const std::string& authorityPem) const {
    return Backend::start({options, identity, authorityPem, services, *dispatcher, proxy});
}

void MeshServer::Impl::handOver(int descriptor) {
    base::UniqueFd own(descriptor);
    std::shared_ptr<Backend> backend;
    do {
        const base::MutexLock lock(mutex);
        // The one that was asked is being replaced: the next one is there already.
        backend = current;
    } while (backend != nullptr && !backend->take(own.get()));
    if (backend != nullptr) {
        own.release();
    }
}

// Work that was posted to the loop before refers to the dispatcher and the services.
void MeshServer::Impl::waitForLoop() {
    if (loop.isCurrent()) {
        return;
    }
    auto passed = std::make_shared<std::promise<void>>();
    const auto future = passed->get_future();
    loop.post([passed] { passed->set_value(); });
    // A loop that has stopped drops the task and breaks the promise, which ends the wait as well.
    passed.reset();
    future.wait();
}

void MeshServer::Impl::stop(Duration grace) {
    if (std::exchange(stopped, true)) {
        return;
    }
    if (gate != nullptr) {
        gate->stop();
    }
    std::shared_ptr<Backend> backend;
    {
        const base::MutexLock lock(mutex);
        backend = std::exchange(current, nullptr);
    }
    if (backend != nullptr) {
        backend->shutDown(grace);
    }
    retired.end();
    if (logins != nullptr) {
        logins->stop();
    }
    waitForLoop();
    if (reader != nullptr) {
        reader->stop();
    }
}

MeshServer::MeshServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

MeshServer::~MeshServer() {
    stop(Duration::zero());
}

StatusOr<std::unique_ptr<MeshServer>> MeshServer::start(
    MeshServerOptions options, const MeshServerParts& parts) {
    auto impl = std::make_unique<Impl>(std::move(options), parts);
    impl->reader = std::make_unique<base::AsioLoop>("store-read");
    return serve(std::move(impl));
}

StatusOr<std::unique_ptr<MeshServer>> MeshServer::startForMember(
    MeshServerOptions options, const MemberServerParts& parts) {
    return serve(std::make_unique<Impl>(std::move(options), parts));
}

StatusOr<std::unique_ptr<MeshServer>> MeshServer::serve(std::unique_ptr<Impl> made) {
    rpc::prepareLibrary();
    WEFT_RETURN_IF_ERROR(made->options.validate());
    WEFT_RETURN_IF_ERROR(checkRows(made->options.methods, kServices));
    std::unique_ptr<MeshServer> server(new MeshServer(std::move(made)));
    Impl* impl = server->impl_.get();
    if (!impl->options.authenticators.empty()) {
        impl->logins =
            std::make_unique<Logins>(std::move(impl->options.authenticators), impl->loop.clock());
    }
    impl->dispatcher = std::make_unique<Dispatcher>(
        DispatcherOptions{
            impl->options.authentication,
            impl->options.calls,
            impl->options.methods,
            [impl](const net::Endpoint& remote) { impl->gate->cut(remote); },
            [impl](const net::Endpoint& remote) { return impl->gate->tunnelCall(remote); },
            impl->logins.get()},
        impl->loop,
        impl->standing);
    impl->makeServices();
    const AcceptGate::Options gate{
        impl->options.listen,
        impl->options.portIsExplicit,
        impl->options.tls == TlsMode::Insecure ? AcceptGate::Protocol::Http2
                                               : AcceptGate::Protocol::Tls,
        impl->options.accept,
        impl->options.device};
    WEFT_ASSIGN_OR_RETURN(
        impl->gate,
        AcceptGate::open(
            gate,
            [impl](int descriptor) { impl->handOver(descriptor); },
            [impl](const net::Endpoint& remote) { return impl->dispatcher->callsOf(remote); }));
    WEFT_ASSIGN_OR_RETURN(
        auto backend, impl->makeBackend(impl->options.identity, impl->options.authorityPem));
    {
        const base::MutexLock lock(impl->mutex);
        impl->current = std::move(backend);
    }
    impl->gate->start();
    log().info("mesh server started port={}", impl->gate->port());
    return server;
}

std::uint16_t MeshServer::port() const {
    return impl_->gate->port();
}

Status MeshServer::renewIdentity(TlsIdentity identity, std::string authorityPem) {
    if (impl_->options.tls == TlsMode::Insecure) {
        return failedPrecondition("this server uses no certificate");
    }
    MeshServerOptions checked;
    checked.tls = impl_->options.tls;
    checked.identity = std::move(identity);
    checked.authorityPem = std::move(authorityPem);
    WEFT_RETURN_IF_ERROR(checked.validate());
    WEFT_ASSIGN_OR_RETURN(auto backend, impl_->makeBackend(checked.identity, checked.authorityPem));
    {
        const base::MutexLock lock(impl_->mutex);
        backend.swap(impl_->current);
    }
    impl_->retired.add(std::move(backend), kRenewalGrace);
    log().info("mesh server certificate renewed");
    return okStatus();
}

void MeshServer::setTunnelInterface(unsigned index) {
    impl_->gate->setTunnelInterface(index);
}

void MeshServer::expectTunnelPaths(std::uint64_t number, std::shared_ptr<const TunnelPaths> paths) {
    impl_->gate->expectTunnelPaths(number, std::move(paths));
}

void MeshServer::settleTunnelPaths(std::uint64_t number) {
    impl_->gate->settleTunnelPaths(number);
}

void MeshServer::stop(Duration grace) {
    impl_->stop(grace);
}

AcceptCounters MeshServer::connections() const {
    return impl_->gate->counters();
}

const CallCounters& MeshServer::calls() const {
    return impl_->dispatcher->counters();
}

}  // namespace weft::services
