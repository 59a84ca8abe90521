// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/mesh_fixture.h"

#include "core/base/check.h"

#include "v1/node.pb.h"

#include <fmt/format.h>

#include <array>

namespace weft::tests {

crypto::NodeKey nodeKeyOf(std::uint32_t number) {
    std::array<std::uint8_t, 32> seed{};
    for (std::size_t byte = 0; byte < 4; ++byte) {
        seed[byte] = static_cast<std::uint8_t>(number >> (8 * byte));
    }
    auto key = crypto::NodeKey::fromSeed(seed);
    WEFT_CHECK(key.ok());
    return *std::move(key);
}

mesh::HostOptions MeshFixture::options(
    mesh::Authentication authentication, mesh::BootstrapOptions bootstrap) {
    mesh::HostOptions options;
    options.self.id = mesh::NodeId("alpha");
    options.self.publicKey = nodeKeyOf(1'000'000).publicKey();
    options.self.primaryEndpoint = "192.0.2.1";
    options.self.wireguardEndpoints = {"192.0.2.1:51820"};
    options.self.features = {{v1::NODES, 8443}, {v1::STORAGE_PROVIDER, 9000}};
    options.bootstrap = std::move(bootstrap);
    options.authentication = authentication;
    return options;
}

MeshFixture::MeshFixture(mesh::Authentication authentication, mesh::BootstrapOptions bootstrap)
    : ownLoop_(std::make_unique<ManualLoop>())
    , loop(*ownLoop_)
    , store(storage::MemoryStore::create(loop.clock())) {
    const auto opened = reopen(options(authentication, std::move(bootstrap)));
    WEFT_CHECK(opened.ok());
}

MeshFixture::MeshFixture(
    ManualLoop& shared, mesh::Authentication authentication, mesh::BootstrapOptions bootstrap)
    : loop(shared), store(storage::MemoryStore::create(loop.clock())) {
    const auto opened = reopen(options(authentication, std::move(bootstrap)));
    WEFT_CHECK(opened.ok());
}

MeshFixture::~MeshFixture() = default;

Status MeshFixture::reopen(mesh::HostOptions options) {
    host.reset();
    settle();
    WEFT_ASSIGN_OR_RETURN(host, mesh::Host::open(std::move(options), loop, *store));
    return okStatus();
}

void MeshFixture::settle() {
    do {
        loop.runPosted();
        // An empty transaction waits until the writer has answered all that came before.
        (void)store->commitAndWait({});
    } while (loop.runPosted() > 0);
}

StatusOr<mesh::JoinGrant> MeshFixture::join(
    const mesh::JoinParams& params, const mesh::Caller& caller) {
    std::optional<StatusOr<mesh::JoinGrant>> answer;
    host->join(
        params, caller, [&answer](StatusOr<mesh::JoinGrant> grant) { answer = std::move(grant); });
    settle();
    return answer ? *std::move(answer) : internalError("no answer came");
}

StatusOr<mesh::JoinGrant> MeshFixture::join(const mesh::JoinParams& params) {
    return join(params, certificateOf(params.id.value()));
}

Status MeshFixture::update(const mesh::UpdateParams& params, const mesh::Caller& caller) {
    return wait([&](StatusCallback done) { host->update(params, caller, std::move(done)); });
}

Status MeshFixture::leave(const std::string& id, const mesh::Caller& caller) {
    return wait(
        [&](StatusCallback done) { host->leave(mesh::NodeId(id), caller, std::move(done)); });
}

Status MeshFixture::leave(const std::string& id) {
    return leave(id, certificateOf(id));
}

Status MeshFixture::release(const std::string& id, const mesh::Caller& caller) {
    return wait(
        [&](StatusCallback done) { host->releaseNode(mesh::NodeId(id), caller, std::move(done)); });
}

Status MeshFixture::publish(const std::string& key, const mesh::Caller& caller) {
    return wait([&](StatusCallback done) {
        host->publish(key, "value", std::nullopt, caller, std::move(done));
    });
}

mesh::JoinParams joinOf(const std::string& id, std::uint32_t number) {
    mesh::JoinParams params;
    params.id = mesh::NodeId(id);
    params.publicKey = nodeKeyOf(number).publicKey();
    return params;
}

mesh::JoinParams publicJoinOf(const std::string& id, std::uint32_t number) {
    auto params = joinOf(id, number);
    params.primaryEndpoint = fmt::format("198.51.{}.{}", (number / 250) % 250, number % 250 + 1);
    params.wireguardEndpoints = {params.primaryEndpoint + ":51820"};
    return params;
}

mesh::Caller certificateOf(const std::string& id) {
    return {
        .proof = mesh::Caller::Proof::Certificate,
        .identity = mesh::NodeId(id),
        .source = "192.0.2.77:4000"};
}

mesh::Caller nobody() {
    return {};
}

}  // namespace weft::tests
