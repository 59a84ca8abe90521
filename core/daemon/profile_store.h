// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/secret_bytes.h"

#include "weft/local/v1/local.pb.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace weft::daemon {

inline constexpr std::size_t kMaxProfiles = 64;
inline constexpr std::size_t kMaxProfileFileBytes = 256 * 1024;
inline constexpr std::size_t kMaxProfileIdBytes = 48;
/// Below a profile's folder: what users of the daemon have in mind for its mesh.
inline constexpr std::string_view kDraftsFolder = "drafts";

/// Secrets by name. They exist in memory, or in a file that an administrator chose to make.
using SecretMap = std::map<std::string, crypto::SecretBytes>;

/// What the daemon keeps of one mesh.
struct StoredProfile {
    weft::local::v1::Profile profile;
    /// For founders: how the mesh begins, needed until its database exists.
    weft::local::v1::CreateMeshRequest creation;
};

/// Whether `id` is [a-z0-9-], 1 to kMaxProfileIdBytes bytes, not starting with '-'.
bool isProfileId(std::string_view id);

/// The profiles of the daemon on disk: `<folder>/<id>/profile.json` (0600, folders 0700), beside it
/// the keys and the database of the profile. A file is replaced whole or not at all. A profile that
/// cannot be read is reported and left alone; it is never removed by itself.
/// Thread: any one at a time; blocks on the disk.
class ProfileStore {
public:
    /// The version that is written; a newer one is not read.
    static constexpr int kFormatVersion = 1;

    explicit ProfileStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

    struct Loaded {
        /// Sorted by id.
        std::vector<StoredProfile> profiles;
        /// One line for each profile that was passed over: what is wrong with which file.
        std::vector<std::string> problems;
    };
    /// Errors: kPermissionDenied, kUnavailable: the folder itself cannot be read.
    StatusOr<Loaded> load() const;

    /// Errors: kInvalidArgument (the id), and those of base::writeFileAtomically.
    Status save(const StoredProfile& stored) const;
    /// Removes profile.json and the drafts; with `everything` the whole folder with keys and
    /// database.
    Status remove(std::string_view id, bool everything) const;

    /// Where the profile keeps its files.
    std::filesystem::path folderOf(std::string_view id) const;

    /// The secrets in `<folder>/<id>/secrets.json`, an object of texts; empty when there is no such
    /// file. Errors: kPermissionDenied when others may read it, kDataLoss when it does not parse.
    StatusOr<SecretMap> loadSecrets(std::string_view id) const;

private:
    const std::filesystem::path folder_;
};

/// The text of profile.json and back. Errors: kDataLoss, kFailedPrecondition (newer format).
std::string encodeProfile(const StoredProfile& stored);
StatusOr<StoredProfile> decodeProfile(std::string_view text);

}  // namespace weft::daemon
