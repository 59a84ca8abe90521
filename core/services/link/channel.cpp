// SPDX-License-Identifier: Apache-2.0
#include "core/services/link/channel.h"

#include "core/rpc/library.h"
#include "core/services/link/password_plugin.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

namespace weft::services {

namespace {

constexpr int kKeepaliveMs = 60'000;
constexpr int kKeepaliveTimeoutMs = 20'000;
constexpr int kConnectTimeoutMs = 5'000;
constexpr int kMaxBackOffMs = 5'000;
constexpr int kMaxMetadataBytes = 16 * 1024;

std::shared_ptr<grpc::ChannelCredentials> credentialsOf(const LinkOptions& options) {
    if (options.tls == TlsMode::Insecure) {
        return grpc::InsecureChannelCredentials();
    }
    grpc::SslCredentialsOptions ssl;
    ssl.pem_root_certs = options.authorityPem;
    if (options.tls == TlsMode::Mutual && !options.identity.empty()) {
        ssl.pem_cert_chain = options.identity.certificatePem;
        ssl.pem_private_key = options.identity.keyPem.revealText();
    }
    auto channel = grpc::SslCredentials(ssl);
    if (options.password.empty()) {
        return channel;
    }
    // The library attaches these to nothing but an encrypted channel.
    return grpc::CompositeChannelCredentials(channel, passwordCredentials(options.password));
}

}  // namespace

std::shared_ptr<grpc::Channel> makeChannel(
    const net::HostPort& address, const LinkOptions& options) {
    rpc::prepareLibrary();
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
    // The mesh decides what is tried again: a write whose outcome is unknown is not.
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectTimeoutMs);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxBackOffMs);
    arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
    arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
    if (options.tls != TlsMode::Insecure && !options.serverName.empty()) {
        arguments.SetSslTargetNameOverride(options.serverName);
    }
    return grpc::CreateCustomChannel(address.toString(), credentialsOf(options), arguments);
}

}  // namespace weft::services
