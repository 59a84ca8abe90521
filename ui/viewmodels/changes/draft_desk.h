// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/drafts.h"
#include "ui/bridge/bridge.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace weft::viewmodels {

/// The draft of the shown mesh as the daemon keeps it, for all that edit it and all that show it.
/// Writes only over the draft that was read: one that another window wrote meanwhile is refused
/// with kAborted and read anew.
/// Thread: main.
class DraftDesk final : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(const Status&)>;
    using Applied = std::function<void(const StatusOr<api::AppliedChange>&)>;

    explicit DraftDesk(bridge::Bridge& bridge, QObject* parent = nullptr);

    void setMesh(const api::ProfileId& profile);
    /// Reads it anew; a later answer overtakes an earlier one.
    void reload();
    /// The daemon may be another one now: what is not known is asked again.
    void forgetRefusal();

    /// Whether it was read.
    bool isKnown() const { return known_; }
    /// False also while nobody knows yet.
    bool isAvailable() const { return known_ && !refused_; }
    /// Whether the daemon cannot keep drafts.
    bool isRefused() const { return refused_; }
    bool isBusy() const { return busy_; }
    /// Why it could not be read; ok when it was.
    const Status& error() const { return error_; }
    const api::Draft& draft() const { return draft_; }
    /// The edit of an object; nullptr when the draft leaves it alone.
    const api::PolicyEdit* find(const api::ObjectRef& ref) const;

    /// While a call runs, others are refused with kFailedPrecondition. `done` runs after the new
    /// draft is here.
    void put(const std::vector<api::PolicyEdit>& edits, bool replace, Done done);
    /// None: all of it.
    void discard(const std::vector<api::ObjectRef>& objects, Done done);
    void rebase(const api::RebaseWish& wish, Done done);
    void apply(const api::ApplyDraftWish& wish, Applied done);

Q_SIGNALS:
    /// The draft, what is known of it, or whether a call runs.
    void changed();

private:
    Callback<api::Draft> written(Done done);
    /// Whether a call may begin; tells `done` when not.
    bool begin(const std::function<void(const Status&)>& refuse);
    void take(const api::Draft& draft);
    void takeRead(const StatusOr<api::Draft>& draft);
    /// Reads it, then tells of `status`.
    void reloadThen(std::function<void()> then);

    bridge::Bridge& bridge_;
    api::ProfileId profile_;
    api::Draft draft_;
    /// By identityOf.
    QHash<QString, std::size_t> index_;
    bool known_ = false;
    bool refused_ = false;
    bool busy_ = false;
    Status error_;
    /// Tells answers about this mesh from older ones, and the newest read from others.
    std::uint64_t session_ = 0;
    std::uint64_t reads_ = 0;
};

}  // namespace weft::viewmodels
