// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/founder_connection.h"
#include "tests/core/daemon/member_connection_fixture.h"

#include "weft/mesh/v1/changes.pb.h"

#include <gmock/gmock.h>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
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

TEST(FounderChangesTest, ChangesTheRulesByItself) {
    tests::TempDir folder;
    tests::FakeTunnels tunnels;
    MetricsBoard board;
    Told told;
    ConnectionSpec spec;
    spec.profileId = "home";
    spec.kind = weft::local::v1::Profile::KIND_FOUNDER;
    spec.folder = folder.path();
    spec.endpoints = {"192.0.2.10"};
    spec.options.mesh.nodeId = "alpha";
    spec.options.wireguard.keyFile = folder / kNodeKeyFile;
    spec.options.storage.provider = config::StorageProvider::Memory;
    spec.options.services.api.disabled = true;
    FounderConnection connection(
        spec,
        ConnectionEvents{
            [&told](Told::Connection state) { told.put(std::move(state)); },
            [](const std::shared_ptr<const PeerList>&) {}},
        &tunnels,
        &board);
    connection.start();
    told.waitFor([](const Told::Connection& state) {
        return state.state() == Told::Connection::STATE_CONNECTED;
    });

    goThrough(connection);
}

}  // namespace
}  // namespace weft::daemon
