// SPDX-License-Identifier: Apache-2.0
#include "core/config/detail/globals.h"

#include <string_view>
#include <utility>

namespace weft::config::detail {
namespace {

constexpr std::string_view kOriginPrefix = "global.";

/// Drops what an earlier run derived, so that it can be derived anew.
template <typename T>
void forget(NodeOptions& options, std::string_view key, T& field, const T& unset) {
    const auto origin = options.origins.find(key);
    if (origin != options.origins.end() && origin->second.starts_with(kOriginPrefix)) {
        options.origins.erase(origin);
        field = unset;
    }
}

/// Sets `field` unless somebody else did.
template <typename T>
void derive(NodeOptions& options, std::string_view key, T& field, T value, std::string_view from) {
    if (options.origins.contains(key)) {
        return;
    }
    field = std::move(value);
    options.origins.emplace(key, from);
}

void derivePath(
    NodeOptions& options,
    std::string_view key,
    std::filesystem::path& field,
    const std::filesystem::path& value,
    std::string_view from) {
    forget(options, key, field, {});
    if (!value.empty()) {
        derive(options, key, field, value, from);
    }
}

/// A certificate as data stands for the file: a global file must not be mixed with it.
bool has(const NodeOptions& options, std::string_view key) {
    return options.origins.contains(key);
}

void applyCertificates(NodeOptions& options) {
    const GlobalOptions& global = options.global;
    auto& api = options.services.api;
    const auto ifNot = [&](std::string_view dataKey, const std::filesystem::path& path) {
        return has(options, dataKey) ? std::filesystem::path{} : path;
    };
    derivePath(
        options,
        "services.api.tls-cert-file",
        api.tlsCertFile,
        ifNot("services.api.tls-cert-data", global.tlsCertFile),
        "global.tls-cert-file");
    derivePath(
        options,
        "services.api.tls-key-file",
        api.tlsKeyFile,
        ifNot("services.api.tls-key-data", global.tlsKeyFile),
        "global.tls-key-file");
    derivePath(
        options,
        "tls.tls-ca-file",
        options.tls.caFile,
        ifNot("tls.tls-ca-data", global.tlsCaFile),
        "global.tls-ca-file");

    const std::filesystem::path none;
    auto& mtls = options.auth.mtls;
    derivePath(
        options,
        "auth.mtls.cert-file",
        mtls.certFile,
        global.mtls ? ifNot("auth.mtls.cert-data", global.tlsCertFile) : none,
        "global.tls-cert-file");
    derivePath(
        options,
        "auth.mtls.key-file",
        mtls.keyFile,
        global.mtls ? ifNot("auth.mtls.key-data", global.tlsKeyFile) : none,
        "global.tls-key-file");
    const bool hasClientCa = !global.tlsClientCaFile.empty();
    derivePath(
        options,
        "services.api.client-ca-file",
        api.clientCaFile,
        global.mtls ? (hasClientCa ? global.tlsClientCaFile : global.tlsCaFile) : none,
        hasClientCa ? "global.tls-client-ca-file" : "global.tls-ca-file");
}

void applyFlags(NodeOptions& options) {
    const GlobalOptions& global = options.global;
    const auto apply = [&](std::string_view key, bool& field, bool value, std::string_view from) {
        forget(options, key, field, false);
        if (value) {
            derive(options, key, field, true, from);
        }
    };
    apply("tls.insecure", options.tls.insecure, global.insecure, "global.insecure");
    apply(
        "services.api.insecure", options.services.api.insecure, global.insecure, "global.insecure");
    apply("mesh.disable-ipv4", options.mesh.disableIpv4, global.disableIpv4, "global.disable-ipv4");
    apply("mesh.disable-ipv6", options.mesh.disableIpv6, global.disableIpv6, "global.disable-ipv6");
    // The family that is off for the whole node is off for its mesh, whatever the section says.
    options.mesh.disableIpv4 = options.mesh.disableIpv4 || global.disableIpv4;
    options.mesh.disableIpv6 = options.mesh.disableIpv6 || global.disableIpv6;
}

void applyEndpoints(NodeOptions& options) {
    const GlobalOptions& global = options.global;
    forget(options, "mesh.primary-endpoint", options.mesh.primaryEndpoint, {});
    if (global.primaryEndpoint) {
        derive(
            options,
            "mesh.primary-endpoint",
            options.mesh.primaryEndpoint,
            global.primaryEndpoint,
            "global.primary-endpoint");
    }
    auto& endpoints = options.wireguard.endpoints;
    forget(options, "wireguard.endpoints", endpoints, {});
    std::vector<net::Endpoint> derived;
    if (global.primaryEndpoint) {
        derived.push_back({.address = *global.primaryEndpoint, .port = 0});
    }
    derived.insert(derived.end(), global.endpoints.begin(), global.endpoints.end());
    if (!derived.empty()) {
        derive(
            options,
            "wireguard.endpoints",
            endpoints,
            derived,
            global.primaryEndpoint ? "global.primary-endpoint" : "global.endpoints");
    }
    for (net::Endpoint& endpoint : endpoints) {
        if (endpoint.port == 0) {
            endpoint.port = options.wireguard.listenPort;
        }
    }
}

}  // namespace

void applyGlobals(NodeOptions& options) {
    applyFlags(options);
    applyCertificates(options);
    applyEndpoints(options);
}

}  // namespace weft::config::detail
