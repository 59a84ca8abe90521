// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/planning/draft_store.h"

#include "core/base/file.h"
#include "core/base/timestamp.h"
#include "core/daemon/profile_store.h"
#include "core/mesh/changes/draft_edits.h"
#include "core/services/changes/convert.h"

#include "weft/local/v1/drafts.pb.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// Stands before the JSON, on a line of its own.
constexpr std::string_view kFormatLine = "weft-draft 1\n";
constexpr std::string_view kFormatWord = "weft-draft ";

bool isUserFile(std::string_view user) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !user.empty() && user.size() <= kMaxProfileIdBytes && std::ranges::all_of(user, allowed);
}

std::size_t filesIn(const std::filesystem::path& folder) {
    std::error_code error;
    std::size_t count = 0;
    for (std::filesystem::directory_iterator each(folder, error);
         !error && each != std::filesystem::directory_iterator() && count < kMaxDraftsPerProfile;
         each.increment(error)) {
        ++count;
    }
    return count;
}

}  // namespace

std::string encodeDraft(const StoredDraft& draft) {
    local::Draft message;
    message.set_number(draft.number);
    base::setTimestamp(message.mutable_changed_at(), draft.changedAt);
    for (const auto& edit : draft.edits) {
        services::toProto(edit, message.add_edits());
    }
    std::string text;
    // Printing a message that the program made cannot fail.
    [[maybe_unused]] const auto status =
        google::protobuf::util::MessageToJsonString(message, &text);
    return std::string(kFormatLine) + text + "\n";
}

StatusOr<StoredDraft> decodeDraft(std::string_view text) {
    if (!text.starts_with(kFormatWord)) {
        return dataLoss("it is no draft");
    }
    if (!text.starts_with(kFormatLine)) {
        return failedPrecondition("it is of a newer format than this program reads");
    }
    text.remove_prefix(kFormatLine.size());
    local::Draft message;
    const auto parsed =
        google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &message);
    if (!parsed.ok()) {
        return dataLoss("{}", std::string(parsed.message()));
    }
    StoredDraft draft;
    draft.number = message.number();
    draft.changedAt = base::wallTimeOf(message.changed_at());
    std::vector<mesh::changes::Edit> edits;
    edits.reserve(static_cast<std::size_t>(message.edits_size()));
    for (const auto& each : message.edits()) {
        auto edit = services::editOf(each);
        auto valid = edit.ok() ? mesh::changes::checked(*std::move(edit)) : std::move(edit);
        if (!valid.ok()) {
            return dataLoss("{}", messageOf(valid.status()));
        }
        edits.push_back(*std::move(valid));
    }
    draft.edits = mesh::changes::combine({}, edits);
    return draft;
}

StatusOr<std::filesystem::path> DraftStore::pathOf(const DraftKey& key) const {
    auto user = key.user;
    std::ranges::replace(user, ' ', '-');
    if (!isProfileId(key.profile) || !isUserFile(user)) {
        return invalidArgument("there can be no draft of {} for {}", key.profile, key.user);
    }
    return folder_ / key.profile / kDraftsFolder / (user + ".json");
}

StatusOr<StoredDraft> DraftStore::load(const DraftKey& key) const {
    WEFT_ASSIGN_OR_RETURN(const auto path, pathOf(key));
    const auto text = base::readFile(path, kMaxDraftBytes);
    if (text.status().code() == StatusCode::kNotFound) {
        return StoredDraft{};
    }
    WEFT_RETURN_IF_ERROR(annotate(text.status(), "reading the draft {}", path.string()));
    auto draft = decodeDraft(*text);
    WEFT_RETURN_IF_ERROR(annotate(
        draft.status(),
        "the draft {} is damaged, weftctl policy draft-discard ends it",
        path.string()));
    return draft;
}

Status DraftStore::save(const DraftKey& key, const StoredDraft& draft) const {
    WEFT_ASSIGN_OR_RETURN(const auto path, pathOf(key));
    const auto text = encodeDraft(draft);
    if (text.size() > kMaxDraftBytes) {
        return resourceExhausted(
            "the draft would be larger than {} bytes: apply a part of it", kMaxDraftBytes);
    }
    const auto folder = path.parent_path();
    WEFT_RETURN_IF_ERROR(annotate(base::makeFolders(folder), "keeping the draft"));
    std::error_code error;
    if (!std::filesystem::exists(path, error) && filesIn(folder) >= kMaxDraftsPerProfile) {
        return resourceExhausted(
            "{} users have a draft already: remove some in {}",
            kMaxDraftsPerProfile,
            folder.string());
    }
    return annotate(base::writeFileAtomically(path, text), "keeping the draft");
}

}  // namespace weft::daemon
