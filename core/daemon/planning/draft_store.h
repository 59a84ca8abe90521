// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/mesh/changes/policy_set.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace weft::daemon {

/// Of one file. A draft that would be larger is refused.
inline constexpr std::size_t kMaxDraftBytes = std::size_t{4} << 20;
/// Users that have a draft of one profile.
inline constexpr std::size_t kMaxDraftsPerProfile = 64;

/// Whose draft of what.
struct DraftKey {
    std::string profile;
    /// As LocalUser names it: "uid 1000".
    std::string user;
};

struct StoredDraft {
    /// One for each object, sorted by key.
    std::vector<mesh::changes::Edit> edits;
    /// Counts writes; 0: nothing was ever kept.
    std::uint64_t number = 0;
    WallTime changedAt;

    friend bool operator==(const StoredDraft&, const StoredDraft&) = default;
};

/// The text of a draft's file and back. Errors: kDataLoss, kFailedPrecondition (newer format).
std::string encodeDraft(const StoredDraft& draft);
StatusOr<StoredDraft> decodeDraft(std::string_view text);

/// Drafts on disk: `<folder>/<profile>/drafts/<user>.json` (0600, folders 0700), which go with the
/// profile's folder. A file is replaced whole or not at all. Thread: any one at a time; blocks on
/// the disk.
class DraftStore {
public:
    explicit DraftStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// One without a number when there is none. Errors: kDataLoss  the file is damaged; the text
    /// names it. kPermissionDenied, kUnavailable.
    StatusOr<StoredDraft> load(const DraftKey& key) const;
    /// Errors: kResourceExhausted  it is too large, there are too many, or the disk is full; and
    /// those of base::writeFileAtomically. The old one is intact then.
    Status save(const DraftKey& key, const StoredDraft& draft) const;

private:
    StatusOr<std::filesystem::path> pathOf(const DraftKey& key) const;

    const std::filesystem::path folder_;
};

}  // namespace weft::daemon
