// SPDX-License-Identifier: Apache-2.0
#include "core/report/bundle.h"

#include "core/base/file.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include <zip.h>

namespace weft::report {
namespace {

const std::vector<Section> kSections{
    {"state", "Profiles and \"connections\"", "all is well\n", false},
    {"log", "Log", std::string(100'000, 'x'), true}};
const BundleFacts kFacts{WallTime(std::chrono::seconds(1'800'000'000)), "1.0", Redaction::Strict};

/// The files of an archive.
std::map<std::string, std::string> unpack(const std::filesystem::path& path) {
    std::map<std::string, std::string> files;
    int error = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (archive == nullptr) {
        ADD_FAILURE() << "no zip: " << error;
        return files;
    }
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
        zip_stat_t facts{};
        zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &facts);
        std::string bytes(facts.size, '\0');
        zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
        EXPECT_EQ(
            zip_fread(file, bytes.data(), bytes.size()), static_cast<zip_int64_t>(bytes.size()));
        zip_fclose(file);
        files.emplace(facts.name, bytes);
    }
    zip_discard(archive);
    return files;
}

TEST(Bundle, IsAZipOfItsSectionsAndAManifest) {
    const tests::TempDir folder;
    const auto path = folder / "report.zip";

    const auto zip = zipOf(kSections, kFacts);
    ASSERT_TRUE(zip.ok()) << zip.status();
    ASSERT_EQ(writeBundle(path, *zip, false), okStatus());

    const auto files = unpack(path);
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files.at("state.txt"), kSections[0].text);
    EXPECT_EQ(files.at("log.txt"), kSections[1].text);
    EXPECT_EQ(files.at("manifest.json"), manifestOf(kSections, kFacts));
}

TEST(Bundle, IsForItsOwnerAloneAndReplacesNothingUnasked) {
    const tests::TempDir folder;
    const auto path = folder / "report.zip";
    ASSERT_EQ(base::writeFileAtomically(path, "mine", 0644), okStatus());

    EXPECT_EQ(writeBundle(path, "zip", false).code(), StatusCode::kAlreadyExists);
    EXPECT_EQ(base::readFile(path, 100).value(), "mine");
    EXPECT_EQ(writeBundle(path, "zip", true), okStatus());
    EXPECT_EQ(base::readFile(path, 100).value(), "zip");
    EXPECT_EQ(
        static_cast<unsigned>(std::filesystem::status(path).permissions()), base::kPrivateFileMode);
}

TEST(Bundle, ManifestTellsWhatIsInIt) {
    EXPECT_EQ(
        manifestOf(kSections, kFacts),
        R"({
  "schema": 1,
  "weft": "1.0",
  "time": "2027-01-15T08:00:00Z",
  "redaction": "strict",
  "files": [
    {"file": "state.txt", "title": "Profiles and \"connections\"", "bytes": 12, "failed": false},
    {"file": "log.txt", "title": "Log", "bytes": 100000, "failed": true}
  ]
}
)");
}

}  // namespace
}  // namespace weft::report
