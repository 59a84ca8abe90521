// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/planning/draft_store.h"

#include "core/base/file.h"
#include "core/daemon/planning/draft_desk.h"
#include "core/mesh/change_record.h"
#include "tests/support/temp_dir.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <future>

#include <sys/stat.h>

namespace weft::daemon {
namespace {

using mesh::changes::Edit;
using mesh::policy::Group;
using mesh::policy::SubjectKind;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Edit made(const std::string& name, const std::string& member = "a") {
    const mesh::PolicyObject object = Group{name, {{member, SubjectKind::Node}}};
    return {mesh::refOf(object), std::nullopt, mesh::changes::canonical(object)};
}

WallTime time(int seconds) {
    return WallTime(std::chrono::seconds(1'700'000'000 + seconds));
}

class DraftStoreTest : public ::testing::Test {
protected:
    std::filesystem::path fileOf(const DraftKey& key) const {
        return folder_.path() / key.profile / "drafts" / "uid-1000.json";
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::TempDir folder_;
    DraftStore store_{folder_.path()};
    const DraftKey ann_{"home", "uid 1000"};
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(DraftStoreTest, KeepsOneForEachUserAndProfile) {
    EXPECT_EQ(store_.load(ann_).value(), StoredDraft());
    const StoredDraft draft{{made("g")}, 3, time(5)};
    ASSERT_TRUE(store_.save(ann_, draft).ok());
    EXPECT_EQ(store_.load(ann_).value(), draft);
    EXPECT_EQ(store_.load({"home", "uid 0"}).value(), StoredDraft());
    EXPECT_EQ(store_.load({"office", "uid 1000"}).value(), StoredDraft());

    struct stat info {};
    ASSERT_EQ(::stat(fileOf(ann_).c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(DraftStoreTest, LeavesADamagedFileAlone) {
    ASSERT_TRUE(store_.save(ann_, {{made("g")}, 1, time(0)}).ok());
    for (const char* text :
         {"",
          "{}",
          "weft-draft 1\n{",
          "weft-draft 1\n{\"edits\":[{\"object\":{\"kind\":77}}]}",
          "weft-draft 1\n{\"edits\":[{\"object\":{\"kind\":\"OBJECT_KIND_GROUP\"}}]}",
          "weft-draft 1\n{\"other\":1}"}) {
        ASSERT_TRUE(base::writeFileAtomically(fileOf(ann_), text).ok());
        const auto loaded = store_.load(ann_);
        EXPECT_EQ(loaded.status().code(), StatusCode::kDataLoss) << text;
        EXPECT_THAT(std::string(messageOf(loaded.status())), HasSubstr("uid-1000.json"));
        EXPECT_EQ(base::readFile(fileOf(ann_), 1000).value(), text);
    }
    ASSERT_TRUE(base::writeFileAtomically(fileOf(ann_), "weft-draft 2\n{}").ok());
    EXPECT_EQ(store_.load(ann_).status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(DraftStoreTest, RefusesWhatIsTooLargeAndTooMany) {
    ASSERT_TRUE(store_.save(ann_, {{made("g")}, 1, time(0)}).ok());
    StoredDraft large{{}, 2, time(1)};
    Group group{"large", {}};
    for (std::size_t bytes = 0; bytes < kMaxDraftBytes; bytes += 200) {
        group.subjects.push_back({std::string(200, 'n'), SubjectKind::Node});
    }
    const mesh::PolicyObject object = group;
    large.edits.push_back({mesh::refOf(object), std::nullopt, object});
    EXPECT_EQ(store_.save(ann_, large).code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(store_.load(ann_)->number, 1U);

    for (std::size_t user = 1; user < kMaxDraftsPerProfile; ++user) {
        ASSERT_TRUE(store_.save({"home", fmt::format("uid {}", user)}, {{}, 1, time(0)}).ok());
    }
    EXPECT_EQ(
        store_.save({"home", "uid 5000"}, {{}, 1, time(0)}).code(), StatusCode::kResourceExhausted);
    EXPECT_TRUE(store_.save(ann_, {{}, 2, time(0)}).ok());
}

TEST_F(DraftStoreTest, StaysInItsFolder) {
    for (const char* user : {"", "../x", "uid/1", "Uid 1"}) {
        EXPECT_EQ(
            store_.save({"home", user}, {{}, 1, time(0)}).code(), StatusCode::kInvalidArgument)
            << user;
    }
    EXPECT_EQ(store_.load({"../home", "uid 1"}).status().code(), StatusCode::kInvalidArgument);
}

template <typename Value>
class Waiting {
public:
    Callback<Value> callback() {
        return
            [promise = promise_](StatusOr<Value> value) { promise->set_value(std::move(value)); };
    }
    StatusOr<Value> get() { return promise_->get_future().get(); }

private:
    std::shared_ptr<std::promise<StatusOr<Value>>> promise_ =
        std::make_shared<std::promise<StatusOr<Value>>>();
};

class DraftDeskTest : public DraftStoreTest {
protected:
    StatusOr<StoredDraft> put(std::vector<Edit> edits, std::optional<std::uint64_t> base = {}) {
        Waiting<StoredDraft> waiting;
        desk_.write(
            ann_,
            base,
            [&edits](const StoredDraft& /*old*/) -> StatusOr<std::vector<Edit>> { return edits; },
            waiting.callback());
        return waiting.get();
    }
    StatusOr<StoredDraft> clear() {
        Waiting<StoredDraft> waiting;
        desk_.clear(ann_, std::nullopt, waiting.callback());
        return waiting.get();
    }

    // NOLINTNEXTLINE(misc-non-private-member-variables-in-classes): a fixture
    DraftDesk desk_{DraftStore(folder_.path())};
};

TEST_F(DraftDeskTest, CountsWritesAndTellsThemApart) {
    EXPECT_EQ(put({made("g")})->number, 1U);
    EXPECT_EQ(put({made("g")})->number, 1U);
    EXPECT_EQ(put({made("h")}, 1)->number, 2U);
    EXPECT_EQ(put({made("i")}, 1).status().code(), StatusCode::kAborted);
    EXPECT_EQ(store_.load(ann_)->edits, std::vector<Edit>{made("h")});

    const auto empty = clear();
    ASSERT_TRUE(empty.ok());
    EXPECT_THAT(empty->edits, IsEmpty());
    // A number never comes again, or somebody would apply what they have not seen.
    EXPECT_EQ(empty->number, 3U);
    EXPECT_EQ(put({made("g")})->number, 4U);
}

TEST_F(DraftDeskTest, BeginsAnewAfterADamagedOne) {
    ASSERT_TRUE(put({made("g")}).ok());
    ASSERT_TRUE(base::writeFileAtomically(fileOf(ann_), "no draft").ok());
    EXPECT_EQ(put({made("h")}).status().code(), StatusCode::kDataLoss);
    const auto fresh = clear();
    ASSERT_TRUE(fresh.ok());
    // The damaged one cannot have had that many writes.
    EXPECT_GT(fresh->number, 1'000'000U);
    EXPECT_TRUE(put({made("h")}).ok());
}

TEST_F(DraftDeskTest, TakesAsManyEditsAsTheMeshDoes) {
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < mesh::kMaxChangeEdits; ++i) {
        edits.push_back(made(fmt::format("g{}", i)));
    }
    EXPECT_TRUE(put(edits).ok());
    edits.push_back(made("more"));
    EXPECT_EQ(put(edits).status().code(), StatusCode::kResourceExhausted);
    EXPECT_THAT(store_.load(ann_)->edits, SizeIs(mesh::kMaxChangeEdits));
}

}  // namespace
}  // namespace weft::daemon
