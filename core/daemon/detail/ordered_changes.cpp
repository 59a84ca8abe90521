// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/ordered_changes.h"

#include "core/services/link/client_calls.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace weft::daemon {
namespace {

using mesh::changes::Edit;
using mesh::policy::ObjectKind;

std::string inWords(const mesh::ObjectRef& ref) {
    return fmt::format("{} {}", mesh::kindName(ref.kind), mesh::nameOf(ref));
}

/// Roles and groups are named by bindings and rules.
int rankOf(ObjectKind kind) {
    switch (kind) {
    case ObjectKind::Role:
        return 0;
    case ObjectKind::Group:
        return 1;
    case ObjectKind::RoleBinding:
        return 2;
    case ObjectKind::NetworkAcl:
        return 3;
    case ObjectKind::Route:
        return 4;
    default:
        return 5;
    }
}

/// Deletes come after all that is put, from the last rank down.
int placeOf(const Edit& edit) {
    const int rank = rankOf(edit.ref.kind);
    return edit.after ? rank : 100 - rank;
}

/// A write whose answer did not come may have been made.
bool mayBeMade(const Status& status) {
    return !services::neverSent(status)
           && (status.code() == StatusCode::kDeadlineExceeded
               || status.code() == StatusCode::kUnavailable
               || status.code() == StatusCode::kCancelled);
}

/// A put adds the attributes of an edge to those that are there. Where they differ the edge goes
/// and is made anew, so that this and the way back leave what they should.
bool takesTwoSteps(const Edit& edit) {
    if (!edit.before || !edit.after || edit.ref.kind != ObjectKind::Edge) {
        return false;
    }
    return std::get<storage::EdgeRecord>(*edit.before).attributes
           != std::get<storage::EdgeRecord>(*edit.after).attributes;
}

/// One run; kept alive by the write that is under way.
class Run : public std::enable_shared_from_this<Run> {
public:
    Run(std::vector<Edit> edits, ObjectWrites writes, Callback<mesh::WriteReport> done)
        : edits_(std::move(edits)), writes_(std::move(writes)), done_(std::move(done)) {}

    void next() {
        if (made_ == edits_.size()) {
            done_(std::move(report_));
            return;
        }
        write(edits_[made_], [self = shared_from_this()](const StatusOr<mesh::WriteReport>& made) {
            self->onWritten(made);
        });
    }

private:
    void write(const Edit& edit, Callback<mesh::WriteReport> done) {
        if (edit.after) {
            writes_.put(*edit.after, std::move(done));
        } else {
            writes_.remove(edit.ref, std::move(done));
        }
    }
    void onWritten(const StatusOr<mesh::WriteReport>& written) {
        if (written.ok()) {
            report_.revision = written->revision;
            report_.alsoChanged.insert(
                report_.alsoChanged.end(),
                written->alsoChanged.begin(),
                written->alsoChanged.end());
            ++made_;
            next();
            return;
        }
        failed_ = made_;
        failure_ = written.status();
        if (mayBeMade(failure_)) {
            ++made_;
        }
        back();
    }
    void back() {
        if (made_ == 0) {
            done_(ended());
            return;
        }
        --made_;
        write(
            mesh::changes::inverse(edits_[made_]),
            [self = shared_from_this(), place = made_](const StatusOr<mesh::WriteReport>& undone) {
                const bool isGone =
                    undone.status().code() == StatusCode::kNotFound && !self->edits_[place].before;
                if (!undone.ok() && !isGone) {
                    self->left_.push_back(inWords(self->edits_[place].ref));
                }
                self->back();
            });
    }
    Status ended() const {
        const auto refused = annotate(failure_, "{}", inWords(edits_[failed_].ref));
        if (left_.empty()) {
            return failed_ == 0 ? refused
                                : annotate(refused, "what was made before was taken back");
        }
        return annotate(
            refused, "a part of the change stays, look at {} yourself", fmt::join(left_, ", "));
    }

    const std::vector<Edit> edits_;
    const ObjectWrites writes_;
    const Callback<mesh::WriteReport> done_;
    mesh::WriteReport report_;
    std::size_t made_ = 0;
    std::size_t failed_ = 0;
    Status failure_;
    /// What could not be taken back.
    std::vector<std::string> left_;
};

bool isAs(const mesh::PolicyObject* present, const std::optional<mesh::PolicyObject>& object) {
    if (present == nullptr || !object) {
        return present == nullptr && !object;
    }
    return *present == mesh::changes::canonical(*object);
}

}  // namespace

std::vector<Edit> inOrder(std::vector<Edit> edits) {
    std::ranges::stable_sort(edits, {}, placeOf);
    std::vector<Edit> steps;
    steps.reserve(edits.size());
    for (auto& edit : edits) {
        if (takesTwoSteps(edit)) {
            steps.push_back({edit.ref, edit.before, std::nullopt});
            steps.push_back({edit.ref, std::nullopt, std::move(edit.after)});
        } else {
            steps.push_back(std::move(edit));
        }
    }
    return steps;
}

void makeInOrder(
    std::vector<Edit> edits,
    const mesh::changes::PolicySet& present,
    ObjectWrites writes,
    Callback<mesh::WriteReport> done) {
    std::erase_if(
        edits, [&present](const Edit& edit) { return isAs(present.find(edit.ref), edit.after); });
    for (const auto& edit : edits) {
        if (!isAs(present.find(edit.ref), edit.before)) {
            done(aborted("{} was changed by somebody else meanwhile", inWords(edit.ref)));
            return;
        }
    }
    std::make_shared<Run>(inOrder(std::move(edits)), std::move(writes), std::move(done))->next();
}

}  // namespace weft::daemon
