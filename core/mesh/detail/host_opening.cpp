// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/host_opening.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/mesh/detail/bootstrap.h"
#include "core/net/endpoint.h"

#include "v1/node.pb.h"

namespace weft::mesh::detail {
namespace {

constexpr std::size_t kPrefixSecretBytes = 16;
constexpr std::uint16_t kDefaultGrpcPort = 8443;

}  // namespace

Status openMesh(const HostOptions& options, WallTime now, storage::KeyValueStore& store) {
    const auto present = store.get(storage::kIpv6PrefixKey);
    if (present.ok()) {
        return okStatus();
    }
    if (present.status().code() != StatusCode::kNotFound) {
        return annotate(present.status(), "reading the mesh's state");
    }
    WEFT_ASSIGN_OR_RETURN(
        auto transaction, planBootstrap(options, crypto::randomBytes(kPrefixSecretBytes), now));
    WEFT_ASSIGN_OR_RETURN(const auto result, store.commitAndWait(std::move(transaction)));
    if (!result.applied) {
        return failedPrecondition(
            "the store holds part of a mesh (its prefix is missing): restore a snapshot, or start "
            "with an empty store");
    }
    base::logger("mesh").info("mesh created node={}", base::quoted(options.self.id.value()));
    return okStatus();
}

Status checkOwner(const MeshView& view, const storage::NodeRecord& self) {
    const auto* node = view.registry.node(self.id);
    if (node == nullptr) {
        return failedPrecondition(
            "the store holds the mesh {} of another node; it has no node {}: use that node's id, "
            "or another store",
            base::escapeForLine(view.registry.domain()),
            base::escapeForLine(self.id.value()));
    }
    if (node->publicKey && self.publicKey && *node->publicKey != *self.publicKey) {
        return failedPrecondition(
            "the store belongs to a node {} with another key: restore the key file that it was "
            "made with",
            base::escapeForLine(self.id.value()));
    }
    return okStatus();
}

std::string storageAddress(const storage::NodeRecord& node) {
    const auto& prefix = node.privateIpv4 ? node.privateIpv4 : node.privateIpv6;
    if (!prefix) {
        return {};
    }
    auto port = node.featurePort(v1::STORAGE_PROVIDER).value_or(0);
    if (port <= 0) {
        port = node.featurePort(v1::NODES).value_or(0);
    }
    const auto checked = port > 0 ? static_cast<std::uint16_t>(port) : kDefaultGrpcPort;
    return net::Endpoint{prefix->address(), checked}.toString();
}

}  // namespace weft::mesh::detail
