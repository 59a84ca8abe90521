// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/member_standing.h"

#include "tests/core/mesh/memory_link.h"

#include <gmock/gmock.h>

#include <chrono>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::Authentication;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "beta", a plain node of a mesh of "alpha" and "gamma".
class MemberStandingTest : public ::testing::Test {
protected:
    MemberStandingTest() : links_(loop_, "beta"), server_(loop_, Authentication::Required) {
        links_.serve("one", &server_);
        mesh::MemberOptions options;
        options.join = joinOf("beta", 1);
        options.joinAddresses = {{"one", 8443}};
        member_ = mesh::Member::create(options, loop_, links_);
        rules_ = std::make_unique<mesh::policy::PolicyMirror>(member_->registry());
        standing_ = std::make_unique<mesh::MemberStanding>(
            NodeId("beta"), Authentication::Required, *member_, *rules_);
    }

    void SetUp() override {
        ASSERT_TRUE(server_.join(joinOf("gamma", 2)).ok());
        member_->start();
        server_.settle();
        removal_ =
            standing_->onRemoval([this](const NodeId& id) { removed_.push_back(id.value()); });
    }

    /// Lets `by` pass in small steps, with the store's thread in between.
    void pass(Duration by) {
        for (Duration done{0}; done < by; done += 100ms) {
            loop_.advance(100ms);
            server_.settle();
        }
    }

    ManualLoop loop_;
    MemoryLinks links_;
    MeshFixture server_;
    std::unique_ptr<mesh::Member> member_;
    std::unique_ptr<mesh::policy::PolicyMirror> rules_;
    std::unique_ptr<mesh::MemberStanding> standing_;
    std::vector<std::string> removed_;
    Subscription removal_;
};

TEST_F(MemberStandingTest, TellsOfANodeWhoseRecordGoes) {
    ASSERT_TRUE(standing_->isMember(certificateOf("gamma")));

    ASSERT_TRUE(server_.leave("gamma").ok());
    pass(200ms);

    EXPECT_THAT(removed_, ElementsAre("gamma"));
    EXPECT_FALSE(standing_->isMember(certificateOf("gamma")));
}

TEST_F(MemberStandingTest, TakesACarriedAddressForAMemberAndNoMore) {
    mesh::Caller caller;
    caller.proof = mesh::Caller::Proof::CarriedAddress;
    caller.carriedFor = NodeId("gamma");

    EXPECT_TRUE(standing_->isMember(caller));
    EXPECT_FALSE(standing_->isAdmin(caller));
    caller.carriedFor = NodeId("alpha");
    EXPECT_FALSE(standing_->isAdmin(caller)) << "though that one administers";
    caller.carriedFor = NodeId("ghost");
    EXPECT_FALSE(standing_->isMember(caller));
}

TEST_F(MemberStandingTest, TellsOfANodeThatWentWhileNobodyListened) {
    links_.serve("one", nullptr);
    ASSERT_TRUE(server_.leave("gamma").ok());
    pass(200ms);
    ASSERT_TRUE(standing_->isMember(certificateOf("gamma"))) << "as it was when the link went";
    ASSERT_THAT(removed_, IsEmpty());

    // Everything is read anew, and no event tells of what happened meanwhile.
    links_.serve("one", &server_);
    pass(10s);

    ASSERT_EQ(member_->status().phase, mesh::MemberPhase::Connected);
    EXPECT_FALSE(standing_->isMember(certificateOf("gamma")));
    EXPECT_THAT(removed_, ElementsAre("gamma"));
}

TEST_F(MemberStandingTest, TellsOfNobodyWhoIsStillThereWhenEverythingIsReadAnew) {
    links_.serve("one", nullptr);
    pass(200ms);
    links_.serve("one", &server_);
    pass(10s);

    ASSERT_EQ(member_->status().phase, mesh::MemberPhase::Connected);
    EXPECT_TRUE(standing_->isMember(certificateOf("gamma")));
    EXPECT_THAT(removed_, IsEmpty());
}

}  // namespace
}  // namespace weft::tests
