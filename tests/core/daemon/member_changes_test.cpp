// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/founder_connection.h"
#include "tests/core/daemon/member_connection_fixture.h"

#include "weft/mesh/v1/changes.pb.h"

#include <gmock/gmock.h>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
namespace meshv1 = weft::mesh::v1;
using ::testing::HasSubstr;
using weft::mesh::v1::ApplyChangesRequest;
using weft::mesh::v1::ChangeRecord;
using weft::mesh::v1::OBJECT_KIND_GROUP;
using weft::mesh::v1::RevertChangeRequest;
using Applied = weft::mesh::v1::AppliedChange;

ApplyChangesRequest makingGroup(const std::string& name) {
    ApplyChangesRequest request;
    auto* edit = request.add_edits();
    edit->mutable_object()->set_kind(OBJECT_KIND_GROUP);
    edit->mutable_object()->set_name(name);
    auto* group = edit->mutable_after()->mutable_group();
    group->set_name(name);
    group->add_subjects()->set_name("bravo");
    group->mutable_subjects(0)->set_type(::v1::SUBJECT_NODE);
    return request;
}

/// What comes of one call.
template <typename T>
StatusOr<T> answerOf(const std::function<void(Callback<T>)>& ask) {
    auto promise = std::make_shared<std::promise<StatusOr<T>>>();
    auto future = promise->get_future();
    ask([promise](StatusOr<T> value) { promise->set_value(std::move(value)); });
    return future.wait_for(tests::kPatience) == std::future_status::ready
               ? future.get()
               : StatusOr<T>(deadlineExceeded("no answer"));
}
Status statusOf(const std::function<void(StatusCallback)>& ask) {
    auto promise = std::make_shared<std::promise<Status>>();
    auto future = promise->get_future();
    ask([promise](const Status& status) { promise->set_value(status); });
    return future.wait_for(tests::kPatience) == std::future_status::ready
               ? future.get()
               : deadlineExceeded("no answer");
}

/// A change is made, listed, confirmed and taken back through `mesh`.
void goThrough(MeshChanges& mesh) {
    auto request = makingGroup("laptops");
    request.set_revert_after_seconds(600);
    const auto applied =
        answerOf<Applied>([&](auto done) { mesh.applyChanges(request, std::move(done)); });
    ASSERT_TRUE(applied.ok()) << applied.status();
    EXPECT_TRUE(applied->has_revert_at());
    const auto id = applied->change_id();
    EXPECT_EQ(
        statusOf([&](auto done) { mesh.confirmChange(id + 1, done); }).code(),
        StatusCode::kNotFound);
    EXPECT_TRUE(statusOf([&](auto done) { mesh.confirmChange(id, done); }).ok());

    RevertChangeRequest revert;
    revert.set_change_id(id);
    const auto reverted =
        answerOf<Applied>([&](auto done) { mesh.revertChange(revert, std::move(done)); });
    ASSERT_TRUE(reverted.ok()) << reverted.status();
    const auto listed = answerOf<std::vector<ChangeRecord>>(
        [&](auto done) { mesh.listChanges({}, std::move(done)); });
    ASSERT_TRUE(listed.ok()) << listed.status();
    ASSERT_GE(listed->size(), 2U);
    EXPECT_EQ(listed->at(0).id(), reverted->change_id());
    EXPECT_EQ(listed->at(0).reverts(), id);
    EXPECT_EQ(listed->at(1).reverted_by(0), reverted->change_id());

    auto bad = makingGroup("cameras");
    bad.mutable_edits(0)->mutable_object()->set_name("other");
    const auto refused =
        answerOf<Applied>([&](auto done) { mesh.applyChanges(bad, std::move(done)); });
    EXPECT_EQ(refused.status().code(), StatusCode::kInvalidArgument);
}

TEST_F(MemberConnectionTest, ChangesTheRulesAtTheServerThatItUses) {
    giveCertificate(0h, 24h * 90);
    start();
    told_.waitFor(
        [](const Connection& state) { return state.state() == Connection::STATE_CONNECTED; });
    const auto refused = answerOf<Applied>(
        [&](auto done) { connection_->applyChanges(makingGroup("mine"), std::move(done)); });
    EXPECT_EQ(refused.status().code(), StatusCode::kPermissionDenied);
    const auto granted = fixture_.await<StatusOr<mesh::WriteReport>>([&](const auto& done) {
        const mesh::policy::RoleBinding binding{
            "more", "mesh-admin", {{"bravo", mesh::policy::SubjectKind::Node}}};
        fixture_.administration->put(binding, std::nullopt, tests::callerNamed("boss"), done);
    });
    ASSERT_TRUE(granted.ok()) << granted.status();

    // The history is for the administrator alone: what else it takes is a role.
    auto request = makingGroup("laptops");
    const auto applied =
        answerOf<Applied>([&](auto done) { connection_->applyChanges(request, std::move(done)); });
    ASSERT_TRUE(applied.ok()) << applied.status();
    EXPECT_GT(applied->change_id(), 0U);
    RevertChangeRequest revert;
    revert.set_change_id(applied->change_id());
    EXPECT_TRUE(answerOf<Applied>([&](auto done) {
                    connection_->revertChange(revert, std::move(done));
                }).ok());
    EXPECT_EQ(
        statusOf([&](auto done) { connection_->confirmChange(1, done); }).code(),
        StatusCode::kNotFound);
}

meshv1::PutPolicyTestsRequest puttingTest(
    meshv1::PolicyTest::Must must, const std::string& from, const std::string& to) {
    meshv1::PutPolicyTestsRequest request;
    auto* test = request.mutable_tests()->add_tests();
    test->set_name("first");
    test->set_must(must);
    test->set_from(from);
    test->set_to(to);
    return request;
}

StatusOr<meshv1::PutPolicyTestsResponse> answerTo(
    MeshChanges& mesh, const meshv1::PutPolicyTestsRequest& request) {
    return answerOf<meshv1::PutPolicyTestsResponse>(
        [&](auto done) { mesh.putPolicyTests(request, std::move(done)); });
}

StatusOr<meshv1::KeptPolicyTests> keptBy(MeshChanges& mesh) {
    return answerOf<meshv1::KeptPolicyTests>(
        [&](auto done) { mesh.policyTests({}, std::move(done)); });
}

TEST_F(MemberConnectionTest, RunsTheTestsThatAreKeptWithTheMesh) {
    const auto put = fixture_.await<StatusOr<storage::Revision>>([&](const auto& done) {
        fixture_.changes->policyTests().put(
            {{"first", mesh::changes::Expectation::NotReach, "bravo", "alpha"}},
            0,
            tests::callerNamed("boss"),
            done);
    });
    ASSERT_TRUE(put.ok()) << put.status();
    giveCertificate(0h, 24h * 90);
    start();
    const auto failing =
        told_.waitFor([](const Connection& state) { return state.policy_tests().failed() == 1; });
    EXPECT_EQ(failing.policy_tests().failing(0).name(), "first");
    EXPECT_THAT(failing.policy_tests().failing(0).text(), HasSubstr("bravo to alpha"));

    auto request = puttingTest(meshv1::PolicyTest::MUST_REACH, "bravo", "alpha");
    request.set_base_revision(*put);
    EXPECT_EQ(answerTo(*connection_, request).status().code(), StatusCode::kPermissionDenied);
    const auto granted = fixture_.await<StatusOr<mesh::WriteReport>>([&](const auto& done) {
        const mesh::policy::RoleBinding binding{
            "more", "mesh-admin", {{"bravo", mesh::policy::SubjectKind::Node}}};
        fixture_.administration->put(binding, std::nullopt, tests::callerNamed("boss"), done);
    });
    ASSERT_TRUE(granted.ok()) << granted.status();
    // What is written here is followed here at once.
    const auto written = answerTo(*connection_, request);
    ASSERT_TRUE(written.ok()) << written.status();
    EXPECT_EQ(keptBy(*connection_)->revision(), written->revision());
    const auto passing =
        told_.waitFor([](const Connection& state) { return state.policy_tests().passed() == 1; });
    EXPECT_EQ(passing.policy_tests().passed(), 1U);
    EXPECT_EQ(passing.policy_tests().failed(), 0U);
}

using meshv1::ChangePropagation;

StatusOr<ChangePropagation> propagationBy(MeshChanges& mesh) {
    return answerOf<ChangePropagation>([&](auto done) { mesh.propagation(0, std::move(done)); });
}

meshv1::NodePropagation::State stateOf(
    const StatusOr<ChangePropagation>& propagation, const std::string& id) {
    for (const auto& node : propagation.ok() ? propagation->nodes() : ChangePropagation().nodes()) {
        if (node.node_id() == id) {
            return node.state();
        }
    }
    return meshv1::NodePropagation::STATE_UNSPECIFIED;
}

class PropagationOfAMember : public MemberConnectionTest {
protected:
    /// A rule that "boss" makes and that is about bravo.
    void change(std::int32_t priority) {
        const auto applied = fixture_.await<StatusOr<mesh::AppliedChange>>([&](const auto& done) {
            mesh::policy::NetworkAcl rule;
            rule.name = "quiet";
            rule.action = mesh::policy::AclAction::Deny;
            rule.sourceNodes = {"bravo"};
            rule.destinationNodes = {"carol"};
            rule.priority = priority;
            mesh::changes::Edit edit{{mesh::policy::ObjectKind::NetworkAcl, "quiet"}, {}, rule};
            if (priority > 1) {
                --rule.priority;
                edit.before = rule;
            }
            fixture_.changes->apply({edit}, "", 0s, tests::callerNamed("boss"), done);
        });
        ASSERT_TRUE(applied.ok()) << applied.status();
    }
    mesh::EffectState stateNow() {
        auto state = mesh::EffectState::Unknown;
        fixture_.onLoop([&] {
            const auto answer = fixture_.host->propagation().get(0, tests::callerNamed("boss"));
            for (const auto& node : answer.ok() ? answer->nodes : decltype(answer->nodes)()) {
                state = node.node == mesh::NodeId("bravo") ? node.state : state;
            }
        });
        return state;
    }
    bool waitUntil(mesh::EffectState wanted) {
        const auto end = std::chrono::steady_clock::now() + tests::kPatience;
        while (stateNow() != wanted && std::chrono::steady_clock::now() < end) {
        }
        return stateNow() == wanted;
    }
    int filtersGiven() const { return tunnels_.newest().filtersGiven; }
};

TEST_F(PropagationOfAMember, IsDoneOnceItsTunnelHasTakenTheRules) {
    giveCertificate(0h, 24h * 90);
    start();
    told_.waitFor(
        [](const Connection& state) { return state.state() == Connection::STATE_CONNECTED; });
    change(1);
    EXPECT_TRUE(waitUntil(mesh::EffectState::Done));

    tunnels_.refuseFilter(unavailable("no"));
    const auto before = filtersGiven();
    change(2);
    tunnels_.waitFor(
        [before](const tests::FakeTunnelLog& log) { return log.filtersGiven > before; });
    EXPECT_EQ(stateNow(), mesh::EffectState::Pending);
    tunnels_.refuseFilter(okStatus());
    change(3);

    EXPECT_TRUE(waitUntil(mesh::EffectState::Done));
    connection_.reset();
    EXPECT_TRUE(waitUntil(mesh::EffectState::Unreachable));
}

TEST_F(PropagationOfAMember, IsToldToAdministratorsAlone) {
    giveCertificate(0h, 24h * 90);
    start();
    told_.waitFor(
        [](const Connection& state) { return state.state() == Connection::STATE_CONNECTED; });

    EXPECT_EQ(propagationBy(*connection_).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(PropagationOfAMember, IsWhatItWasToldWithoutATunnel) {
    spec_.options.weft.tunnel = false;
    giveCertificate(0h, 24h * 90);
    start();
    told_.waitFor(
        [](const Connection& state) { return state.state() != Connection::STATE_CONNECTING; });

    change(1);

    EXPECT_TRUE(waitUntil(mesh::EffectState::Done));
}

/// A founder of a mesh in memory, which listens nowhere.
class FounderChangesTest : public ::testing::Test {
protected:
    FounderChangesTest() {
        spec_.profileId = "home";
        spec_.kind = weft::local::v1::Profile::KIND_FOUNDER;
        spec_.folder = folder_.path();
        spec_.endpoints = {"192.0.2.10"};
        spec_.options.mesh.nodeId = "alpha";
        spec_.options.wireguard.keyFile = folder_ / kNodeKeyFile;
        spec_.options.storage.provider = config::StorageProvider::Memory;
        spec_.options.services.api.disabled = true;
        connection_ = std::make_unique<FounderConnection>(
            spec_,
            ConnectionEvents{
                [this](Told::Connection state) { told_.put(std::move(state)); },
                [](const std::shared_ptr<const PeerList>&) {}},
            &tunnels_,
            &board_);
        connection_->start();
        told_.waitFor([](const Told::Connection& state) {
            return state.state() == Told::Connection::STATE_CONNECTED;
        });
    }
    ~FounderChangesTest() override { connection_.reset(); }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::TempDir folder_;
    tests::FakeTunnels tunnels_;
    MetricsBoard board_;
    Told told_;
    ConnectionSpec spec_;
    std::unique_ptr<FounderConnection> connection_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(FounderChangesTest, ChangesTheRulesByItself) {
    goThrough(*connection_);
}

TEST_F(FounderChangesTest, KnowsWhereAChangeIsInEffect) {
    EXPECT_EQ(
        answerOf<ChangePropagation>(
            [&](auto done) { connection_->propagation(1000, std::move(done)); })
            .status()
            .code(),
        StatusCode::kNotFound);
    ASSERT_TRUE(answerOf<Applied>([&](auto done) {
                    connection_->applyChanges(makingGroup("laptops"), std::move(done));
                }).ok());

    const auto end = std::chrono::steady_clock::now() + tests::kPatience;
    auto propagation = propagationBy(*connection_);
    while (stateOf(propagation, "alpha") != meshv1::NodePropagation::STATE_DONE
           && std::chrono::steady_clock::now() < end) {
        propagation = propagationBy(*connection_);
    }

    ASSERT_TRUE(propagation.ok()) << propagation.status();
    EXPECT_EQ(propagation->done(), 1U);
    EXPECT_EQ(propagation->nodes_size(), 1);
}

TEST_F(FounderChangesTest, RunsTheTestsThatItKeeps) {
    auto request = puttingTest(meshv1::PolicyTest::MUST_REACH, "alpha", "bravo");
    const auto written = answerTo(*connection_, request);
    ASSERT_TRUE(written.ok()) << written.status();
    const auto failing = told_.waitFor(
        [](const Told::Connection& state) { return state.policy_tests().failed() == 1; });
    ASSERT_EQ(failing.policy_tests().failing_size(), 1);
    EXPECT_THAT(failing.policy_tests().failing(0).text(), HasSubstr("there is no node bravo"));
    EXPECT_EQ(failing.state(), Told::Connection::STATE_DEGRADED);
    EXPECT_THAT(
        failing.problems(failing.problems_size() - 1).text(), HasSubstr("test first fails"));

    const auto kept = keptBy(*connection_);
    ASSERT_TRUE(kept.ok()) << kept.status();
    EXPECT_EQ(kept->revision(), written->revision());
    EXPECT_EQ(kept->tests().tests(0).to(), "bravo");
    EXPECT_EQ(answerTo(*connection_, request).status().code(), StatusCode::kAborted);
    request.mutable_tests()->mutable_tests(0)->clear_must();
    EXPECT_EQ(answerTo(*connection_, request).status().code(), StatusCode::kInvalidArgument);

    request.clear_tests();
    request.set_base_revision(kept->revision());
    EXPECT_EQ(answerTo(*connection_, request)->revision(), 0U);
    const auto gone =
        told_.waitFor([](const Told::Connection& state) { return !state.has_policy_tests(); });
    EXPECT_FALSE(gone.has_policy_tests());
}

}  // namespace
}  // namespace weft::daemon
