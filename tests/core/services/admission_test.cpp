// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/admission.h"

#include "core/mesh/standing.h"
#include "core/services/server/byte_allowance.h"
#include "core/services/server/call_budget.h"
#include "core/services/server/connection_table.h"
#include "core/services/server/penalties.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace weft::services {
namespace {

using mesh::Authentication;
using mesh::Caller;
using namespace std::chrono_literals;

ChannelFacts certificateFacts(std::vector<std::string> names) {
    ChannelFacts facts;
    facts.verifiedCertificate = true;
    facts.commonNames = std::move(names);
    facts.peer = "ipv4:10.0.0.1:443";
    return facts;
}

TEST(Identify, TakesTheCommonNameOfAVerifiedCertificate) {
    const auto claim = identify(certificateFacts({"bravo"}));

    ASSERT_TRUE(claim.ok());
    EXPECT_EQ(claim->caller.proof, Caller::Proof::Certificate);
    EXPECT_EQ(claim->caller.identity.value(), "bravo");
    EXPECT_EQ(claim->caller.source, "10.0.0.1:443");
    EXPECT_FALSE(claim->isProxied());
}

TEST(Identify, KnowsNobodyWithoutACertificate) {
    ChannelFacts facts;
    facts.headers = {{"x-webmesh-proxied-for", "boss"}, {"x-webmesh-proxied-from", "alpha"}};

    const auto claim = identify(facts);

    ASSERT_TRUE(claim.ok());
    EXPECT_FALSE(claim->caller.authenticated());
    EXPECT_TRUE(claim->caller.identity.empty());
    EXPECT_TRUE(claim->isProxied());
    EXPECT_EQ(claim->proxiedFor, mesh::NodeId("boss"));
    EXPECT_EQ(claim->proxiedFrom, mesh::NodeId("alpha"));
}

TEST(Identify, RefusesCertificatesWithoutOneUsableName) {
    for (const auto& names : std::vector<std::vector<std::string>>{
             {},
             {"a", "b"},
             {""},
             {std::string("boss\0.evil", 10)},
             {std::string(254, 'a')},
             {"\xff"}}) {
        EXPECT_EQ(identify(certificateFacts(names)).status().code(), StatusCode::kUnauthenticated);
    }
}

TEST(Identify, TakesANameOfTheGreatestLength) {
    EXPECT_TRUE(identify(certificateFacts({std::string(253, 'a')})).ok());
}

TEST(Identify, RefusesCredentialHeadersThatAreThereTwice) {
    for (const char* header :
         {"authorization",
          "x-webmesh-basic-auth-username",
          "x-webmesh-ldap-auth-password",
          "x-webmesh-proxied-for",
          "x-webmesh-proxied-from",
          "x-webmesh-id-auth-signature",
          "x-weft-key-change-signature-bin"}) {
        auto facts = certificateFacts({"bravo"});
        facts.headers = {{header, "a"}, {"x-trace", "a"}};
        EXPECT_TRUE(identify(facts).ok()) << header;

        facts.headers.emplace_back(header, "a");
        EXPECT_EQ(identify(facts).status().code(), StatusCode::kUnauthenticated) << header;
    }
}

TEST(Identify, TakesAProofOfAKeyForNoIdentity) {
    EXPECT_FALSE(isIdentityHeader(kKeyChangeSignatureHeader));
    EXPECT_FALSE(isIdentityHeader(kKeyChangeTimeHeader));
    EXPECT_TRUE(isIdentityHeader("x-webmesh-id-auth-signature"));
}

TEST(Identify, RefusesIdentityHeadersInAnotherSpelling) {
    for (const char* header :
         {"X-Webmesh-Proxied-For",
          "x-webmesh-proxied-froM",
          "x-webmesh-proxied-for-bin",
          "x-webmesh-proxied-from-BIN",
          "x-webmesh-basic-auth-password-bin",
          "Authorization",
          "authoriZation",
          "X-webmesh-ldap-auth-username"}) {
        auto facts = certificateFacts({"bravo"});
        facts.headers = {{header, "boss"}};

        EXPECT_EQ(identify(facts).status().code(), StatusCode::kUnauthenticated) << header;
        EXPECT_TRUE(isIdentityHeader(header));
    }
}

TEST(Identify, TakesHeadersThatOnlyBeginAlike) {
    for (const char* header :
         {"x-webmesh-proxied",
          "x-webmesh-proxied-fort",
          "x-webmesh-proxied-for-binary",
          "x-trace"}) {
        auto facts = certificateFacts({"bravo"});
        facts.headers = {{header, "boss"}, {header, "boss"}};

        EXPECT_TRUE(identify(facts).ok()) << header;
        EXPECT_FALSE(isIdentityHeader(header)) << header;
    }
}

TEST(Identify, RefusesProxyHeadersThatNameNobody) {
    for (const char* header : {"x-webmesh-proxied-for", "x-webmesh-proxied-from"}) {
        for (const auto& value :
             {std::string(), std::string("\xff"), std::string(254, 'a'), std::string("a\0b", 3)}) {
            auto facts = certificateFacts({"alpha"});
            facts.headers = {{header, value}};

            EXPECT_EQ(identify(facts).status().code(), StatusCode::kUnauthenticated) << header;
        }
    }
}

ChannelFacts passwordFacts(std::vector<std::pair<std::string, std::string>> headers) {
    ChannelFacts facts;
    facts.encrypted = true;
    facts.headers = std::move(headers);
    return facts;
}

const std::pair<std::string, std::string> kBasicUser{"x-webmesh-basic-auth-username", "bravo"};
const std::pair<std::string, std::string> kBasicPassword{
    "x-webmesh-basic-auth-password", "correct horse"};
const std::pair<std::string, std::string> kLdapUser{"x-webmesh-ldap-auth-username", "bravo"};
const std::pair<std::string, std::string> kLdapPassword{
    "x-webmesh-ldap-auth-password", "correct horse"};

TEST(CredentialsOf, TakesAPairOfEitherKind) {
    const auto basic = credentialsOf(passwordFacts({kBasicUser, kBasicPassword}));
    const auto ldap = credentialsOf(passwordFacts({kLdapPassword, kLdapUser}));

    ASSERT_TRUE(basic.ok() && basic->has_value());
    EXPECT_EQ((*basic)->scheme, Credentials::Scheme::Basic);
    EXPECT_EQ((*basic)->username, "bravo");
    EXPECT_EQ((*basic)->password.revealText(), "correct horse");
    ASSERT_TRUE(ldap.ok() && ldap->has_value());
    EXPECT_EQ((*ldap)->scheme, Credentials::Scheme::Ldap);
}

TEST(CredentialsOf, SeesNoneInOtherHeaders) {
    for (const char* header :
         {"x-webmesh-basic-auth-username-bin",
          "x-webmesh-basic-auth-password-bin",
          "authorization",
          "x-webmesh-id-auth-peer-id"}) {
        const auto facts = passwordFacts({{header, "bravo"}});

        EXPECT_FALSE(showsPassword(facts)) << header;
        EXPECT_FALSE(credentialsOf(facts)->has_value()) << header;
    }
}

TEST(CredentialsOf, RefusesHalvesMixturesAndNamesThatAreNone) {
    const std::pair<std::string, std::string> empty{kBasicPassword.first, ""};
    for (const auto& headers : std::vector<std::vector<std::pair<std::string, std::string>>>{
             {kBasicUser},
             {kBasicPassword},
             {kBasicUser, kLdapPassword},
             {kBasicUser, kBasicPassword, kLdapUser, kLdapPassword},
             {kBasicUser, empty},
             {{kBasicUser.first, ""}, kBasicPassword},
             {{kBasicUser.first, std::string(254, 'a')}, kBasicPassword},
             {{kBasicUser.first, "\xff"}, kBasicPassword},
             {kBasicUser,
              {kBasicPassword.first, std::string(Credentials::kMaxPasswordBytes + 1, 'a')}}}) {
        EXPECT_EQ(
            credentialsOf(passwordFacts(headers)).status().code(), StatusCode::kUnauthenticated);
    }
}

TEST(CredentialsOf, TakesAPasswordOfTheGreatestLength) {
    const std::string longest(Credentials::kMaxPasswordBytes, 'a');

    EXPECT_TRUE(credentialsOf(passwordFacts({kBasicUser, {kBasicPassword.first, longest}})).ok());
}

TEST(CredentialsOf, SeesEachOfTheHeaders) {
    for (const auto& header : {kBasicUser, kBasicPassword, kLdapUser, kLdapPassword}) {
        EXPECT_TRUE(showsPassword(passwordFacts({header}))) << header.first;
    }
    EXPECT_FALSE(showsPassword(passwordFacts({})));
}

TEST(CredentialsOf, RefusesAPasswordThatEverybodyCouldRead) {
    auto facts = passwordFacts({kBasicUser, kBasicPassword});
    facts.encrypted = false;

    EXPECT_EQ(credentialsOf(facts).status().code(), StatusCode::kUnauthenticated);
}

TEST(WithPassword, ProvesAnIdentityThatNoCertificateContradicts) {
    const Claim certified{{Caller::Proof::Certificate, mesh::NodeId("bravo"), "here"}};

    EXPECT_EQ(withPassword({}, "bravo")->caller.proof, Caller::Proof::Password);
    EXPECT_EQ(withPassword({}, "bravo")->caller.identity.value(), "bravo");
    EXPECT_EQ(withPassword(certified, "bravo")->caller.proof, Caller::Proof::Certificate);
    EXPECT_EQ(withPassword(certified, "boss").status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(withPassword({}, "").status().code(), StatusCode::kUnauthenticated);
}

TEST(AdmitCaller, RefusesWhatHasNoRow) {
    EXPECT_EQ(admitCaller(nullptr, {}, Authentication::None).code(), StatusCode::kUnimplemented);
}

TEST(AdmitCaller, AsksForAnIdentityUnlessTheMeshIsOpen) {
    const MethodRow row{"/x/Y", Access::Authenticated, ProxyClass::Local, true};
    const Caller somebody{Caller::Proof::Certificate, mesh::NodeId("bravo"), ""};

    EXPECT_EQ(admitCaller(&row, {}, Authentication::Required).code(), StatusCode::kUnauthenticated);
    EXPECT_TRUE(admitCaller(&row, somebody, Authentication::Required).ok());
    EXPECT_TRUE(admitCaller(&row, {}, Authentication::None).ok());
}

TEST(AdmitCaller, HasNoAdministratorWithoutProofEvenInAnOpenMesh) {
    const MethodRow row{"/x/Y", Access::Admin, ProxyClass::Local, true};

    EXPECT_EQ(admitCaller(&row, {}, Authentication::None).code(), StatusCode::kUnauthenticated);
}

TEST(AdmitCaller, LetsNobodyAdministerByAMeshAddress) {
    const Caller address{Caller::Proof::MeshAddress, mesh::NodeId("boss"), ""};
    for (const auto access : {Access::Admin, Access::Rights}) {
        const MethodRow row{"/x/Y", access, ProxyClass::Leader, true};

        EXPECT_EQ(
            admitCaller(&row, address, Authentication::Required).code(),
            StatusCode::kUnauthenticated);
    }
}

TEST(AdmitCaller, NeverServesLocalMethods) {
    const MethodRow row{"/x/Y", Access::LocalOnly, ProxyClass::None, true};
    const Caller process{Caller::Proof::Process, mesh::NodeId("alpha"), ""};

    EXPECT_EQ(
        admitCaller(&row, process, Authentication::None).code(), StatusCode::kPermissionDenied);
}

/// "boss" administers, "bravo" is a member, "gone" was expelled although it has a certificate.
class SmallMesh final : public mesh::Standing {
public:
    const storage::Registry& registry() const override { return registry_; }
    const mesh::NodeId& selfId() const override { return self_; }
    bool isMember(const Caller& caller) const override {
        return isOneOf(caller, {"bravo", "gone"});
    }
    bool isAdmin(const Caller& caller) const override { return isOneOf(caller, {"boss", "gone"}); }
    bool isRemoved(const mesh::NodeId& id) const override { return id.value() == "gone"; }
    Subscription onRemoval(std::function<void(const mesh::NodeId&)> /*removed*/) const override {
        return {};
    }
    std::vector<mesh::StorageServer> storageServers() const override { return {}; }
    void record(mesh::AuditEvent /*event*/) const override {}

private:
    static bool isOneOf(const Caller& caller, std::initializer_list<std::string_view> names) {
        return caller.authenticated()
               && std::ranges::find(names, caller.identity.value()) != names.end();
    }

    const mesh::NodeId self_{"alpha"};
    storage::Registry registry_;
};

StatusCode admitted(
    Access access,
    const std::string& id,
    Authentication authentication = Authentication::Required,
    Caller::Proof proof = Caller::Proof::Certificate) {
    const MethodRow row{"/x/Y", access, ProxyClass::Local, true};
    const Caller caller{id.empty() ? Caller::Proof::None : proof, mesh::NodeId(id), ""};
    return admitMember(row, caller, authentication, SmallMesh()).code();
}

TEST(AdmitMember, LetsMembersIntoTheMeshAndAdministrators) {
    EXPECT_EQ(admitted(Access::InMesh, "bravo"), StatusCode::kOk);
    EXPECT_EQ(admitted(Access::InMesh, "boss"), StatusCode::kOk);
    EXPECT_EQ(admitted(Access::InMesh, "stranger"), StatusCode::kPermissionDenied);
    EXPECT_EQ(admitted(Access::InMesh, ""), StatusCode::kPermissionDenied);
    EXPECT_EQ(admitted(Access::InMesh, "stranger", Authentication::None), StatusCode::kOk);
    EXPECT_EQ(admitted(Access::InMesh, "", Authentication::None), StatusCode::kOk);
}

TEST(AdmitMember, LetsAdministratorsAloneAdminister) {
    for (const auto authentication : {Authentication::Required, Authentication::None}) {
        EXPECT_EQ(admitted(Access::Admin, "boss", authentication), StatusCode::kOk);
        EXPECT_EQ(admitted(Access::Admin, "bravo", authentication), StatusCode::kPermissionDenied);
        EXPECT_EQ(admitted(Access::Admin, "", authentication), StatusCode::kPermissionDenied);
    }
}

TEST(AdmitMember, LeavesTheRestToTheRoles) {
    for (const auto access : {Access::Anyone, Access::Authenticated, Access::Rights}) {
        EXPECT_EQ(admitted(access, "stranger"), StatusCode::kOk);
    }
    EXPECT_EQ(admitted(Access::LocalOnly, "boss"), StatusCode::kPermissionDenied);
}

TEST(AdmitMember, RefusesANodeThatWasExpelledEverything) {
    for (const auto access :
         {Access::Anyone, Access::Authenticated, Access::Rights, Access::InMesh, Access::Admin}) {
        for (const auto proof : {Caller::Proof::Certificate, Caller::Proof::MeshAddress}) {
            EXPECT_EQ(
                admitted(access, "gone", Authentication::None, proof),
                StatusCode::kPermissionDenied);
        }
    }
}

TEST(AdmitMember, TakesNoNameThatWasNotProven) {
    const MethodRow row{"/x/Y", Access::Anyone, ProxyClass::Local, true};
    const Caller unproven{Caller::Proof::None, mesh::NodeId("gone"), ""};

    EXPECT_TRUE(admitMember(row, unproven, Authentication::Required, SmallMesh()).ok());
}

TEST(AdmitCaller, AsksForAProofThatStandsWhereRolesDecide) {
    const Caller somebody{Caller::Proof::Certificate, mesh::NodeId("bravo"), ""};
    for (const auto access : {Access::Admin, Access::Rights}) {
        const MethodRow row{"/x/Y", access, ProxyClass::Leader, true};

        EXPECT_TRUE(admitCaller(&row, somebody, Authentication::Required).ok());
        EXPECT_EQ(admitCaller(&row, {}, Authentication::None).code(), StatusCode::kUnauthenticated);
    }
}

TEST(AdmitCaller, LetsAnyoneCallWhatIsForAnyone) {
    const MethodRow row{"/x/Y", Access::Anyone, ProxyClass::Local, true};

    EXPECT_TRUE(admitCaller(&row, {}, Authentication::Required).ok());
}

TEST(ParsePeer, ReadsTheLibrarysTexts) {
    EXPECT_EQ(parsePeer("ipv4:10.0.0.1:443")->toString(), "10.0.0.1:443");
    EXPECT_EQ(parsePeer("ipv6:%5Bfd00::1%5D:443")->toString(), "[fd00::1]:443");
    EXPECT_EQ(parsePeer("ipv6:[::ffff:10.0.0.1]:443")->toString(), "10.0.0.1:443");
    EXPECT_FALSE(parsePeer("unix:/run/x").has_value());
    EXPECT_FALSE(parsePeer("ipv4:garbage").has_value());
    EXPECT_FALSE(parsePeer("").has_value());
}

TEST(ParsePeer, IsUndoneByPeerText) {
    for (const char* peer : {"ipv4:10.0.0.1:443", "ipv6:%5Bfd00::1%5D:443"}) {
        EXPECT_EQ(peerText(*parsePeer(peer)), peer);
    }
}

TEST(ByteAllowance, GrowsWithCallsAndTime) {
    const ByteAllowance allowance{.base = 10, .perCall = 100, .perSecond = 1};

    EXPECT_EQ(allowance.of(0, 0s), 10U);
    EXPECT_EQ(allowance.of(2, 5s), 215U);
}

TEST(CallBudget, RefusesPastTheBurstAndCutsWhoGoesOn) {
    CallBudget budget({.callsPerSecond = 1, .callBurst = 3});
    const TimePoint now{1h};

    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(budget.take("a", now), CallBudget::Verdict::Admit);
    }
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(budget.take("a", now), CallBudget::Verdict::Refuse);
    }
    EXPECT_EQ(budget.take("a", now), CallBudget::Verdict::Cut);
    EXPECT_EQ(budget.take("a", now), CallBudget::Verdict::Refuse) << "cut once, not each time";
    EXPECT_EQ(budget.take("b", now), CallBudget::Verdict::Admit);
    EXPECT_EQ(budget.callsOf("a"), 8U);
    EXPECT_EQ(budget.callsOf("c"), 0U);
}

TEST(CallBudget, FillsUpWithTime) {
    CallBudget budget({.callsPerSecond = 1, .callBurst = 1});
    const TimePoint now{1h};
    EXPECT_EQ(budget.take("a", now), CallBudget::Verdict::Admit);
    EXPECT_EQ(budget.take("a", now), CallBudget::Verdict::Refuse);

    EXPECT_EQ(budget.take("a", now + 1s), CallBudget::Verdict::Admit);
}

TEST(CallBudget, RemembersNoMoreConnectionsThanItsCap) {
    CallBudget budget({.callBurst = 1, .rememberedConnections = 2});
    const TimePoint now{1h};
    EXPECT_EQ(budget.take("a", now), CallBudget::Verdict::Admit);
    EXPECT_EQ(budget.take("b", now), CallBudget::Verdict::Admit);
    EXPECT_EQ(budget.take("a", now), CallBudget::Verdict::Refuse);

    EXPECT_EQ(budget.take("c", now), CallBudget::Verdict::Admit);

    EXPECT_EQ(budget.size(), 2U);
    EXPECT_NE(budget.take("a", now), CallBudget::Verdict::Admit) << "b was silent longest";
}

net::IpAddress address(const char* text) {
    return *net::IpAddress::parse(text);
}

TEST(ConnectionTable, HoldsTheCapOfEachSource) {
    ConnectionTable table(2, 10);
    table.add(address("10.0.0.1"));
    EXPECT_EQ(table.check(address("10.0.0.1")), ConnectionTable::Verdict::Admit);
    table.add(address("::ffff:10.0.0.1"));

    EXPECT_EQ(table.check(address("10.0.0.1")), ConnectionTable::Verdict::SourceFull);
    EXPECT_EQ(table.check(address("10.0.0.2")), ConnectionTable::Verdict::Admit);

    table.remove(address("10.0.0.1"));
    EXPECT_EQ(table.check(address("10.0.0.1")), ConnectionTable::Verdict::Admit);
}

TEST(ConnectionTable, CountsIpv6ByTheFirst64Bits) {
    ConnectionTable table(1, 10);
    table.add(address("2001:db8:1:1::1"));

    EXPECT_EQ(table.check(address("2001:db8:1:1:ffff::2")), ConnectionTable::Verdict::SourceFull);
    EXPECT_EQ(table.check(address("2001:db8:1:2::1")), ConnectionTable::Verdict::Admit);
}

TEST(ConnectionTable, HoldsTheTotalAndForgetsSourcesThatHaveGone) {
    ConnectionTable table(5, 2);
    table.add(address("10.0.0.1"));
    table.add(address("10.0.0.2"));
    EXPECT_EQ(table.check(address("10.0.0.3")), ConnectionTable::Verdict::Full);

    table.remove(address("10.0.0.1"));
    table.remove(address("10.0.0.2"));
    table.remove(address("10.0.0.2"));

    EXPECT_EQ(table.size(), 0U);
    EXPECT_EQ(table.sources(), 0U);
}

TEST(Penalties, HoldASourceUntilTheyEnd) {
    Penalties penalties;
    const TimePoint now{};
    penalties.add(address("2001:db8:1:1::1"), now + 1s);

    EXPECT_TRUE(penalties.holds(address("2001:db8:1:1::2"), now));
    EXPECT_FALSE(penalties.holds(address("2001:db8:1:2::1"), now));
    EXPECT_FALSE(penalties.holds(address("2001:db8:1:1::1"), now + 1s));
}

TEST(Penalties, AreOnlySoMany) {
    Penalties penalties;
    const TimePoint now{};
    for (std::size_t i = 0; i < Penalties::kMost; ++i) {
        penalties.add(address(fmt::format("10.0.{}.{}", i / 256, i % 256).c_str()), now + 1s);
    }
    penalties.add(address("10.1.0.0"), now + 9s);
    EXPECT_FALSE(penalties.holds(address("10.1.0.0"), now));
    penalties.add(address("10.0.0.0"), now + 9s);
    EXPECT_TRUE(penalties.holds(address("10.0.0.0"), now + 5s)) << "who is kept out already";

    penalties.expire(now + 2s);
    penalties.add(address("10.1.0.0"), now + 9s);

    EXPECT_TRUE(penalties.holds(address("10.1.0.0"), now + 5s));
}

}  // namespace
}  // namespace weft::services
