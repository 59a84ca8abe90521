// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/rights.h"

#include "core/mesh/detail/plan_parts.h"
#include "core/mesh/policy/policy.h"
#include "tests/core/mesh/administration_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace weft::tests {
namespace {

using mesh::Authentication;
using mesh::Caller;
using mesh::NodeId;
using mesh::policy::Action;
using mesh::policy::Resource;
using mesh::policy::RoleBinding;
using mesh::policy::RoleRules;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;

const Action kPutRoute{Verb::Put, Resource::Routes, "office"};

Caller callerBy(Caller::Proof proof, const std::string& id) {
    return {proof, NodeId(id), "192.0.2.77:4000"};
}

/// From the mesh address of `id`, whose packets others carry.
Caller carriedFrom(const std::string& id) {
    Caller caller = callerBy(Caller::Proof::CarriedAddress, "");
    caller.carriedFor = NodeId(id);
    return caller;
}

/// bravo may put routes; alpha and the user boss administer the mesh, and a group "chiefs".
class RightsTest : public ::testing::Test {
protected:
    RightsTest() {
        storage::NodeRecord bravo;
        bravo.id = NodeId("bravo");
        registry_.reset(
            {{storage::nodeKey(bravo.id), storage::encodeNode(bravo), 1, std::nullopt}}, 1);
        rules_ = std::make_shared<const RoleRules>(RoleRules::Contents{
            .roles =
                {roleOf("mesh-admin", {Resource::All}, {Verb::All}),
                 roleOf("routers", {Resource::Routes}, {Verb::Put})},
            .bindings = {
                RoleBinding{
                    "mesh-admin",
                    "mesh-admin",
                    {{"alpha", SubjectKind::Node},
                     {"boss", SubjectKind::User},
                     {"chiefs", SubjectKind::Group},
                     {"", SubjectKind::Node}}},
                bindingOf("routers", "routers", "bravo")}});
    }

    mesh::detail::MeshView view(Authentication authentication = Authentication::Required) const {
        return {
            .registry = registry_,
            .shared = shared_,
            .self = NodeId("alpha"),
            .authentication = authentication,
            .engine = "memory",
            .now = WallTime(),
            .rules = rules_};
    }
    void switchRulesOff() {
        registry_.apply(
            {{storage::Event::Kind::Put, std::string(storage::kRbacDisabledKey), "true", 2}});
    }

    storage::Registry registry_;
    mesh::detail::SharedRecords shared_;
    std::shared_ptr<const RoleRules> rules_;
};

TEST_F(RightsTest, AsksWhoCallsAndThenTheRoles) {
    const auto code = [this](const Caller& caller) {
        return authorise(view(), caller, {kPutRoute}).code();
    };

    EXPECT_EQ(code(certificateOf("bravo")), StatusCode::kOk);
    EXPECT_EQ(code(certificateOf("carol")), StatusCode::kPermissionDenied);
    EXPECT_EQ(code(nobody()), StatusCode::kUnauthenticated);
    EXPECT_EQ(code(callerBy(Caller::Proof::None, "bravo")), StatusCode::kUnauthenticated);
    EXPECT_EQ(code(callerBy(Caller::Proof::Certificate, "")), StatusCode::kUnauthenticated);
    EXPECT_EQ(code(callerBy(Caller::Proof::Process, "carol")), StatusCode::kPermissionDenied)
        << "what the program does in somebody's name is judged by that name";
    rules_ = nullptr;
    EXPECT_EQ(code(certificateOf("alpha")), StatusCode::kPermissionDenied);
}

TEST_F(RightsTest, LetsTheProgramDoWhatANodeAsksForItself) {
    const auto code = [this](const Caller& caller) {
        return mayHave(view(), caller, {kPutRoute}).code();
    };

    EXPECT_EQ(code(callerBy(Caller::Proof::Process, "carol")), StatusCode::kOk);
    EXPECT_EQ(code(certificateOf("bravo")), StatusCode::kOk);
    EXPECT_EQ(code(certificateOf("carol")), StatusCode::kPermissionDenied);
    switchRulesOff();
    EXPECT_EQ(code(certificateOf("carol")), StatusCode::kOk);
    EXPECT_EQ(code(nobody()), StatusCode::kOk);
}

TEST_F(RightsTest, AsksForTheRightToAVoteWhereThereAreVotes) {
    rules_ = std::make_shared<const RoleRules>(RoleRules::Contents{
        .roles =
            {roleOf("voters", {Resource::Votes}, {Verb::Put}),
             roleOf("observers", {Resource::Observers}, {Verb::Put})},
        .bindings = {
            bindingOf("voters", "voters", "bravo"), bindingOf("observers", "observers", "carol")}});
    auto withVotes = view();
    withVotes.supportsVoters = true;
    const auto code = [](const auto& in, bool asVoter, const Caller& caller) {
        return mayStore(in, {asVoter, !asVoter, {}}, caller).code();
    };

    EXPECT_EQ(code(withVotes, true, certificateOf("bravo")), StatusCode::kOk);
    EXPECT_EQ(code(withVotes, false, certificateOf("carol")), StatusCode::kOk);
    EXPECT_EQ(code(withVotes, true, certificateOf("carol")), StatusCode::kPermissionDenied);
    EXPECT_EQ(code(withVotes, false, certificateOf("bravo")), StatusCode::kPermissionDenied);
    EXPECT_EQ(code(withVotes, true, nobody()), StatusCode::kUnauthenticated);
    EXPECT_EQ(code(view(), true, nobody()), StatusCode::kFailedPrecondition)
        << "no right would change it";
}

TEST_F(RightsTest, TakesACarriedAddressForAMemberWithoutAName) {
    const auto caller = carriedFrom("bravo");

    EXPECT_TRUE(isMember(view(), caller));
    EXPECT_FALSE(isMember(view(), carriedFrom("carol"))) << "no node";
    EXPECT_FALSE(isAdmin(view(), carriedFrom("alpha")));
    EXPECT_FALSE(caller.hasCredential());
    for (const Status& status :
         {mayActAs(view(), caller, NodeId("bravo")),
          authorise(view(), caller, {kPutRoute}),
          mayHave(view(), caller, {kPutRoute})}) {
        EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
        EXPECT_THAT(
            weft::messageOf(status),
            ::testing::HasSubstr("show a certificate or a password of bravo"));
    }
    EXPECT_EQ(
        mayGrant(view(), caller, roleOf("other", {Resource::Routes}, {Verb::Put})).code(),
        StatusCode::kPermissionDenied);
}

TEST_F(RightsTest, GivesACarriedAddressWhatEverybodyHas) {
    rules_ = std::make_shared<const RoleRules>(RoleRules::Contents{
        .roles = {roleOf("routers", {Resource::Routes}, {Verb::Put})},
        .bindings = {bindingOf("routers", "routers", "*")}});
    const Action other{Verb::Put, Resource::Edges, "office"};

    EXPECT_TRUE(authorise(view(), carriedFrom("bravo"), {kPutRoute}).ok());
    EXPECT_EQ(
        authorise(view(), carriedFrom("bravo"), {other}).code(), StatusCode::kUnauthenticated);
    EXPECT_EQ(
        authorise(view(), callerBy(Caller::Proof::CarriedAddress, ""), {kPutRoute}).code(),
        StatusCode::kUnauthenticated)
        << "nobody's address";
}

TEST_F(RightsTest, LetsANodeSpeakForItselfByAnAddressThatNobodyCarries) {
    const auto bravo = callerBy(Caller::Proof::MeshAddress, "bravo");

    EXPECT_TRUE(mayActAs(view(), bravo, NodeId("bravo")).ok());
    EXPECT_TRUE(authorise(view(), bravo, {kPutRoute}).ok());
    EXPECT_EQ(mayActAs(view(), bravo, NodeId("carol")).code(), StatusCode::kPermissionDenied);
}

TEST_F(RightsTest, LetsNobodyGiveWhatTheyDoNotHold) {
    const auto routers = roleOf("other", {Resource::Routes}, {Verb::Put});
    const auto code = [this](const Caller& caller, const mesh::policy::Role& role) {
        return mayGrant(view(), caller, role).code();
    };

    EXPECT_EQ(code(certificateOf("bravo"), routers), StatusCode::kOk);
    EXPECT_EQ(
        code(certificateOf("bravo"), roleOf("more", {Resource::Routes}, {Verb::All})),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(code(callerBy(Caller::Proof::None, "bravo"), routers), StatusCode::kPermissionDenied);
    rules_ = nullptr;
    EXPECT_EQ(code(certificateOf("bravo"), routers), StatusCode::kPermissionDenied);
}

TEST_F(RightsTest, KnowsAdministratorsByTheirBindingAndAProofThatStands) {
    const auto is = [this](const Caller& caller) { return isAdmin(view(), caller); };

    EXPECT_TRUE(is(certificateOf("alpha")));
    EXPECT_TRUE(is(certificateOf("boss")));
    EXPECT_FALSE(is(certificateOf("bravo")));
    EXPECT_FALSE(is(certificateOf("chiefs"))) << "is the name of a group";
    EXPECT_FALSE(is(certificateOf("")));
    EXPECT_FALSE(is(callerBy(Caller::Proof::MeshAddress, "alpha")));
    EXPECT_FALSE(is(callerBy(Caller::Proof::None, "alpha")));
    EXPECT_TRUE(is(callerBy(Caller::Proof::Process, "carol")));
    rules_ = std::make_shared<const RoleRules>();
    EXPECT_FALSE(is(certificateOf("alpha"))) << "there is no such binding";
    rules_ = nullptr;
    EXPECT_FALSE(is(certificateOf("alpha")));
    EXPECT_TRUE(is(callerBy(Caller::Proof::Process, "carol")));
}

TEST_F(RightsTest, KnowsMembersByTheirRecord) {
    const auto is = [this](const Caller& caller, Authentication authentication) {
        return isMember(view(authentication), caller);
    };

    EXPECT_TRUE(is(certificateOf("bravo"), Authentication::Required));
    EXPECT_FALSE(is(certificateOf("carol"), Authentication::Required));
    EXPECT_FALSE(is(callerBy(Caller::Proof::None, "bravo"), Authentication::Required));
    EXPECT_TRUE(is(callerBy(Caller::Proof::Process, "carol"), Authentication::Required));
    EXPECT_TRUE(is(nobody(), Authentication::None)) << "nobody is asked";
}

TEST_F(RightsTest, LetsEverybodySpeakForThemselves) {
    const auto code = [this](const Caller& caller, Authentication authentication) {
        return mayActAs(view(authentication), caller, NodeId("bravo")).code();
    };

    EXPECT_EQ(code(certificateOf("bravo"), Authentication::Required), StatusCode::kOk);
    EXPECT_EQ(
        code(certificateOf("carol"), Authentication::Required), StatusCode::kPermissionDenied);
    EXPECT_EQ(code(certificateOf("carol"), Authentication::None), StatusCode::kPermissionDenied);
    EXPECT_EQ(code(nobody(), Authentication::Required), StatusCode::kUnauthenticated);
    EXPECT_EQ(code(nobody(), Authentication::None), StatusCode::kOk);
    EXPECT_EQ(
        code(callerBy(Caller::Proof::Process, "carol"), Authentication::Required), StatusCode::kOk);
}

}  // namespace
}  // namespace weft::tests
