// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/connection_table.h"
#include "core/daemon/planning/draft_desk.h"
#include "core/daemon/planning/plan.h"

#include "weft/local/v1/planning.pb.h"

#include <string>

namespace weft::daemon {

/// Gathers what a question is about: the mesh from its connection, and a draft or the history where
/// it is about them. All of it outlives the questions.
class PlanSource {
public:
    PlanSource(base::Loop& loop, ConnectionTable& table, DraftDesk& drafts)
        : loop_(loop), table_(table), drafts_(drafts) {}

    /// On the daemon's loop; `done` runs on any thread. `user` as in DraftKey.
    /// Errors: kNotFound, kFailedPrecondition  there is no such profile, it is not connected
    ///         kUnavailable                     the mesh has not been read yet
    ///         and those of editsOf, DraftDesk::read, MeshChanges::listChanges
    void gather(
        const weft::local::v1::PlanSubject& subject,
        const std::string& user,
        Callback<PlanInput> done);

private:
    void addDraft(DraftKey key, PlanInput input, Callback<PlanInput> done);
    void addHistory(const std::string& profile, PlanInput input, Callback<PlanInput> done);

    base::Loop& loop_;
    ConnectionTable& table_;
    DraftDesk& drafts_;
};

}  // namespace weft::daemon
