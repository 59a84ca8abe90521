// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/planning/draft_desk.h"

#include "core/mesh/change_record.h"

#include <chrono>
#include <utility>

namespace weft::daemon {
namespace {

Status checkNumber(const StoredDraft& draft, std::optional<std::uint64_t> base) {
    if (base && *base != draft.number) {
        return aborted("the draft was changed meanwhile: look at it again");
    }
    return okStatus();
}

}  // namespace

void DraftDesk::read(DraftKey key, Callback<StoredDraft> done) {
    loop_.post([this, key = std::move(key), done = std::move(done)] { done(store_.load(key)); });
}

void DraftDesk::write(
    DraftKey key, std::optional<std::uint64_t> base, Decide decide, Callback<StoredDraft> done) {
    const auto step =
        [this, key = std::move(key), base, decide = std::move(decide)]() -> StatusOr<StoredDraft> {
        WEFT_ASSIGN_OR_RETURN(const auto old, store_.load(key));
        WEFT_RETURN_IF_ERROR(checkNumber(old, base));
        WEFT_ASSIGN_OR_RETURN(auto edits, decide(old));
        return keep(key, old, std::move(edits));
    };
    loop_.post([step, done = std::move(done)] { done(step()); });
}

void DraftDesk::clear(DraftKey key, std::optional<std::uint64_t> base, Callback<StoredDraft> done) {
    loop_.post([this, key = std::move(key), base, done = std::move(done)] {
        const auto old = store_.load(key);
        // What a damaged one was is lost anyway, and nobody could begin anew.
        done(
            old.status().code() == StatusCode::kDataLoss ? beginAnew(key)
                                                         : emptied(key, old, base));
    });
}

StatusOr<StoredDraft> DraftDesk::beginAnew(const DraftKey& key) {
    // A number that the lost one cannot have come to.
    const auto now = loop_.clock().wallNow();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
    const StoredDraft fresh{{}, static_cast<std::uint64_t>(seconds.count()), now};
    WEFT_RETURN_IF_ERROR(store_.save(key, fresh));
    return fresh;
}

StatusOr<StoredDraft> DraftDesk::emptied(
    const DraftKey& key, const StatusOr<StoredDraft>& old, std::optional<std::uint64_t> base) {
    WEFT_RETURN_IF_ERROR(old.status());
    WEFT_RETURN_IF_ERROR(checkNumber(*old, base));
    return keep(key, *old, {});
}

StatusOr<StoredDraft> DraftDesk::keep(
    const DraftKey& key, const StoredDraft& old, std::vector<mesh::changes::Edit> edits) {
    if (edits.size() > mesh::kMaxChangeEdits) {
        return resourceExhausted(
            "the draft would have {} edits, and the mesh takes {} at once",
            edits.size(),
            mesh::kMaxChangeEdits);
    }
    if (edits == old.edits) {
        return old;
    }
    StoredDraft draft{std::move(edits), old.number + 1, loop_.clock().wallNow()};
    WEFT_RETURN_IF_ERROR(store_.save(key, draft));
    return draft;
}

}  // namespace weft::daemon
