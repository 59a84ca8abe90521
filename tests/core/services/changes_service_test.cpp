// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/effect_digest.h"
#include "core/services/changes/convert.h"
#include "core/services/convert.h"
#include "core/services/propagation/convert.h"
#include "tests/core/services/admin_service_fixture.h"

#include "v1/members.pb.h"
#include "weft/mesh/v1/changes.grpc.pb.h"
#include "weft/mesh/v1/propagation.grpc.pb.h"

#include <gmock/gmock.h>

namespace weft::tests {
namespace {

namespace pb = mesh::v1;
using grpc::StatusCode;
using ::testing::HasSubstr;

pb::ObjectEdit edit(const std::string& group, const std::string& member) {
    pb::ObjectEdit edit;
    edit.mutable_object()->set_kind(pb::OBJECT_KIND_GROUP);
    edit.mutable_object()->set_name(group);
    auto* after = edit.mutable_after()->mutable_group();
    after->set_name(group);
    auto* subject = after->add_subjects();
    subject->set_name(member);
    subject->set_type(::v1::SUBJECT_NODE);
    return edit;
}

pb::PolicyTest policyTest(const std::string& name) {
    pb::PolicyTest test;
    test.set_name(name);
    test.set_must(pb::PolicyTest::MUST_REACH);
    test.set_from("*");
    test.set_to("alpha");
    return test;
}

class ChangesServiceTest : public AdminService {
protected:
    std::unique_ptr<pb::Changes::Stub> changes(const std::string& name = "boss") {
        return as<pb::Changes>(name);
    }
    grpc::Status apply(
        const pb::ApplyChangesRequest& request,
        pb::AppliedChange* applied,
        const std::string& by = "boss") {
        Call call;
        return changes(by)->ApplyChanges(&call.context, request, applied);
    }
    pb::KeptPolicyTests policyTests(std::uint64_t known, const std::string& by) {
        Call call;
        pb::GetPolicyTestsRequest request;
        request.set_known_revision(known);
        pb::KeptPolicyTests kept;
        const auto status = changes(by)->GetPolicyTests(&call.context, request, &kept);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return kept;
    }
    std::vector<pb::ChangeRecord> listed() {
        Call call;
        auto reader = changes()->ListChanges(&call.context, {});
        std::vector<pb::ChangeRecord> records;
        pb::ChangeRecord record;
        while (reader->Read(&record)) {
            records.push_back(record);
        }
        EXPECT_TRUE(reader->Finish().ok());
        return records;
    }
};

TEST_F(ChangesServiceTest, TellsWhereAChangeIsInEffect) {
    const auto ask = [this](std::uint64_t change, pb::ChangePropagation* answer) {
        Call call;
        pb::GetPropagationRequest request;
        request.set_change_id(change);
        return as<pb::Propagation>("boss")->GetPropagation(&call.context, request, answer);
    };
    pb::ApplyChangesRequest request;
    *request.add_edits() = edit("laptops", "bravo");
    pb::AppliedChange applied;
    ASSERT_TRUE(apply(request, &applied).ok());

    pb::ChangePropagation answer;
    const auto status = ask(0, &answer);

    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(answer.change_id(), applied.change_id());
    EXPECT_TRUE(answer.has_time());
    // No rule names the group: the server alone knows it.
    EXPECT_EQ(answer.done(), 1U);
    ASSERT_EQ(answer.nodes_size(), 1);
    EXPECT_EQ(answer.nodes(0).node_id(), "alpha");
    EXPECT_EQ(answer.nodes(0).state(), pb::NodePropagation::STATE_DONE);
    EXPECT_EQ(ask(applied.change_id() + 1, &answer).error_code(), StatusCode::NOT_FOUND);
}

TEST(PropagationMessages, ReadWhatTheyWrote) {
    mesh::ChangePropagation propagation;
    propagation.change = 7;
    propagation.time = WallTime(std::chrono::seconds(1'700'000'000));
    propagation.done = 1;
    propagation.pending = 2;
    propagation.unreachable = 3;
    propagation.told = 4;
    propagation.nodes = {
        {mesh::NodeId("bravo"), mesh::EffectState::Unreachable, std::nullopt},
        {mesh::NodeId("carol"), mesh::EffectState::Done, propagation.time}};
    pb::ChangePropagation message;
    services::toProto(propagation, &message);
    EXPECT_EQ(services::propagationOf(message), propagation);

    message.mutable_nodes(0)->set_state(static_cast<pb::NodePropagation::State>(77));
    EXPECT_EQ(services::propagationOf(message).nodes[0].state, mesh::EffectState::Unknown);
    for (std::size_t count = 0; count < mesh::kMaxPropagationNodes; ++count) {
        message.add_nodes();
    }
    EXPECT_EQ(services::propagationOf(message).nodes.size(), mesh::kMaxPropagationNodes);
}

TEST(PropagationMessages, LeaveThePeersOfATunnelAsTheyAre) {
    mesh::PeerSet peers;
    auto& peer = peers.peers.emplace_back();
    peer.node.id = mesh::NodeId("bravo");
    peer.node.publicKey = crypto::NodeKey::generate()->publicKey();
    peer.node.primaryEndpoint = "192.0.2.1:51820";
    peer.node.wireguardEndpoints = {"192.0.2.1:51820", "[2001:db8::1]:51820"};
    for (const auto* text : {"172.16.0.2/32", "fd00::2:0/112", "192.168.7.0/24"}) {
        peer.allowedIps.push_back(net::IpPrefix::parse(text).value());
    }
    peer.allowedRoutes = {peer.allowedIps.back()};
    ::v1::PeerConfigurations message;
    services::toProto(peers, &message);

    EXPECT_EQ(mesh::effectDigest(services::peersOf(message)), mesh::effectDigest(peers));
}

TEST_F(ChangesServiceTest, MakesListsConfirmsAndTakesBack) {
    pb::ApplyChangesRequest request;
    *request.add_edits() = edit("laptops", "bravo");
    *request.add_edits() = edit("cameras", "carol");
    request.set_note("first");
    request.set_revert_after_seconds(600);
    pb::AppliedChange applied;
    const auto status = apply(request, &applied);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_GT(applied.revision(), 0U);
    EXPECT_TRUE(applied.has_revert_at());

    auto records = listed();
    ASSERT_FALSE(records.empty());
    EXPECT_EQ(records[0].id(), applied.change_id());
    EXPECT_EQ(records[0].identity(), "boss");
    EXPECT_EQ(records[0].note(), "first");
    EXPECT_EQ(records[0].objects_size(), 2);
    EXPECT_TRUE(records[0].has_revert_at());
    EXPECT_THAT(records[0].source(), HasSubstr("127.0.0.1"));

    pb::ConfirmChangeRequest confirmation;
    confirmation.set_change_id(applied.change_id());
    pb::ConfirmChangeResponse confirmed;
    Call first;
    EXPECT_TRUE(changes()->ConfirmChange(&first.context, confirmation, &confirmed).ok());
    Call second;
    EXPECT_EQ(
        changes()->ConfirmChange(&second.context, confirmation, &confirmed).error_code(),
        StatusCode::NOT_FOUND);

    pb::RevertChangeRequest revert;
    revert.set_change_id(applied.change_id());
    revert.add_objects()->set_kind(pb::OBJECT_KIND_GROUP);
    revert.mutable_objects(0)->set_name("cameras");
    pb::AppliedChange reverted;
    Call third;
    ASSERT_TRUE(changes()->RevertChange(&third.context, revert, &reverted).ok());
    records = listed();
    EXPECT_EQ(records[0].reverts(), applied.change_id());
    EXPECT_EQ(records[1].reverted_by(0), reverted.change_id());
}

TEST_F(ChangesServiceTest, RefusesWhoMayNotAndWhatIsNone) {
    pb::ApplyChangesRequest request;
    *request.add_edits() = edit("laptops", "bravo");
    pb::AppliedChange applied;
    EXPECT_EQ(apply(request, &applied, "bravo").error_code(), StatusCode::PERMISSION_DENIED);
    Call call;
    auto reader = changes("bravo")->ListChanges(&call.context, {});
    pb::ChangeRecord record;
    EXPECT_FALSE(reader->Read(&record));
    EXPECT_EQ(reader->Finish().error_code(), StatusCode::PERMISSION_DENIED);

    request.mutable_edits(0)->mutable_object()->set_kind(pb::OBJECT_KIND_UNSPECIFIED);
    EXPECT_EQ(apply(request, &applied).error_code(), StatusCode::INVALID_ARGUMENT);
    request.mutable_edits(0)->mutable_object()->set_kind(pb::OBJECT_KIND_ROLE);
    EXPECT_EQ(apply(request, &applied).error_code(), StatusCode::INVALID_ARGUMENT);
    request.clear_edits();
    for (std::size_t number = 0; number <= mesh::kMaxChangeEdits; ++number) {
        *request.add_edits() = edit("g" + std::to_string(number), "bravo");
    }
    EXPECT_EQ(apply(request, &applied).error_code(), StatusCode::RESOURCE_EXHAUSTED);

    pb::RevertChangeRequest revert;
    revert.set_change_id(99);
    Call third;
    EXPECT_EQ(
        changes()->RevertChange(&third.context, revert, &applied).error_code(),
        StatusCode::NOT_FOUND);
}

TEST_F(ChangesServiceTest, KeepsTestsOfTheRules) {
    pb::PutPolicyTestsRequest request;
    *request.mutable_tests()->add_tests() = policyTest("one");
    Call first;
    pb::PutPolicyTestsResponse put;
    const auto status = changes()->PutPolicyTests(&first.context, request, &put);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_GT(put.revision(), 0U);

    auto kept = policyTests(0, "bravo");
    EXPECT_EQ(kept.revision(), put.revision());
    ASSERT_EQ(kept.tests().tests_size(), 1);
    EXPECT_EQ(
        kept.tests().tests(0).SerializeAsString(), request.tests().tests(0).SerializeAsString());
    // Whoever has them is not sent them again.
    kept = policyTests(put.revision(), "bravo");
    EXPECT_EQ(kept.revision(), put.revision());
    EXPECT_FALSE(kept.has_tests());

    Call second;
    EXPECT_EQ(
        changes()->PutPolicyTests(&second.context, request, &put).error_code(),
        StatusCode::ABORTED);
    request.clear_tests();
    request.set_base_revision(kept.revision());
    Call third;
    ASSERT_TRUE(changes()->PutPolicyTests(&third.context, request, &put).ok());
    EXPECT_EQ(put.revision(), 0U);
    kept = policyTests(kept.revision(), "bravo");
    EXPECT_EQ(kept.revision(), 0U);
    EXPECT_TRUE(kept.has_tests());
}

TEST_F(ChangesServiceTest, RefusesTestsOfWhoMayNotAndThatAreNone) {
    const auto errorOf = [&](const pb::PutPolicyTestsRequest& request, const std::string& by) {
        Call call;
        pb::PutPolicyTestsResponse put;
        return changes(by)->PutPolicyTests(&call.context, request, &put);
    };
    pb::PutPolicyTestsRequest request;
    *request.mutable_tests()->add_tests() = policyTest("one");
    EXPECT_EQ(errorOf(request, "bravo").error_code(), StatusCode::PERMISSION_DENIED);

    request.mutable_tests()->mutable_tests(0)->clear_must();
    EXPECT_EQ(errorOf(request, "boss").error_code(), StatusCode::INVALID_ARGUMENT);

    request.mutable_tests()->clear_tests();
    for (std::size_t at = 0; at <= mesh::changes::kMaxPolicyTests; ++at) {
        *request.mutable_tests()->add_tests() = policyTest(std::to_string(at));
    }
    const auto tooMany = errorOf(request, "boss");
    EXPECT_EQ(tooMany.error_code(), StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_THAT(tooMany.error_message(), HasSubstr("501 tests are too many"));
    request.mutable_tests()->mutable_tests()->RemoveLast();
    EXPECT_TRUE(errorOf(request, "boss").ok());
}

TEST(ChangesConvertTest, KeepsEditsAsTheyAre) {
    const auto message = edit("laptops", "bravo");
    const auto read = services::editOf(message);
    ASSERT_TRUE(read.ok()) << read.status();
    pb::ObjectEdit again;
    services::toProto(*read, &again);
    EXPECT_EQ(again.SerializeAsString(), message.SerializeAsString());
    pb::ObjectEdit inverse;
    services::toProto(mesh::changes::inverse(*read), &inverse);
    EXPECT_TRUE(inverse.has_before());
    EXPECT_FALSE(services::editOf(inverse)->after);
}

}  // namespace
}  // namespace weft::tests
