// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/policy_test_watch.h"

#include "core/crypto/node_key.h"
#include "core/mesh/policy/records.h"
#include "core/mesh/policy_object.h"
#include "tests/support/manual_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using mesh::changes::Expectation;
using mesh::changes::PolicyTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;
namespace policy = mesh::policy;

PolicyTest reach(const std::string& name, const std::string& from, const std::string& to) {
    return {name, Expectation::Reach, from, to};
}

/// "nas" and "phone", which an edge joins, and "guest", which nobody reaches. Everybody accepts
/// everything.
class PolicyTestWatchTest : public ::testing::Test {
protected:
    PolicyTestWatchTest() {
        putNode("nas", 1);
        putNode("phone", 2);
        putNode("guest", 3);
        link("nas", "phone", true);
        putRule(policy::AclAction::Accept);
        changes_ = registry_.onChange([this](const storage::Registry::Change& change) {
            if (watch_) {
                watch_->noteRecords(change);
            }
        });
    }

    void begin(bool isTold = false) {
        watch_ = std::make_unique<PolicyTestWatch>(PolicyTestWatch::Parts{
            .loop = loop_,
            .registry = [this] { return &registry_; },
            .ask =
                [this](std::uint64_t known, Callback<meshv1::KeptPolicyTests> done) {
                    known_.push_back(known);
                    done_ = std::move(done);
                    if (answers_) {
                        answer();
                    }
                },
            .changed = [this] { ++told_; },
            .isTold = isTold,
            .worker = &worker_});
    }
    /// What the mesh keeps from now on.
    void keep(const std::vector<PolicyTest>& tests) {
        kept_ = meshv1::KeptPolicyTests();
        mesh::changes::toProto(tests, kept_->mutable_tests());
        kept_->set_revision(tests.empty() ? 0 : ++revision_);
    }
    void answer() {
        auto message = kept_;
        if (message.ok() && message->revision() != 0 && message->revision() == known_.back()) {
            message->clear_tests();
        }
        std::exchange(done_, nullptr)(message);
    }
    void pass(Duration by) {
        loop_.advance(by);
        loop_.runPosted();
    }
    /// All that waits on the worker. Returns how many runs that were.
    std::size_t work() {
        const auto runs = worker_.runPosted();
        loop_.runPosted();
        return runs;
    }
    local::Connection state() const {
        local::Connection state;
        state.set_state(local::Connection::STATE_CONNECTED);
        watch_->describe(state);
        return state;
    }

    void put(const std::string& key, const std::string& json) {
        registry_.apply({{storage::Event::Kind::Put, key, json, ++storeRevision_}});
    }
    void putNode(const std::string& id, std::uint8_t number) {
        storage::NodeRecord node;
        node.id = storage::NodeId(id);
        std::array<std::uint8_t, 32> seed{};
        seed.fill(number);
        node.publicKey = crypto::NodeKey::fromSeed(seed)->publicKey();
        node.privateIpv4 =
            net::IpPrefix::parse("172.16.0." + std::to_string(number) + "/32").value();
        put(storage::nodeKey(node.id), storage::encodeNode(node));
    }
    void link(const std::string& left, const std::string& right, bool isThere) {
        for (const auto& [source, target] : {std::pair(left, right), std::pair(right, left)}) {
            const storage::EdgeRecord edge{
                .source = storage::NodeId(source), .target = storage::NodeId(target), .weight = 1};
            const auto key = storage::edgeKey(edge.source, edge.target);
            if (isThere) {
                put(key, storage::encodeEdge(edge));
            } else {
                registry_.apply({{storage::Event::Kind::Delete, key, "", ++storeRevision_}});
            }
        }
    }
    void putRule(policy::AclAction action) {
        policy::NetworkAcl acl;
        acl.name = "all";
        acl.action = action;
        acl.sourceNodes = {"*"};
        acl.destinationNodes = {"*"};
        put(mesh::keyOf(mesh::refOf(acl)), mesh::encode(acl));
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::ManualLoop loop_;
    tests::ManualLoop worker_;
    storage::Registry registry_;
    storage::Revision storeRevision_ = 0;
    StatusOr<meshv1::KeptPolicyTests> kept_ = meshv1::KeptPolicyTests();
    std::uint64_t revision_ = 0;
    bool answers_ = true;
    std::vector<std::uint64_t> known_;
    Callback<meshv1::KeptPolicyTests> done_;
    int told_ = 0;
    std::unique_ptr<PolicyTestWatch> watch_;
    Subscription changes_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(PolicyTestWatchTest, TellsWhatCameOfTheTests) {
    keep({reach("first", "phone", "nas"), reach("second", "guest", "nas")});
    begin();
    EXPECT_FALSE(state().has_policy_tests());

    watch_->noteTests();
    pass(0s);
    EXPECT_EQ(work(), 1U);

    const auto now = state();
    EXPECT_EQ(now.policy_tests().passed(), 1U);
    EXPECT_EQ(now.policy_tests().failed(), 1U);
    EXPECT_TRUE(now.policy_tests().has_time());
    ASSERT_EQ(now.policy_tests().failing_size(), 1);
    EXPECT_EQ(now.policy_tests().failing(0).name(), "second");
    EXPECT_THAT(now.policy_tests().failing(0).text(), HasSubstr("guest to nas"));
    ASSERT_EQ(now.problems_size(), 1);
    EXPECT_EQ(now.problems(0).severity(), local::Problem::SEVERITY_WARN);
    EXPECT_THAT(now.problems(0).text(), HasSubstr("The policy test second fails: 1 of 1 cannot"));
    EXPECT_THAT(now.problems(0).remedy(), HasSubstr("weftctl policy tests"));
    EXPECT_EQ(now.state(), local::Connection::STATE_DEGRADED);
    EXPECT_EQ(told_, 1);
}

TEST_F(PolicyTestWatchTest, HasNoProblemWhileAllPass) {
    keep({reach("first", "phone", "nas")});
    begin();
    watch_->noteTests();
    pass(0s);
    work();

    EXPECT_EQ(state().policy_tests().passed(), 1U);
    EXPECT_EQ(state().problems_size(), 0);
    EXPECT_EQ(state().state(), local::Connection::STATE_CONNECTED);
}

TEST_F(PolicyTestWatchTest, FollowsRulesAndEdges) {
    keep({reach("first", "phone", "nas")});
    begin(true);
    watch_->noteTests();
    pass(0s);
    work();
    ASSERT_EQ(state().policy_tests().failed(), 0U);

    putRule(policy::AclAction::Deny);
    pass(kTestAfter);
    EXPECT_EQ(work(), 1U);
    EXPECT_EQ(state().policy_tests().failed(), 1U);

    putRule(policy::AclAction::Accept);
    pass(kTestAfter);
    work();
    EXPECT_EQ(state().policy_tests().failed(), 0U);

    link("nas", "phone", false);
    pass(kTestAfter);
    work();
    EXPECT_EQ(state().policy_tests().failed(), 1U);
    // Only what is told is asked for.
    EXPECT_THAT(known_, ElementsAre(0U));
}

TEST_F(PolicyTestWatchTest, LooksAtSeveralChangesTogether) {
    keep({reach("first", "phone", "nas")});
    begin(true);
    watch_->noteTests();
    pass(0s);
    work();

    putNode("one", 4);
    pass(kTestAfter - 1ms);
    putNode("two", 5);
    EXPECT_EQ(work(), 0U);
    pass(1ms);
    EXPECT_EQ(work(), 1U);
    pass(1h);
    EXPECT_EQ(work(), 0U);
}

TEST_F(PolicyTestWatchTest, RunsOnceMoreForChangesDuringARun) {
    keep({reach("first", "phone", "nas")});
    begin(true);
    watch_->noteTests();
    pass(0s);

    // The worker has a copy: what comes meanwhile is not in it.
    putRule(policy::AclAction::Deny);
    pass(kTestAfter);
    putNode("other", 4);
    pass(kTestAfter);
    EXPECT_EQ(work(), 1U);
    EXPECT_EQ(state().policy_tests().failed(), 0U);

    pass(1h);
    EXPECT_EQ(work(), 1U);
    EXPECT_EQ(state().policy_tests().failed(), 1U);
}

TEST_F(PolicyTestWatchTest, RestsLongerThanARunTook) {
    keep({reach("first", "phone", "nas")});
    begin(true);
    watch_->noteTests();
    pass(0s);
    pass(10s);
    work();

    putNode("other", 4);
    pass(kTestRest * 10s - 1ms);
    EXPECT_EQ(work(), 0U);
    pass(1ms);
    EXPECT_EQ(work(), 1U);
}

TEST_F(PolicyTestWatchTest, AsksForTestsFromTimeToTimeAndSaysWhichItHas) {
    keep({reach("first", "phone", "nas")});
    begin();
    watch_->noteTests();
    pass(0s);
    work();
    EXPECT_THAT(known_, ElementsAre(0U));

    pass(kAskTestsEvery - 1ms);
    EXPECT_THAT(known_, ElementsAre(0U));
    pass(1ms);
    EXPECT_THAT(known_, ElementsAre(0U, 1U));
    // They are the same: nothing runs.
    EXPECT_EQ(work(), 0U);

    keep({reach("first", "guest", "nas")});
    pass(kAskTestsEvery);
    EXPECT_EQ(work(), 1U);
    EXPECT_EQ(state().policy_tests().failed(), 1U);
    EXPECT_THAT(known_, ElementsAre(0U, 1U, 1U));
}

TEST_F(PolicyTestWatchTest, AsksForTestsAfterAChangeOfTheRules) {
    begin();
    watch_->noteTests();
    pass(0s);

    putRule(policy::AclAction::Deny);
    pass(kAskTestsPause - 1ms);
    EXPECT_EQ(known_.size(), 1U);
    pass(1ms);
    EXPECT_EQ(known_.size(), 2U);

    pass(kAskTestsPause);
    putRule(policy::AclAction::Accept);
    pass(kTestAfter);
    EXPECT_EQ(known_.size(), 3U);
    // A node that comes and goes brings no tests along.
    pass(kAskTestsPause);
    putNode("other", 4);
    pass(kTestAfter);
    EXPECT_EQ(known_.size(), 3U);
}

TEST_F(PolicyTestWatchTest, ForgetsWhatCameOfTestsThatAreGone) {
    keep({reach("first", "guest", "nas")});
    begin(true);
    watch_->noteTests();
    pass(0s);
    work();
    ASSERT_EQ(state().policy_tests().failed(), 1U);
    told_ = 0;

    keep({});
    watch_->noteTests();
    pass(0s);

    EXPECT_FALSE(state().has_policy_tests());
    EXPECT_EQ(state().problems_size(), 0);
    EXPECT_EQ(told_, 1);
}

TEST_F(PolicyTestWatchTest, AsksAServerThatCannotDoItNoMore) {
    kept_ = failedPrecondition("only servers that run Weft can");
    begin();
    watch_->noteTests();
    pass(0s);
    putRule(policy::AclAction::Deny);
    pass(1h);
    EXPECT_EQ(known_.size(), 1U);

    // Another one may.
    keep({reach("first", "phone", "nas")});
    watch_->noteTests();
    pass(0s);
    EXPECT_EQ(work(), 1U);
}

TEST_F(PolicyTestWatchTest, KeepsWhatItKnowsWhileNobodyAnswers) {
    keep({reach("first", "phone", "nas")});
    begin();
    watch_->noteTests();
    pass(0s);
    work();

    kept_ = unavailable("no member can be reached");
    pass(kAskTestsEvery);
    pass(kAskTestsEvery);
    EXPECT_EQ(known_.size(), 3U);
    EXPECT_EQ(state().policy_tests().passed(), 1U);
    EXPECT_EQ(state().problems_size(), 0);
}

TEST_F(PolicyTestWatchTest, SaysThatTheTestsDoNotReadUntilTheyDo) {
    kept_ = dataLoss("the tests that the mesh keeps do not read");
    begin();
    watch_->noteTests();
    pass(0s);
    ASSERT_EQ(state().problems_size(), 1);
    EXPECT_THAT(state().problems(0).remedy(), HasSubstr("weftctl policy tests-set"));
    EXPECT_EQ(told_, 1);

    keep({});
    pass(kAskTestsEvery);
    EXPECT_EQ(state().problems_size(), 0);
    EXPECT_EQ(told_, 2);

    // As from a server that is newer.
    kept_->mutable_tests()->add_tests()->set_name("odd");
    kept_->set_revision(9);
    pass(kAskTestsEvery);
    EXPECT_EQ(state().problems_size(), 1);
}

TEST_F(PolicyTestWatchTest, NamesAtMostSoManyFailingTests) {
    std::vector<PolicyTest> tests;
    while (tests.size() < kMaxFailingTests) {
        tests.push_back(reach("t" + std::to_string(tests.size()), "guest", "nas"));
    }
    keep(tests);
    begin(true);
    watch_->noteTests();
    pass(0s);
    work();
    EXPECT_EQ(state().policy_tests().failing_size(), static_cast<int>(kMaxFailingTests));
    EXPECT_EQ(state().problems_size(), static_cast<int>(kMaxFailingTests));

    tests.push_back(reach("last", "guest", "nas"));
    keep(tests);
    watch_->noteTests();
    pass(0s);
    pass(kTestAfter);
    work();
    const auto now = state();
    EXPECT_EQ(now.policy_tests().failed(), kMaxFailingTests + 1);
    EXPECT_EQ(now.policy_tests().failing_size(), static_cast<int>(kMaxFailingTests));
    ASSERT_EQ(now.problems_size(), static_cast<int>(kMaxFailingTests) + 1);
    EXPECT_EQ(now.problems(kMaxFailingTests).text(), "1 more policy tests fail.");
}

TEST_F(PolicyTestWatchTest, TellsNothingOnceItIsClosed) {
    keep({reach("first", "phone", "nas")});
    begin();
    watch_->noteTests();
    pass(0s);
    watch_->close();
    work();
    EXPECT_FALSE(state().has_policy_tests());

    watch_->noteTests();
    putRule(policy::AclAction::Deny);
    pass(1h);
    EXPECT_EQ(known_.size(), 1U);
    EXPECT_EQ(told_, 0);

    // An answer that comes after it has gone.
    begin();
    answers_ = false;
    watch_->noteTests();
    pass(0s);
    watch_.reset();
    answer();
    EXPECT_EQ(work(), 0U);
}

TEST_F(PolicyTestWatchTest, RunsOnAThreadOfItsOwn) {
    keep({reach("first", "phone", "nas")});
    std::promise<void> ran;
    base::AsioLoop loop("test");
    std::unique_ptr<PolicyTestWatch> watch;
    loop.post([&] {
        watch = std::make_unique<PolicyTestWatch>(PolicyTestWatch::Parts{
            .loop = loop,
            .registry = [this] { return &registry_; },
            .ask =
                [this](std::uint64_t /*known*/, const Callback<meshv1::KeptPolicyTests>& done) {
                    done(kept_);
                },
            .changed = [&ran] { ran.set_value(); }});
        watch->noteTests();
    });
    ran.get_future().wait();

    std::promise<std::uint32_t> passed;
    loop.post([&] {
        local::Connection state;
        watch->describe(state);
        // Nobody else looks at it before it is gone.
        watch.reset();
        passed.set_value(state.policy_tests().passed());
    });
    EXPECT_EQ(passed.get_future().get(), 1U);
}

}  // namespace
}  // namespace weft::daemon
