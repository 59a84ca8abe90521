// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/drafts_service.h"

#include "tests/core/daemon/planning_socket_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class DraftsServiceTest : public PlanningSocketFixture {
protected:
    void begin() {
        PlanningSocketFixture::begin();
        stub_ = local::Drafts::NewStub(server_->inProcessChannel());
    }
    ~DraftsServiceTest() override { stub_.reset(); }

    local::Draft draft() {
        grpc::ClientContext context;
        local::Draft answer;
        const auto status = stub_->GetDraft(&context, local::GetDraftRequest(), &answer);
        EXPECT_TRUE(status.ok()) << status.error_message();
        return answer;
    }
    grpc::Status add(
        const std::vector<meshv1::ObjectEdit>& edits, std::optional<std::uint64_t> base = {}) {
        grpc::ClientContext context;
        local::EditDraftRequest request;
        request.mutable_edits()->Add(edits.begin(), edits.end());
        if (base) {
            request.set_base_number(*base);
        }
        local::Draft answer;
        return stub_->EditDraft(&context, request, &answer);
    }
    grpc::Status apply(std::optional<std::uint64_t> base = {}) {
        grpc::ClientContext context;
        local::ApplyDraftRequest request;
        request.set_note("why");
        request.set_revert_after_seconds(30);
        if (base) {
            request.set_base_number(*base);
        }
        return stub_->ApplyDraft(&context, request, &applied_);
    }
    static mesh::PolicyObject wall(std::int32_t priority) {
        return mesh::changes::tests::deny("wall", priority, {"a"}, {"b"});
    }
    grpc::Status rebase(bool mine) {
        grpc::ClientContext context;
        local::RebaseDraftRequest request;
        auto* object = mine ? request.add_keep_mine() : request.add_take_theirs();
        object->set_kind(meshv1::OBJECT_KIND_NETWORK_ACL);
        object->set_name("wall");
        local::Draft answer;
        return stub_->RebaseDraft(&context, request, &answer);
    }
    /// A draft of a change that somebody else's goes against.
    void conflict() {
        world_.policy.put(wall(1));
        connect();
        ASSERT_TRUE(add({edit(wall(1), wall(2))}).ok());
        world_.policy.put(wall(3));
        showMesh();
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    std::unique_ptr<local::Drafts::Stub> stub_;
    meshv1::AppliedChange applied_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(DraftsServiceTest, CollectsEditsWithoutAConnection) {
    begin();
    EXPECT_EQ(draft().number(), 0U);
    ASSERT_TRUE(add({edit(std::nullopt, group({"a"}))}).ok());
    ASSERT_TRUE(add({edit(group({"a"}), group({"b"}))}).ok());
    const auto collected = draft();
    EXPECT_EQ(collected.number(), 2U);
    ASSERT_THAT(collected.edits(), SizeIs(1));
    EXPECT_FALSE(collected.edits(0).has_before());
    EXPECT_EQ(collected.edits(0).after().group().subjects(0).name(), "b");
    EXPECT_EQ(add({edit(std::nullopt, group({"x"}))}, 1).error_code(), grpc::StatusCode::ABORTED);
    EXPECT_EQ(apply().error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(rebase(true).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(draft().number(), 2U);
}

TEST_F(DraftsServiceTest, IsOfOneUserAlone) {
    begin();
    ASSERT_TRUE(add({edit(std::nullopt, group({"a"}))}).ok());
    auto other = LocalServer::create(loop_, parts_, {"uid 77", api::Grade::Administer, 4});
    ASSERT_TRUE(other.ok()) << other.status();
    const auto theirs = local::Drafts::NewStub((*other)->inProcessChannel());
    local::Draft seen;
    grpc::ClientContext reading;
    ASSERT_TRUE(theirs->GetDraft(&reading, local::GetDraftRequest(), &seen).ok());
    EXPECT_EQ(seen.number(), 0U);
    grpc::ClientContext discarding;
    ASSERT_TRUE(theirs->DiscardDraft(&discarding, local::DiscardDraftRequest(), &seen).ok());
    EXPECT_THAT(draft().edits(), SizeIs(1));
}

TEST_F(DraftsServiceTest, SurvivesTheServer) {
    begin();
    ASSERT_TRUE(add({edit(std::nullopt, group({"a"}))}).ok());
    stub_.reset();
    server_.reset();
    begin();
    EXPECT_THAT(draft().edits(), SizeIs(1));
}

TEST_F(DraftsServiceTest, EndsWithItsChange) {
    begin();
    connect();
    EXPECT_EQ(apply().error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    ASSERT_TRUE(add({edit(std::nullopt, group({"a"}))}).ok());
    EXPECT_EQ(apply(7).error_code(), grpc::StatusCode::ABORTED);
    ASSERT_TRUE(apply(1).ok());
    EXPECT_EQ(connection().applied.note(), "why");
    EXPECT_EQ(connection().applied.revert_after_seconds(), 30U);
    ASSERT_THAT(connection().applied.edits(), SizeIs(1));
    EXPECT_THAT(draft().edits(), SizeIs(0));
}

TEST_F(DraftsServiceTest, StaysWhenItsChangeIsRefused) {
    begin();
    connect();
    ASSERT_TRUE(add({edit(std::nullopt, group({"a"}))}).ok());
    onLoop([this] { connection().applyRefusal = permissionDenied("you may not"); });
    EXPECT_EQ(apply().error_code(), grpc::StatusCode::PERMISSION_DENIED);
    EXPECT_THAT(draft().edits(), SizeIs(1));
}

TEST_F(DraftsServiceTest, AsksTheMeshWhetherEverythingIsSoAlready) {
    begin();
    connect();
    ASSERT_TRUE(add({edit(std::nullopt, group({"a"}))}).ok());
    world_.policy.put(group({"a"}));
    showMesh();
    // The records of this node may be older than those of the server, which knows.
    ASSERT_TRUE(apply().ok());
    ASSERT_THAT(connection().applied.edits(), SizeIs(1));
    EXPECT_FALSE(connection().applied.edits(0).has_before());
    EXPECT_THAT(draft().edits(), SizeIs(0));
}

TEST_F(DraftsServiceTest, RefusesAChangeThatNoServerTakes) {
    begin();
    connect();
    mesh::policy::Group large{"team", {}};
    for (std::size_t bytes = 0; bytes <= (std::size_t{1} << 20); bytes += 100) {
        large.subjects.push_back({fmt::format("{:0100}", bytes), mesh::policy::SubjectKind::Node});
    }
    ASSERT_TRUE(add({edit(std::nullopt, large)}).ok());
    EXPECT_EQ(apply().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_THAT(draft().edits(), SizeIs(1));
}

TEST_F(DraftsServiceTest, TellsConflictsAndMakesNothing) {
    begin();
    conflict();
    const auto kept = draft();
    ASSERT_THAT(kept.conflicts(), SizeIs(1));
    EXPECT_EQ(kept.conflicts(0).base().network_acl().priority(), 1);
    EXPECT_EQ(kept.conflicts(0).mine().network_acl().priority(), 2);
    EXPECT_EQ(kept.conflicts(0).theirs().network_acl().priority(), 3);
    const auto refused = apply();
    EXPECT_EQ(refused.error_code(), grpc::StatusCode::ABORTED);
    EXPECT_THAT(refused.error_message(), HasSubstr("networkacl wall"));
    EXPECT_THAT(connection().applied.edits(), SizeIs(0));
    EXPECT_THAT(draft().edits(), SizeIs(1));
}

TEST_F(DraftsServiceTest, KeepsMineOrTakesTheirs) {
    begin();
    conflict();
    ASSERT_TRUE(rebase(true).ok());
    const auto mine = draft();
    EXPECT_THAT(mine.conflicts(), SizeIs(0));
    EXPECT_EQ(mine.edits(0).before().network_acl().priority(), 3);
    EXPECT_EQ(rebase(true).error_code(), grpc::StatusCode::NOT_FOUND);
    ASSERT_TRUE(apply().ok());
    EXPECT_EQ(connection().applied.edits(0).after().network_acl().priority(), 2);
}

TEST_F(DraftsServiceTest, LeavesWhatOthersMadeOfIt) {
    begin();
    conflict();
    ASSERT_TRUE(rebase(false).ok());
    EXPECT_THAT(draft().edits(), SizeIs(0));
}

TEST_F(DraftsServiceTest, IsDiscardedWholeOrInPart) {
    begin();
    ASSERT_TRUE(add({edit(std::nullopt, group({"a"})), edit(std::nullopt, wall(1))}).ok());
    local::DiscardDraftRequest request;
    auto* object = request.add_objects();
    object->set_kind(meshv1::OBJECT_KIND_NETWORK_ACL);
    object->set_name("wall");
    local::Draft left;
    grpc::ClientContext part;
    ASSERT_TRUE(stub_->DiscardDraft(&part, request, &left).ok());
    ASSERT_THAT(left.edits(), SizeIs(1));
    EXPECT_EQ(left.edits(0).object().name(), "team");
    request.clear_objects();
    grpc::ClientContext whole;
    ASSERT_TRUE(stub_->DiscardDraft(&whole, request, &left).ok());
    EXPECT_THAT(left.edits(), SizeIs(0));
}

}  // namespace
}  // namespace weft::daemon
