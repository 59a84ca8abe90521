// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_folder.h"

#include "app/cli/policy_document.h"
#include "core/base/file.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

namespace weft::cli {
namespace {

namespace fs = std::filesystem;
using mesh::changes::PolicyFile;
using mesh::changes::PolicySet;
using mesh::policy::Group;
using mesh::policy::SubjectKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PolicyFolderTest : public testing::Test {
protected:
    fs::path root() const { return temp_ / "rules"; }

    void write(const std::string& path, const std::string& text) const {
        fs::create_directories((root() / path).parent_path());
        ASSERT_TRUE(base::writeFileAtomically(root() / path, text).ok());
    }
    PolicyFolder read(const PolicyFolderLimits& limits = {}) const {
        auto folder = readPolicyFolder(root(), limits);
        EXPECT_TRUE(folder.ok()) << messageOf(folder.status());
        return folder.ok() ? *std::move(folder) : PolicyFolder{};
    }
    Status errorOf(const PolicyFolderLimits& limits = {}) const {
        return readPolicyFolder(root(), limits).status();
    }
    PolicyFolderWrite put(const std::vector<PolicyFile>& files) const {
        auto done = writePolicyFolder(root(), files);
        EXPECT_TRUE(done.ok()) << messageOf(done.status());
        return done.ok() ? *std::move(done) : PolicyFolderWrite{};
    }
    /// What lies beside the folder.
    std::vector<std::string> beside() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(temp_.path())) {
            names.push_back(entry.path().filename());
        }
        return names;
    }

    tests::TempDir temp_;
};

/// An object of each kind.
PolicySet someObjects() {
    namespace policy = mesh::policy;
    PolicySet set;
    set.put(
        policy::Role{"ops", {{{policy::Resource::All}, {"no", "\xC3\xA9"}, {policy::Verb::Put}}}});
    set.put(policy::RoleBinding{"ops", "ops", {{"*", SubjectKind::All}}});
    set.put(Group{"laptops", {{"1e3", SubjectKind::Node}, {"~", SubjectKind::User}}});
    set.put(policy::NetworkAcl{
        "all", -3, policy::AclAction::Deny, {"group:laptops"}, {"*"}, {}, {"10.0.0.0/8"}});
    set.put(storage::RouteRecord{"office", "null", {*net::IpPrefix::parse("fd00::/8")}, "m"});
    set.put(storage::EdgeRecord{
        storage::NodeId("a"), storage::NodeId("b"), 3, {{"EDGE_ATTRIBUTE_ICE", "true"}}});
    return set;
}

TEST_F(PolicyFolderTest, HoldsWhatWasWritten) {
    const auto files = exportFiles(someObjects());

    const auto first = put(files);
    const auto again = put(files);

    EXPECT_EQ(first.written, 6U);
    EXPECT_EQ(again.written, 0U);
    EXPECT_EQ(again.unchanged, 6U);
    EXPECT_EQ(*mesh::changes::importFiles(read().files), someObjects());
    EXPECT_THAT(read().foreign.named, IsEmpty());
    EXPECT_THAT(beside(), ElementsAre("rules"));
}

TEST_F(PolicyFolderTest, HoldsFilesAsGetWritesThemAndPutTakesThem) {
    for (const auto& file : exportFiles(someObjects())) {
        const auto taken = parsePolicyFile(file.text, file.path, std::nullopt);
        ASSERT_TRUE(taken.ok()) << messageOf(taken.status());
        ASSERT_EQ(taken->size(), 1U);
        // Apart from the names of attributes, which are quoted.
        if (!std::holds_alternative<api::MeshEdge>(taken->front().object)) {
            EXPECT_EQ(describe(taken->front().object, std::nullopt).toYaml(), file.text);
        }
    }
}

TEST_F(PolicyFolderTest, TakesFilesOfRemovedObjectsAwayAndNoOthers) {
    auto set = someObjects();
    put(exportFiles(set));
    write("README.md", "ours");
    write(".git/config", "ours");
    write("groups/notes.txt", "ours");
    write("groups/broken.yaml", "name: [");
    write("groups/other.yaml", "name: another");
    ASSERT_TRUE(set.remove({mesh::policy::ObjectKind::Group, "laptops"}));
    ASSERT_TRUE(set.remove({mesh::policy::ObjectKind::Route, "office"}));
    set.put(Group{"new", {{"a", SubjectKind::Node}}});

    const auto done = put(exportFiles(set));

    EXPECT_EQ(done.written, 1U);
    EXPECT_EQ(done.removed, 2U);
    EXPECT_EQ(done.unchanged, 4U);
    EXPECT_THAT(
        done.foreign.named,
        ElementsAre("README.md", "groups/broken.yaml", "groups/notes.txt", "groups/other.yaml"));
    EXPECT_FALSE(fs::exists(root() / "groups/laptops.yaml"));
    EXPECT_TRUE(fs::exists(root() / "groups/broken.yaml"));
    EXPECT_TRUE(fs::exists(root() / ".git/config"));
}

TEST_F(PolicyFolderTest, ReadsYamlBelowItsFoldersAndTellsOfTheRest) {
    write("groups/a.yaml", "1");
    write("groups/deep/b.yaml", "2");
    write("groups/._a.yaml", "x");
    write("groups/a.yaml~", "x");
    write("teams/a.yaml", "x");
    write("roles", "x");
    ASSERT_EQ(::mkfifo((root() / "groups/pipe.yaml").c_str(), 0600), 0);

    const auto folder = read();

    EXPECT_THAT(
        folder.files,
        ElementsAre(PolicyFile{"groups/a.yaml", "1"}, PolicyFile{"groups/deep/b.yaml", "2"}));
    EXPECT_THAT(
        folder.foreign.named,
        ElementsAre("groups/._a.yaml", "groups/a.yaml~", "groups/pipe.yaml", "roles", "teams"));
}

TEST_F(PolicyFolderTest, FollowsLinksInsideOnly) {
    write("groups/a.yaml", "1");
    fs::create_symlink("a.yaml", root() / "groups/b.yaml");
    EXPECT_EQ(read().files.size(), 2U);

    ASSERT_TRUE(base::writeFileAtomically(temp_ / "secret", "x").ok());
    fs::create_symlink(temp_ / "secret", root() / "groups/c.yaml");
    EXPECT_EQ(errorOf().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(errorOf()), HasSubstr("groups/c.yaml is a link that leads out of"));
    EXPECT_FALSE(writePolicyFolder(root(), exportFiles(someObjects())).ok());
    EXPECT_FALSE(fs::exists(root() / "roles"));

    fs::remove(root() / "groups/c.yaml");
    fs::create_symlink(root() / "groups", root() / "groups/d.yaml");
    EXPECT_THAT(messageOf(errorOf()), HasSubstr("a link to a folder"));
    fs::remove(root() / "groups/d.yaml");
    fs::create_directory(temp_ / "outside");
    fs::create_directory_symlink(temp_ / "outside", root() / "edges");
    EXPECT_THAT(messageOf(errorOf()), HasSubstr("edges is a link"));
    EXPECT_FALSE(writePolicyFolder(root(), exportFiles(someObjects())).ok());
    EXPECT_TRUE(fs::is_empty(temp_ / "outside"));
}

TEST_F(PolicyFolderTest, ReplacesALinkInsteadOfWritingThroughIt) {
    put(exportFiles(someObjects()));
    write("groups/kept.yaml", "kept");
    fs::remove(root() / "groups/laptops.yaml");
    fs::create_symlink("kept.yaml", root() / "groups/laptops.yaml");

    // The link stands in the way of nothing: the file takes its place.
    const auto done = writePolicyFolder(root(), exportFiles(someObjects()));

    ASSERT_TRUE(done.ok()) << messageOf(done.status());
    EXPECT_FALSE(fs::is_symlink(root() / "groups/laptops.yaml"));
    EXPECT_EQ(*base::readFile(root() / "groups/kept.yaml", 100), "kept");
}

TEST_F(PolicyFolderTest, ChangesNothingWhenAFileCannotTakeItsPlace) {
    fs::create_directories(root() / "roles/ops.yaml");
    const auto folderInWay = writePolicyFolder(root(), exportFiles(someObjects()));
    EXPECT_EQ(folderInWay.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(folderInWay.status()), HasSubstr("roles/ops.yaml is in the way"));
    fs::remove_all(root() / "roles");
    write("roles", "a file");
    EXPECT_THAT(
        messageOf(writePolicyFolder(root(), exportFiles(someObjects())).status()),
        HasSubstr("roles is in the way: move it, a folder is to be there"));
    EXPECT_FALSE(fs::exists(root() / "edges"));

    for (const auto* path :
         {"../x.yaml",
          "groups/../../x.yaml",
          "/etc/x.yaml",
          "groups/x",
          "groups/.yaml",
          "x.yaml",
          "groups/a\\b.yaml"}) {
        const auto refused = writePolicyFolder(root(), {{path, "x"}});
        EXPECT_EQ(refused.status().code(), StatusCode::kInvalidArgument) << path;
    }
    EXPECT_THAT(beside(), ElementsAre("rules"));
}

TEST_F(PolicyFolderTest, StopsAtItsLimits) {
    EXPECT_EQ(errorOf().code(), StatusCode::kNotFound);
    write("groups/a.yaml", "12345");
    write("groups/b.yaml", "12345");
    EXPECT_EQ(read({2, 10}).files.size(), 2U);
    EXPECT_THAT(messageOf(errorOf({1, 10})), HasSubstr("more than 1 files"));
    EXPECT_THAT(messageOf(errorOf({2, 9})), HasSubstr("more than 9 bytes"));
    fs::resize_file(root() / "groups/b.yaml", mesh::changes::kMaxPolicyFileBytes + 1);
    EXPECT_EQ(errorOf().code(), StatusCode::kResourceExhausted);
    fs::remove(root() / "groups/b.yaml");

    for (std::size_t each = 0; each <= kMaxNamedForeignFiles; ++each) {
        write("foreign" + std::to_string(each), "");
    }
    EXPECT_EQ(read().foreign.named.size(), kMaxNamedForeignFiles);
    EXPECT_EQ(read().foreign.more, 1U);
    const auto done = put({});
    EXPECT_EQ(done.foreign.more, 2U) << "the file that does not read counts too";
}

}  // namespace
}  // namespace weft::cli
