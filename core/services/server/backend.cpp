// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/backend.h"

#include "core/services/proxy/leader_proxy.h"
#include "core/services/server/dispatcher.h"
#include "core/services/server/mesh_server.h"

#include <grpc/grpc.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <array>
#include <utility>

namespace weft::services {

namespace {

constexpr int kMaxStreamsPerConnection = 100;
constexpr int kStreamWindowBytes = 64 * 1024;
constexpr int kMaxMetadataBytes = 16 * 1024;
constexpr std::size_t kLibraryMemoryBytes = std::size_t{64} << 20;
// The library's own deadlines. A connection without a call goes soon: clients of ours hold a stream
// or connect again, and one that never finishes its headers must not stay.
constexpr int kMaxIdleMs = 15'000;
constexpr int kMaxAgeMs = 24 * 3600 * 1000;
constexpr int kMaxAgeGraceMs = 60'000;
constexpr int kKeepaliveMs = 60'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
constexpr int kLeastPingGapMs = 20'000;
constexpr int kPingStrikes = 2;

/// Methods that no service of this server has.
class OtherMethods final : public grpc::CallbackGenericService {
public:
    OtherMethods(Dispatcher& dispatcher, LeaderProxy* proxy)
        : dispatcher_(dispatcher), proxy_(proxy) {}
    grpc::ServerGenericBidiReactor* CreateReactor(
        grpc::GenericCallbackServerContext* context) override {
        return proxy_ == nullptr ? dispatcher_.unbuilt(context)
                                 : proxy_->serve(dispatcher_, context);
    }

private:
    Dispatcher& dispatcher_;
    LeaderProxy* const proxy_;
};

std::shared_ptr<grpc::ServerCredentials> credentialsOf(
    TlsMode mode, const TlsIdentity& identity, const std::string& authorityPem) {
    if (mode == TlsMode::Insecure) {
        return grpc::InsecureServerCredentials();
    }
    // TLS 1.2 is the least that the library speaks.
    grpc::SslServerCredentialsOptions options(
        mode == TlsMode::Mutual ? GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY
                                : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
    options.pem_root_certs = mode == TlsMode::Mutual ? authorityPem : "";
    options.pem_key_cert_pairs.push_back(
        {std::string(identity.keyPem.revealText()),
         chainWith(identity.certificatePem, authorityPem)});
    return grpc::SslServerCredentials(options);
}

void setLimits(grpc::ServerBuilder* builder, const MeshServerOptions& options) {
    builder->SetMaxReceiveMessageSize(static_cast<int>(options.maxReceiveBytes));
    // A compressed message could unfold to a thousand times the receive limit.
    builder->SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
    builder->SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
    const std::array<std::pair<const char*, int>, 14> arguments{{
        {GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxStreamsPerConnection},
        {GRPC_ARG_HTTP2_BDP_PROBE, 0},
        {GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kStreamWindowBytes},
        {GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes},
        {GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, static_cast<int>(options.handshakeTimeout.count())},
        {GRPC_ARG_MAX_CONNECTION_IDLE_MS, kMaxIdleMs},
        {GRPC_ARG_MAX_CONNECTION_AGE_MS, kMaxAgeMs},
        {GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, kMaxAgeGraceMs},
        {GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs},
        {GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs},
        {GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 0},
        {GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kLeastPingGapMs},
        {GRPC_ARG_HTTP2_MAX_PING_STRIKES, kPingStrikes},
        {GRPC_ARG_ENABLE_CHANNELZ, 0},
    }};
    for (const auto& [name, value] : arguments) {
        builder->AddChannelArgument(name, value);
    }
    grpc::ResourceQuota quota("weft-mesh");
    quota.Resize(kLibraryMemoryBytes);
    builder->SetResourceQuota(quota);
}

}  // namespace

Backend::Backend() = default;

Backend::~Backend() = default;

StatusOr<std::shared_ptr<Backend>> Backend::start(const Parts& parts) {
    std::shared_ptr<Backend> backend(new Backend);
    grpc::ServerBuilder builder;
    setLimits(&builder, parts.options);
    for (const auto& service : parts.services) {
        builder.RegisterService(service.get());
    }
    backend->others_ = std::make_unique<OtherMethods>(parts.dispatcher, parts.proxy);
    builder.RegisterCallbackGenericService(backend->others_.get());
    backend->acceptor_ = builder.experimental().AddExternalConnectionAcceptor(
        grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
        credentialsOf(parts.options.tls, parts.identity, parts.authorityPem));
    backend->server_ = builder.BuildAndStart();
    if (backend->server_ == nullptr) {
        return internalError("the gRPC library did not start its server");
    }
    return backend;
}

bool Backend::take(int descriptor) {
    {
        const base::MutexLock lock(mutex_);
        if (closed_) {
            return false;
        }
        ++taking_;
    }
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
    connection.fd = descriptor;
    acceptor_->HandleNewConnection(&connection);
    {
        const base::MutexLock lock(mutex_);
        --taking_;
    }
    taken_.notifyAll();
    return true;
}

void Backend::close() {
    const base::MutexLock lock(mutex_);
    closed_ = true;
}

void Backend::shutDown(Duration grace) {
    close();
    {
        // An acceptor that is shut down drops a descriptor without closing it.
        const base::MutexLock lock(mutex_);
        while (taking_ > 0) {
            taken_.wait(mutex_);
        }
        grace = hurried_ ? Duration::zero() : grace;
    }
    server_->Shutdown(
        std::chrono::system_clock::now()
        + std::chrono::duration_cast<std::chrono::system_clock::duration>(grace));
    server_->Wait();
}

void Backend::hurry() {
    {
        const base::MutexLock lock(mutex_);
        hurried_ = true;
    }
    // A second Shutdown would wait for the first one's end.
    grpc_server_cancel_all_calls(server_->c_server());
}

}  // namespace weft::services
