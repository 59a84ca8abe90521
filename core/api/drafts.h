// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/planning.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weft::api {

/// Edits of a mesh's rules that somebody collects before they are made.
struct Draft {
    /// One for each object. `before` is the object as it was when the edit began.
    std::vector<PolicyEdit> edits{};
    /// 0: there is none. Grows with each write.
    std::uint64_t number = 0;
    std::optional<WallTime> changedAt{};
    /// Where the base moved and the draft with it does not go together; known while the profile is
    /// connected.
    std::vector<PlanConflict> conflicts{};

    friend bool operator==(const Draft&, const Draft&) = default;
};

/// What becomes of a draft's conflicts; those that are not named stay.
struct RebaseWish {
    std::vector<ObjectRef> keepMine{};
    std::vector<ObjectRef> takeTheirs{};
};

struct ApplyDraftWish {
    /// Why, for the history.
    std::string note{};
    /// Unless it is confirmed by then it is taken back; 0: it stays.
    std::chrono::seconds revertAfter{0};
};

/// The draft of the daemon's user who calls, one for each profile. With a `base` only the draft of
/// that number. Thread: any; callbacks as those of Controller.
/// Errors of all: kNotFound      there is no such profile
///                kAborted       the draft has another number
///                kUnavailable   the disk of the daemon; nothing has changed
///                kUnimplemented from a daemon that does not have it
class Drafts {
public:
    Drafts() = default;
    Drafts(const Drafts&) = delete;
    Drafts& operator=(const Drafts&) = delete;
    virtual ~Drafts() = default;

    virtual void get(const ProfileId& id, Callback<Draft> done) = 0;
    /// Adds edits, or puts them in place of all. Those of an object that the draft has already
    /// follow it. Errors: kInvalidArgument    what an edit wants is no object; the text names it
    ///                     kResourceExhausted  more than the mesh takes at once
    virtual void edit(
        const ProfileId& id,
        const std::vector<PolicyEdit>& edits,
        bool replace,
        std::optional<std::uint64_t> base,
        Callback<Draft> done) = 0;
    /// Puts the draft on top of what the mesh has now. Errors: kFailedPrecondition  not connected
    virtual void rebase(
        const ProfileId& id,
        const RebaseWish& wish,
        std::optional<std::uint64_t> base,
        Callback<Draft> done) = 0;
    /// These objects alone; the whole draft when there are none.
    virtual void discard(
        const ProfileId& id,
        const std::vector<ObjectRef>& objects,
        std::optional<std::uint64_t> base,
        Callback<Draft> done) = 0;
    /// Makes the edits and ends the draft.
    /// Errors: kAborted             also for conflicts; nothing was made
    ///         kFailedPrecondition  not connected, nothing to apply; and as Changes::apply
    virtual void apply(
        const ProfileId& id,
        const ApplyDraftWish& wish,
        std::optional<std::uint64_t> base,
        Callback<AppliedChange> done) = 0;
};

}  // namespace weft::api
