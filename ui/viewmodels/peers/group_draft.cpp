// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/peers/group_draft.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/words.h"

#include <algorithm>

namespace weft::viewmodels {
namespace {

api::ObjectRef refOfGroup(const std::string& name) {
    return {api::PolicyKind::Group, name, {}};
}

const api::Group* asGroup(const std::optional<api::PolicyObject>& object) {
    return object ? std::get_if<api::Group>(&*object) : nullptr;
}

}  // namespace

GroupDraft::GroupDraft(DraftDesk& desk, QObject* parent) : QObject(parent), desk_(desk) {
    connect(&desk_, &DraftDesk::changed, this, &GroupDraft::listNames);
}

void GroupDraft::setPolicy(const std::shared_ptr<const api::PolicyState>& policy) {
    policy_ = policy;
    listNames();
}

void GroupDraft::listNames() {
    std::vector<std::string> names;
    if (policy_) {
        for (const api::StoredObject& stored : policy_->objects) {
            if (const auto* group = std::get_if<api::Group>(&stored.object)) {
                names.push_back(group->name);
            }
        }
        for (const api::PolicyEdit& edit : desk_.draft().edits) {
            if (const auto* group = asGroup(edit.after)) {
                names.push_back(group->name);
            } else if (edit.ref.kind == api::PolicyKind::Group) {
                std::erase(names, edit.ref.name);
            }
        }
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    names_ = std::move(names);
    Q_EMIT changed();
}

QString GroupDraft::hint() const {
    if (!policy_) {
        return tr("The groups are not known: this account may not read the rules.");
    }
    if (!desk_.isAvailable()) {
        return tr("This service keeps no drafts.");
    }
    return names_.empty() ? tr("There is no group yet. Make one on the page Access.") : QString();
}

std::optional<api::Group> GroupDraft::find(const std::string& name) const {
    const api::ObjectRef ref = refOfGroup(name);
    if (const api::PolicyEdit* edit = desk_.find(ref)) {
        const auto* group = asGroup(edit->after);
        return group == nullptr ? std::nullopt : std::optional(*group);
    }
    const api::StoredObject* stored = policy_ ? policy_->find(ref) : nullptr;
    const auto* group = stored == nullptr ? nullptr : std::get_if<api::Group>(&stored->object);
    return group == nullptr ? std::nullopt : std::optional(*group);
}

void GroupDraft::add(const std::string& group, const std::vector<std::string>& members) {
    const auto before = find(group);
    if (!before) {
        Q_EMIT failed(tr("There is no group %1 any more").arg(bridge::shown(group)));
        return;
    }
    api::Group after = *before;
    for (const std::string& member : members) {
        const bool known = std::ranges::any_of(after.subjects, [&](const api::Subject& subject) {
            return subject.name == member && subject.kind != api::SubjectKind::User
                   && subject.kind != api::SubjectKind::Group;
        });
        if (!known) {
            after.subjects.push_back({member, api::SubjectKind::Node});
        }
    }
    const auto added = static_cast<int>(after.subjects.size() - before->subjects.size());
    const QString name = bridge::shown(group);
    if (added == 0) {
        Q_EMIT done(tr("They are in the group %1 already").arg(name));
        return;
    }
    const auto finish = [this, name, added](const Status& status) {
        if (status.ok()) {
            Q_EMIT done(
                tr("In the draft: %n member(s) more in the group %1", nullptr, added).arg(name));
        } else {
            Q_EMIT failed(errorSentence(tr("They could not be added to the group"), status));
        }
    };
    desk_.put({{refOfGroup(group), *before, after}}, false, finish);
}

}  // namespace weft::viewmodels
