// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/ping_target.h"

#include "core/crypto/node_key.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/mesh/policy/records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace weft::daemon {
namespace {

using ::testing::HasSubstr;

namespace local = weft::local::v1;
namespace policy = mesh::policy;

/// A mesh of self, both (families), four and six, with a network behind both.
class PingTargetTest : public ::testing::Test {
protected:
    PingTargetTest() {
        putNode("self", 1, "172.16.0.1/32", "fd00::1:0/112");
        putNode("both", 2, "172.16.0.2/32", "fd00::2:0/112");
        putNode("four", 3, "172.16.0.3/32", "");
        putNode("six", 4, "", "fd00::4:0/112");
        put(std::string(storage::kRoutesPrefix) + "office",
            storage::encodeRoute(
                {.name = "office", .node = "both", .destinations = {prefix("10.9.0.0/16")}}));
    }

    static net::IpPrefix prefix(const char* text) { return net::IpPrefix::parse(text).value(); }
    void put(std::string key, std::string json) {
        registry_.apply(
            {{storage::Event::Kind::Put, std::move(key), std::move(json), ++revision_}});
    }
    void putNode(const std::string& id, std::uint8_t number, const char* four, const char* six) {
        storage::NodeRecord node;
        node.id = storage::NodeId(id);
        std::array<std::uint8_t, 32> seed{};
        seed.fill(number);
        node.publicKey = crypto::NodeKey::fromSeed(seed)->publicKey();
        if (*four != '\0') {
            node.privateIpv4 = prefix(four);
        }
        if (*six != '\0') {
            node.privateIpv6 = prefix(six);
        }
        put(storage::nodeKey(node.id), storage::encodeNode(node));
    }
    void acl(
        const char* name,
        std::int32_t priority,
        policy::AclAction action,
        std::vector<std::string> from = {"*"},
        std::vector<std::string> to = {"*"},
        std::vector<std::string> cidrs = {}) {
        const policy::NetworkAcl rule{
            .name = name,
            .priority = priority,
            .action = action,
            .sourceNodes = std::move(from),
            .destinationNodes = std::move(to),
            .sourceCidrs = {},
            .destinationCidrs = std::move(cidrs)};
        put(std::string(storage::kNetworkAclsPrefix) + name, encode(rule));
    }
    void acceptAll() { acl("open", 0, policy::AclAction::Accept); }
    StatusOr<PingTarget> find(
        const std::string& target,
        local::AddressFamily family = local::ADDRESS_FAMILY_UNSPECIFIED) {
        local::PingRequest request;
        request.set_target(target);
        request.set_family(family);
        return pingTarget(registry_, *mirror_.current(), storage::NodeId("self"), request);
    }
    std::string addressOf(
        const std::string& target,
        local::AddressFamily family = local::ADDRESS_FAMILY_UNSPECIFIED) {
        const auto found = find(target, family);
        return found.ok() ? found->address.toString() : messageOf(found.status());
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    storage::Registry registry_;
    policy::PolicyMirror mirror_{registry_};
    storage::Revision revision_ = 0;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(PingTargetTest, TakesTheFamilyThatBothHave) {
    acceptAll();

    EXPECT_EQ(addressOf("both"), "172.16.0.2");
    EXPECT_EQ(addressOf("both", local::ADDRESS_FAMILY_IPV6), "fd00::2:0");
    EXPECT_EQ(addressOf("six"), "fd00::4:0");
    EXPECT_EQ(
        addressOf("four", local::ADDRESS_FAMILY_IPV6), "four has no IPv6 address in this mesh");
}

TEST_F(PingTargetTest, FindsANodeByAnyOfItsAddresses) {
    acceptAll();

    EXPECT_EQ(find("172.16.0.3")->node.value(), "four");
    EXPECT_EQ(addressOf("fd00::2:7"), "fd00::2:7") << "in its /112";
    EXPECT_EQ(find("fd00::2:7")->node.value(), "both");
    EXPECT_EQ(
        find("172.16.0.3", local::ADDRESS_FAMILY_IPV6).status().code(),
        StatusCode::kInvalidArgument);
}

TEST_F(PingTargetTest, FindsWhoLeadsToANetworkOutside) {
    acceptAll();

    EXPECT_EQ(find("10.9.3.4")->node.value(), "both");
    EXPECT_EQ(find("10.10.0.1").status().code(), StatusCode::kNotFound);
}

TEST_F(PingTargetTest, RefusesStrangersAndItself) {
    acceptAll();

    EXPECT_EQ(find("nobody").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(find("").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(find("self").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(find("172.16.0.1").status().code(), StatusCode::kInvalidArgument);
}

TEST_F(PingTargetTest, SaysWhichWayTheRulesDeny) {
    EXPECT_EQ(find("both").status().code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(messageOf(find("both").status()), HasSubstr("no rule accepts them"));

    acceptAll();
    acl("no-answers", 10, policy::AclAction::Deny, {"both"}, {"self"});

    EXPECT_EQ(find("both").status().code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(
        messageOf(find("both").status()),
        HasSubstr("no IPv4 packets from both to self: rule no-answers denies them"));
}

TEST_F(PingTargetTest, TakesTheFamilyThatTheRulesLeave) {
    acceptAll();
    acl("no-four", 10, policy::AclAction::Deny, {"*"}, {"*"}, {"172.16.0.0/12"});

    EXPECT_EQ(addressOf("both"), "fd00::2:0");
    EXPECT_EQ(
        find("both", local::ADDRESS_FAMILY_IPV4).status().code(), StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace weft::daemon
