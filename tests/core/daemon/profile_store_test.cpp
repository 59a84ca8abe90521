// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/profile_store.h"

#include "core/base/file.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace weft::daemon {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

StoredProfile sample(const std::string& id) {
    StoredProfile stored;
    stored.profile.set_id(id);
    stored.profile.set_name("Zu Hause \"1\"");
    stored.profile.set_kind(weft::local::v1::Profile::KIND_FOUNDER);
    stored.profile.set_node_id("alpha");
    stored.profile.add_endpoints("10.0.0.1");
    stored.profile.set_auto_connect(true);
    stored.creation.set_default_deny(true);
    return stored;
}

class ProfileStoreTest : public ::testing::Test {
protected:
    std::filesystem::path file(const std::string& id) const {
        return folder_ / id / "profile.json";
    }
    void write(const std::string& id, const std::string& text) const {
        ASSERT_TRUE(base::makeFolders(folder_ / id).ok());
        ASSERT_TRUE(base::writeFileAtomically(file(id), text).ok());
    }

    tests::TempDir folder_;
    ProfileStore store_{folder_.path()};
};

TEST_F(ProfileStoreTest, WhatIsSavedIsLoaded) {
    const auto stored = sample("home");
    ASSERT_TRUE(store_.save(stored).ok());

    const auto loaded = store_.load();

    ASSERT_TRUE(loaded.ok()) << loaded.status();
    ASSERT_THAT(loaded->profiles, SizeIs(1));
    EXPECT_EQ(loaded->profiles[0].profile.SerializeAsString(), stored.profile.SerializeAsString());
    EXPECT_TRUE(loaded->profiles[0].creation.default_deny());
    EXPECT_THAT(loaded->problems, IsEmpty());
}

TEST_F(ProfileStoreTest, FilesAreForTheOwnerAlone) {
    ASSERT_TRUE(store_.save(sample("home")).ok());

    using std::filesystem::perms;
    EXPECT_EQ(
        std::filesystem::status(file("home")).permissions(),
        perms::owner_read | perms::owner_write);
    EXPECT_EQ(std::filesystem::status(folder_ / "home").permissions(), perms::owner_all);
}

TEST_F(ProfileStoreTest, ACorruptProfileIsReportedAndStaysAndTheOthersLoad) {
    ASSERT_TRUE(store_.save(sample("good")).ok());
    write("bad", "{\"format\":1,\"profile\":{\"id\":");

    const auto loaded = store_.load();

    ASSERT_TRUE(loaded.ok());
    EXPECT_THAT(loaded->profiles, SizeIs(1));
    ASSERT_THAT(loaded->problems, SizeIs(1));
    EXPECT_THAT(loaded->problems[0], HasSubstr("bad/profile.json"));
    EXPECT_TRUE(std::filesystem::exists(file("bad")));
}

TEST_F(ProfileStoreTest, BadTextsAreErrorsThatSayWhy) {
    const std::map<std::string, std::string> cases{
        {"", "not JSON"},
        {"[]", "not JSON"},
        {"{}", "no format version"},
        {"{\"format\":\"1\"}", "no format version"},
        {"{\"format\":2}", "format 2"},
        {"{\"format\":1,\"profile\":7}", "is not an object"},
        {"{\"format\":1,\"profile\":{\"id\":[]}}", "does not parse"}};
    for (const auto& [text, why] : cases) {
        const auto decoded = decodeProfile(text);

        ASSERT_FALSE(decoded.ok()) << text;
        EXPECT_THAT(messageOf(decoded.status()), HasSubstr(why)) << text;
    }
}

TEST_F(ProfileStoreTest, FieldsOfANewerProgramArePassedOver) {
    const auto decoded = decodeProfile(
        "{\"format\":1,\"profile\":{\"id\":\"home\",\"colour\":\"blue\"},\"more\":{}}");

    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(decoded->profile.id(), "home");
}

TEST_F(ProfileStoreTest, AProfileInTheFolderOfAnotherIsReported) {
    write("mine", encodeProfile(sample("yours")));

    const auto loaded = store_.load();

    ASSERT_TRUE(loaded.ok());
    EXPECT_THAT(loaded->profiles, IsEmpty());
    EXPECT_THAT(loaded->problems, SizeIs(1));
}

TEST_F(ProfileStoreTest, AFileThatIsTooLargeIsReported) {
    write("big", std::string(kMaxProfileFileBytes + 1, ' '));

    const auto loaded = store_.load();

    ASSERT_TRUE(loaded.ok());
    EXPECT_THAT(loaded->problems, SizeIs(1));
}

TEST_F(ProfileStoreTest, IdsThatWouldLeaveTheFolderAreRefused) {
    for (const std::string id : {"", "..", "a/b", "/etc", "A", "-a", "a b"}) {
        EXPECT_FALSE(isProfileId(id)) << id;
        EXPECT_EQ(store_.save(sample(id)).code(), StatusCode::kInvalidArgument) << id;
        EXPECT_EQ(store_.remove(id, true).code(), StatusCode::kInvalidArgument) << id;
    }
}

TEST_F(ProfileStoreTest, RemovingKeepsTheKeysUnlessTheyAreToGoToo) {
    ASSERT_TRUE(store_.save(sample("home")).ok());
    ASSERT_TRUE(base::writeFileAtomically(folder_ / "home" / "node.key", "k").ok());

    ASSERT_TRUE(store_.remove("home", false).ok());
    EXPECT_TRUE(std::filesystem::exists(folder_ / "home" / "node.key"));
    EXPECT_FALSE(std::filesystem::exists(file("home")));

    ASSERT_TRUE(store_.remove("home", true).ok());
    EXPECT_FALSE(std::filesystem::exists(folder_ / "home"));
}

TEST_F(ProfileStoreTest, SecretsAreReadFromAPrivateFileOnly) {
    ASSERT_TRUE(store_.save(sample("home")).ok());
    EXPECT_THAT(*store_.loadSecrets("home"), IsEmpty());
    const auto path = folder_ / "home" / "secrets.json";

    ASSERT_TRUE(base::writeFileAtomically(path, "{\"password\":\"x\"}", 0600).ok());
    const auto secrets = store_.loadSecrets("home");
    ASSERT_TRUE(secrets.ok()) << secrets.status();
    EXPECT_EQ(secrets->at("password").revealText(), "x");

    ASSERT_TRUE(base::writeFileAtomically(path, "{\"password\":\"x\"}", 0640).ok());
    EXPECT_EQ(store_.loadSecrets("home").status().code(), StatusCode::kPermissionDenied);
}

TEST_F(ProfileStoreTest, ABrokenSecretsFileIsNotQuoted) {
    ASSERT_TRUE(store_.save(sample("home")).ok());
    ASSERT_TRUE(base::writeFileAtomically(folder_ / "home" / "secrets.json", "hunter2").ok());

    const auto secrets = store_.loadSecrets("home");

    EXPECT_EQ(secrets.status().code(), StatusCode::kDataLoss);
    EXPECT_THAT(messageOf(secrets.status()), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace weft::daemon
