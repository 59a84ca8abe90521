// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/permission_map.h"

#include <utility>

namespace weft::viewmodels {

PermissionMap::PermissionMap(bridge::Bridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {}

void PermissionMap::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    ++number_;
    policy_.reset();
    members_.clear();
    chosen_.clear();
    pairs_.clear();
    scope_ = Scope::Unknown;
    fresh_ = false;
    busy_ = false;
    error_ = okStatus();
    Q_EMIT changed();
}

void PermissionMap::setPolicy(std::shared_ptr<const api::PolicyState> policy) {
    policy_ = std::move(policy);
    refresh();
}

void PermissionMap::refresh() {
    fresh_ = false;
    scope_ = Scope::Unknown;
    if (wanted_) {
        begin();
    }
}

void PermissionMap::want(
    bool wanted, const std::vector<std::string>& members, const std::string& chosen) {
    const bool sameMembers = members == members_;
    const bool sameChosen = chosen == chosen_;
    wanted_ = wanted;
    members_ = members;
    chosen_ = chosen;
    if (!sameMembers) {
        scope_ = Scope::Unknown;
    }
    if (!sameMembers || (!sameChosen && scope_ != Scope::All)) {
        fresh_ = false;
    }
    if (!wanted_) {
        // What is on its way comes too late.
        ++number_;
        busy_ = false;
    } else if (!fresh_) {
        begin();
    }
}

void PermissionMap::begin() {
    ++number_;
    fresh_ = true;
    busy_ = true;
    waiting_ = 0;
    gathered_.clear();
    error_ = okStatus();
    if (scope_ != Scope::One && policy_ && members_.size() <= kMostForAll) {
        askAll();
    } else {
        askOne();
    }
    Q_EMIT changed();
}

void PermissionMap::askAll() {
    api::EditedRules none;
    for (const api::StoredObject& stored : policy_->objects) {
        if (std::holds_alternative<api::NetworkAcl>(stored.object)) {
            none.edits.push_back({api::refOf(stored.object), stored.object, std::nullopt});
        }
    }
    const auto finish = [this, number = number_](const StatusOr<api::PlanReview>& review) {
        if (number == number_) {
            takeAll(review);
        }
    };
    bridge_.controller().planning().review(
        profile_, none, bridge_.deliver<api::PlanReview>(this, finish));
}

void PermissionMap::takeAll(const StatusOr<api::PlanReview>& review) {
    if (!review.ok() || review->pairs.changed > review->pairs.listed.size()) {
        askOne();
        return;
    }
    scope_ = Scope::All;
    for (const api::PairChange& pair : review->pairs.listed) {
        if (pair.before.forward || pair.before.backward) {
            gathered_.push_back({pair.left, pair.right, pair.before.forward, pair.before.backward});
        }
    }
    this->finish();
}

void PermissionMap::askOne() {
    scope_ = Scope::One;
    next_ = 0;
    if (chosen_.empty()) {
        finish();
        return;
    }
    while (waiting_ < kAtOnce && next_ < members_.size()) {
        askNext();
    }
    if (waiting_ == 0) {
        finish();
    }
}

void PermissionMap::askNext() {
    const std::string other = members_[next_++];
    if (other == chosen_) {
        return;
    }
    ++waiting_;
    const auto finish =
        [this, number = number_, other](const StatusOr<api::AccessExplanation>& answer) {
            if (number == number_) {
                takeNext(other, answer);
            }
        };
    bridge_.controller().explainAccess(
        profile_, chosen_, other, bridge_.deliver<api::AccessExplanation>(this, finish));
}

void PermissionMap::takeNext(
    const std::string& other, const StatusOr<api::AccessExplanation>& answer) {
    --waiting_;
    if (answer.ok() && (answer->forward.accepted || answer->backward.accepted)) {
        gathered_.push_back({chosen_, other, answer->forward.accepted, answer->backward.accepted});
    } else if (!answer.ok() && answer.status().code() != StatusCode::kNotFound) {
        // A member that has just gone is no error; anything else would come again for each.
        error_ = answer.status();
        next_ = members_.size();
    }
    while (waiting_ < kAtOnce && next_ < members_.size()) {
        askNext();
    }
    if (waiting_ == 0) {
        this->finish();
    }
}

void PermissionMap::finish() {
    busy_ = false;
    pairs_ = std::move(gathered_);
    gathered_.clear();
    Q_EMIT changed();
}

}  // namespace weft::viewmodels
