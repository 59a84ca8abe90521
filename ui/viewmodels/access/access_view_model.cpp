// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/access_view_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_words.h"
#include "ui/viewmodels/words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QRegularExpression>

#include <utility>

namespace weft::viewmodels {

AccessViewModel::AccessViewModel(
    bridge::Bridge& bridge, const PeersModel& members, DraftDesk& desk, QObject* parent)
    : QObject(parent)
    , bridge_(bridge)
    , members_(members)
    , desk_(desk)
    , undo_(bridge, desk)
    , rules_(api::PolicyKind::NetworkAcl)
    , groups_(api::PolicyKind::Group)
    , roles_(api::PolicyKind::Role)
    , bindings_(api::PolicyKind::RoleBinding)
    , edges_(api::PolicyKind::Edge)
    , routes_(api::PolicyKind::Route)
    , rights_(bridge)
    , order_(desk, undo_)
    , rule_(bridge, nullptr)
    , group_(bridge, nullptr)
    , role_(bridge, nullptr)
    , binding_(bridge, nullptr)
    , edge_(bridge, nullptr)
    , route_(bridge, nullptr)
    , models_{&rules_, &groups_, &roles_, &bindings_, &edges_, &routes_}
    , editors_{&rule_, &group_, &role_, &binding_, &edge_, &route_} {
    connect(&bridge_, &bridge::Bridge::policyChanged, this, &AccessViewModel::takePolicy);
    connect(&desk_, &DraftDesk::changed, this, &AccessViewModel::showLists);
    connect(&undo_, &EditUndo::done, this, &AccessViewModel::done);
    connect(&order_, &RuleOrder::done, this, &AccessViewModel::done);
    for (PolicyEditor* editor : editors_) {
        editor->setDesk(desk_, undo_);
        connect(editor, &PolicyEditor::done, this, &AccessViewModel::done);
    }
}

void AccessViewModel::undo() {
    undo_.undo();
}

QString AccessViewModel::problemText() const {
    if (!state_ || state_->problems.empty()) {
        return {};
    }
    const QString first = asSentence(bridge::shownLong(state_->problems.front().text));
    const auto more = static_cast<int>(state_->problems.size()) - 1;
    return more == 0
               ? first
               : tr("%1 And %2 more.", "the first problem and how many more").arg(first).arg(more);
}

void AccessViewModel::setMesh(const api::ProfileId& profile) {
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    state_.reset();
    error_.clear();
    for (PolicyModel* model : models_) {
        model->setSearchText({});
        model->setState({});
    }
    undo_.setMesh(profile);
    order_.setState(nullptr);
    rights_.setMesh(profile);
    for (PolicyEditor* editor : editors_) {
        editor->setMesh(profile);
    }
    if (std::exchange(following_, false)) {
        bridge_.watchPolicy({});
    }
    Q_EMIT changed();
}

void AccessViewModel::setLocked(const QString& why) {
    order_.setLocked(why);
    for (PolicyEditor* editor : editors_) {
        editor->setLocked(why);
    }
}

void AccessViewModel::follow(bool inMesh) {
    if (inMesh == following_) {
        return;
    }
    following_ = inMesh;
    bridge_.watchPolicy(inMesh ? profile_ : api::ProfileId());
    if (inMesh) {
        askWhy();
    }
}

void AccessViewModel::askWhy() {
    // The watch is silent when there is nothing to see; this call says why.
    const auto finish = [this, profile = profile_](const StatusOr<api::PolicyState>& policy) {
        if (profile != profile_) {
            return;
        }
        error_ = policy.ok() || state_
                     ? QString()
                     : errorSentence(tr("The rules could not be read"), policy.status());
        Q_EMIT changed();
    };
    bridge_.controller().policy(profile_, bridge_.deliver<api::PolicyState>(this, finish));
}

void AccessViewModel::takePolicy(const std::shared_ptr<const api::PolicyState>& policy) {
    state_ = policy;
    error_.clear();
    order_.setState(policy);
    rights_.setState(policy);
    for (PolicyEditor* editor : editors_) {
        editor->setState(policy);
    }
    showLists();
}

void AccessViewModel::showLists() {
    if (!state_) {
        return;
    }
    groupNames_.clear();
    roleNames_.clear();
    hasRules_ = false;
    const auto name = [this](const api::PolicyObject& object) {
        if (const auto* group = std::get_if<api::Group>(&object)) {
            groupNames_.append(QString::fromStdString(group->name));
        } else if (const auto* role = std::get_if<api::Role>(&object)) {
            roleNames_.append(QString::fromStdString(role->name));
        }
    };
    for (const api::StoredObject& stored : state_->objects) {
        name(stored.object);
        hasRules_ = hasRules_ || api::kindOf(stored.object) == api::PolicyKind::NetworkAcl;
    }
    const std::vector<api::PolicyEdit>& draft = desk_.draft().edits;
    for (const api::PolicyEdit& edit : draft) {
        if (edit.after && state_->find(edit.ref) == nullptr) {
            name(*edit.after);
        }
    }
    for (PolicyModel* model : models_) {
        model->setState(*state_, draft);
    }
    Q_EMIT changed();
}

QString AccessViewModel::shownEntry(const QString& entry) const {
    return entry == QLatin1String("*") ? tr("Everybody")
                                       : shownNames({entry.toStdString()}).value(0);
}

QString AccessViewModel::entryProblem(const QString& typed, bool network) const {
    const QString entry = typed.trimmed();
    if (entry.isEmpty()) {
        return {};
    }
    return network ? networkProblem(entry) : nodeEntryProblem(entry);
}

QStringList AccessViewModel::withEntry(const QStringList& entries, const QString& typed) const {
    const QString everybody = QStringLiteral("*");
    const QString entry = typed.trimmed();
    if (entry.isEmpty()) {
        return {};
    }
    if (entry == everybody) {
        return {everybody};
    }
    QStringList changed = entries;
    changed.removeAll(everybody);
    if (!changed.contains(entry)) {
        changed.append(entry);
    }
    return changed;
}

QStringList AccessViewModel::pasted() {
    static const QRegularExpression kBetween(QStringLiteral("[,;\\s]+"));
    const QStringList names =
        QGuiApplication::clipboard()->text().split(kBetween, Qt::SkipEmptyParts);
    if (names.size() > kMostPasted) {
        Q_EMIT done(tr("Nothing was pasted: at most %1 names go in at once.").arg(kMostPasted));
        return {};
    }
    return names.size() < 2 ? QStringList() : names;
}

bool AccessViewModel::isUnknown(const QString& entry) const {
    const QLatin1String group("group:");
    if (entry == QLatin1String("*") || !known() || members_.count() == 0) {
        return false;
    }
    return entry.startsWith(group) ? !groupNames_.contains(entry.mid(group.size()))
                                   : members_.find(entry.toStdString()) == nullptr;
}

QStringList AccessViewModel::suggestions(
    const QString& typed, bool withGroups, const QStringList& taken) const {
    constexpr qsizetype kMost = 6;
    QStringList found;
    const auto offer = [&](const QString& entry) {
        if (found.size() < kMost && entry.contains(typed, Qt::CaseInsensitive)
            && !taken.contains(entry)) {
            found.append(entry);
        }
    };
    if (withGroups) {
        for (const QString& group : groupNames_) {
            offer(QStringLiteral("group:") + group);
        }
    }
    for (int i = 0; i < members_.count() && found.size() < kMost; ++i) {
        offer(QString::fromStdString(members_.rowAt(i).peer.id));
    }
    return found;
}

}  // namespace weft::viewmodels
