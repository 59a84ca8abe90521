// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/identity.h"

#include "core/mesh/detail/attempt_limiter.h"
#include "core/mesh/standing.h"
#include "core/services/server/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::services {
namespace {

using mesh::Authentication;
using mesh::Caller;
using ::testing::ElementsAre;
using ::testing::Pair;

const net::IpAddress kOwn = *net::IpAddress::parse("172.16.0.1");
const net::IpAddress kBravo = *net::IpAddress::parse("172.16.0.2");
const net::IpAddress kElsewhere = *net::IpAddress::parse("192.0.2.7");

const crypto::PublicKey kAlphaKey({1});
const crypto::PublicKey kBravoKey({2});

storage::Entry entryOf(
    const std::string& id,
    const crypto::PublicKey& key,
    const std::string& ipv4,
    const std::string& ipv6) {
    storage::NodeRecord node;
    node.id = mesh::NodeId(id);
    node.publicKey = key;
    node.privateIpv4 = *net::IpPrefix::parse(ipv4);
    node.privateIpv6 = *net::IpPrefix::parse(ipv6);
    storage::Entry entry;
    entry.key = storage::nodeKey(node.id);
    entry.value = storage::encodeNode(node);
    return entry;
}

/// This node is "alpha" at 172.16.0.1, "bravo" is at 172.16.0.2, "store" may hand calls on.
class FakeStanding final : public mesh::Standing {
public:
    FakeStanding() {
        registry_.reset(
            {entryOf("alpha", kAlphaKey, "172.16.0.1/32", "fd00::1:0/112"),
             entryOf("bravo", kBravoKey, "172.16.0.2/32", "fd00::2:0/112")},
            1);
    }
    const storage::Registry& registry() const override { return registry_; }
    const mesh::NodeId& selfId() const override { return self_; }
    bool isMember(const Caller& caller) const override { return caller.authenticated(); }
    bool isAdmin(const Caller& caller) const override { return caller.identity.value() == "boss"; }
    bool mayHandOn(const Caller& proxy) const override { return proxy.identity.value() == "store"; }
    bool isRemoved(const mesh::NodeId& /*id*/) const override { return false; }
    Subscription onRemoval(std::function<void(const mesh::NodeId&)> /*removed*/) const override {
        return {};
    }
    std::vector<mesh::StorageServer> storageServers() const override { return {}; }
    void record(mesh::AuditEvent /*event*/) const override {}

private:
    const mesh::NodeId self_{"alpha"};
    storage::Registry registry_;
};

/// Out of the tunnel from bravo itself; without `called` from elsewhere.
Claim from(const net::IpAddress& remote, std::optional<net::IpAddress> called = kOwn) {
    Claim claim;
    claim.caller.source = net::Endpoint{remote, 40000}.toString();
    if (called) {
        claim.tunnelCall = {*called, kBravoKey};
    }
    return claim;
}

/// From bravo's address; others than bravo can have sent it.
Claim carried(std::optional<crypto::PublicKey> sender = std::nullopt) {
    auto claim = from(kBravo);
    claim.tunnelCall->sender = std::move(sender);
    return claim;
}

Claim certified(const std::string& id, Claim claim = from(kElsewhere, std::nullopt)) {
    claim.caller.proof = Caller::Proof::Certificate;
    claim.caller.identity = mesh::NodeId(id);
    return claim;
}

Claim proxied(const std::string& proxy, const std::string& caller) {
    auto claim = certified(proxy);
    claim.proxiedFrom = mesh::NodeId(proxy);
    claim.proxiedFor = mesh::NodeId(caller);
    return claim;
}

StatusOr<Caller> settled(
    const Claim& claim,
    ProxyClass proxy = ProxyClass::Leader,
    Authentication authentication = Authentication::Required) {
    const MethodRow row{"/x/Y", Access::InMesh, proxy, true};
    return settle(claim, row, authentication, FakeStanding());
}

TEST(Settle, TakesACallerOutOfTheTunnelForTheNodeWithThatAddress) {
    const auto caller = settled(from(kBravo));

    ASSERT_TRUE(caller.ok());
    EXPECT_EQ(caller->identity.value(), "bravo");
    EXPECT_EQ(caller->proof, Caller::Proof::MeshAddress);
    EXPECT_FALSE(caller->hasCredential());
    EXPECT_TRUE(caller->proxiedBy.empty());
    EXPECT_EQ(settled(from(*net::IpAddress::parse("fd00::2:0")))->identity.value(), "bravo");
}

TEST(Settle, TakesACallerWhomOthersCarryForAMemberAndNotForTheNode) {
    for (const auto& claim : {carried(), carried(kAlphaKey), carried(crypto::PublicKey({3}))}) {
        const auto caller = settled(claim);

        ASSERT_TRUE(caller.ok());
        EXPECT_EQ(caller->proof, Caller::Proof::CarriedAddress);
        EXPECT_TRUE(caller->authenticated());
        EXPECT_FALSE(caller->hasCredential());
        EXPECT_TRUE(caller->identity.empty());
        EXPECT_EQ(caller->carriedFor.value(), "bravo");
    }
}

TEST(Settle, TakesACredentialOfANodeWhomOthersCarryForWhatItIs) {
    EXPECT_EQ(settled(certified("bravo", carried()))->identity.value(), "bravo");
    EXPECT_EQ(settled(certified("bravo", carried()))->proof, Caller::Proof::Certificate);
    EXPECT_EQ(settled(certified("boss", carried())).status().code(), StatusCode::kPermissionDenied);
}

TEST(Settle, KnowsNobodyByAnAddressAlone) {
    EXPECT_FALSE(settled(from(kBravo, std::nullopt))->authenticated()) << "not out of the tunnel";
    EXPECT_FALSE(settled(from(kBravo, kElsewhere))->authenticated()) << "not to our mesh address";
    EXPECT_FALSE(settled(from(kElsewhere))->authenticated()) << "from no node's address";
    EXPECT_FALSE(settled(from(kOwn))->authenticated()) << "from our own";
    EXPECT_FALSE(settled(from(*net::IpAddress::parse("fd00::2:1")))->authenticated())
        << "beside bravo's, in its prefix";
}

TEST(Settle, AsksNobodyInAnOpenMesh) {
    auto forged = from(kBravo);
    forged.proxiedFor = mesh::NodeId("boss");

    EXPECT_FALSE(settled(from(kBravo), ProxyClass::Leader, Authentication::None)->authenticated());
    EXPECT_FALSE(settled(forged, ProxyClass::Leader, Authentication::None)->authenticated());
}

TEST(Settle, RefusesCredentialsOfAnotherIdentityThanTheAddress) {
    auto password = certified("boss", from(kBravo));
    password.caller.proof = Caller::Proof::Password;

    EXPECT_EQ(settled(certified("bravo", from(kBravo)))->proof, Caller::Proof::Certificate);
    EXPECT_EQ(
        settled(certified("boss", from(kBravo))).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(settled(password).status().code(), StatusCode::kPermissionDenied);
}

TEST(Settle, TakesTheCallerFromWhoMayHandOnAndKeepsBothNames) {
    for (const auto proxy : {ProxyClass::Leader, ProxyClass::NonLeader}) {
        const auto caller = settled(proxied("store", "bravo"), proxy);

        ASSERT_TRUE(caller.ok());
        EXPECT_EQ(caller->identity.value(), "bravo");
        EXPECT_EQ(caller->proxiedBy.value(), "store");
        EXPECT_EQ(caller->proof, Caller::Proof::Certificate);
    }
}

TEST(Settle, RefusesProxyHeadersOfEverybodyElse) {
    auto nobody = from(kElsewhere, std::nullopt);
    nobody.proxiedFor = mesh::NodeId("boss");
    auto byCarriedAddress = carried();
    byCarriedAddress.proxiedFor = mesh::NodeId("boss");
    auto byAddress = from(kBravo);
    byAddress.proxiedFor = mesh::NodeId("boss");

    EXPECT_EQ(settled(proxied("bravo", "boss")).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(settled(byAddress).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(settled(byCarriedAddress).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(settled(nobody).status().code(), StatusCode::kUnauthenticated);
}

TEST(Settle, RefusesToHandOnMethodsThatStayWhereTheyAre) {
    for (const auto proxy : {ProxyClass::Local, ProxyClass::None}) {
        EXPECT_EQ(
            settled(proxied("store", "bravo"), proxy).status().code(),
            StatusCode::kPermissionDenied);
    }
}

TEST(Settle, RefusesAProxyThatSaysItIsAnother) {
    auto claim = proxied("store", "bravo");
    claim.proxiedFrom = mesh::NodeId("alpha");

    EXPECT_EQ(settled(claim).status().code(), StatusCode::kPermissionDenied);
}

TEST(Settle, DoesNotRunAnUnprovenCallAsItsProxy) {
    auto claim = certified("store");
    claim.proxiedFrom = mesh::NodeId("store");

    const auto caller = settled(claim);

    ASSERT_TRUE(caller.ok());
    EXPECT_FALSE(caller->authenticated());
    EXPECT_TRUE(caller->identity.empty());
    EXPECT_EQ(caller->proxiedBy.value(), "store");
}

TEST(ProxyHeaders, NameTheProxyAndWhomItHasAskedForProof) {
    const Caller bravo{Caller::Proof::Certificate, mesh::NodeId("bravo"), ""};

    EXPECT_THAT(
        proxyHeaders(bravo, mesh::NodeId("store")),
        ElementsAre(
            Pair("x-webmesh-proxied-from", "store"), Pair("x-webmesh-proxied-for", "bravo")));
    EXPECT_THAT(
        proxyHeaders({}, mesh::NodeId("store")),
        ElementsAre(Pair("x-webmesh-proxied-from", "store")));
}

TEST(SourceText, SaysAddressesAsPeopleDo) {
    EXPECT_EQ(sourceText("ipv4:10.0.0.1:443"), "10.0.0.1:443");
    EXPECT_EQ(sourceText("ipv6:%5Bfd42::1%5D:50672"), "[fd42::1]:50672");
    EXPECT_EQ(sourceText("ipv6:%5B::ffff:10.0.0.1%5D:443"), "10.0.0.1:443");
    EXPECT_EQ(sourceText("unix:/run/x"), "unix:/run/x");
    EXPECT_EQ(sourceText(""), "");
}

TEST(SourceText, IsWhatLimitsByAddressGoBy) {
    for (const char* port : {"40000", "40001"}) {
        EXPECT_EQ(
            mesh::detail::limiterSource(sourceText(std::string("ipv4:10.0.0.1:") + port)),
            "10.0.0.1");
        EXPECT_EQ(
            mesh::detail::limiterSource(sourceText(std::string("ipv6:%5Bfd42::1%5D:") + port)),
            "fd42::/64");
    }
}

}  // namespace
}  // namespace weft::services
