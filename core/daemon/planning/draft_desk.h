// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/callback.h"
#include "core/daemon/planning/draft_store.h"

#include <functional>
#include <optional>

namespace weft::daemon {

/// The drafts of the daemon's users, on a thread of its own, because it waits for the disk.
/// Thread: any; callbacks run on that thread. Each write is one step: read, decide, replace.
class DraftDesk {
public:
    explicit DraftDesk(DraftStore store) : store_(std::move(store)), loop_("drafts") {}
    ~DraftDesk() { stop(); }
    DraftDesk(const DraftDesk&) = delete;
    DraftDesk& operator=(const DraftDesk&) = delete;

    void read(DraftKey key, Callback<StoredDraft> done);
    using Decide = std::function<StatusOr<std::vector<mesh::changes::Edit>>(const StoredDraft&)>;
    /// Replaces the edits by what `decide` makes of them. With a `base` only those of that number.
    /// Errors: kAborted  the draft has another number; those of `decide` and of DraftStore
    void write(
        DraftKey key, std::optional<std::uint64_t> base, Decide decide, Callback<StoredDraft> done);
    /// Takes the edits away, also those of a damaged file. Errors: as `write`.
    void clear(DraftKey key, std::optional<std::uint64_t> base, Callback<StoredDraft> done);
    void stop() { loop_.stop(); }

private:
    StatusOr<StoredDraft> beginAnew(const DraftKey& key);
    StatusOr<StoredDraft> emptied(
        const DraftKey& key, const StatusOr<StoredDraft>& old, std::optional<std::uint64_t> base);
    StatusOr<StoredDraft> keep(
        const DraftKey& key, const StoredDraft& old, std::vector<mesh::changes::Edit> edits);

    const DraftStore store_;
    base::AsioLoop loop_;
};

}  // namespace weft::daemon
