// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/policy_editor.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_model.h"
#include "ui/viewmodels/access/policy_words.h"
#include "ui/viewmodels/words.h"

#include <utility>

namespace weft::viewmodels {
namespace {

QString newHeading(api::PolicyKind kind) {
    switch (kind) {
    case api::PolicyKind::Role:
        return PolicyEditor::tr("New role");
    case api::PolicyKind::RoleBinding:
        return PolicyEditor::tr("New binding");
    case api::PolicyKind::Group:
        return PolicyEditor::tr("New group");
    case api::PolicyKind::NetworkAcl:
        return PolicyEditor::tr("New rule");
    case api::PolicyKind::Route:
        return PolicyEditor::tr("New route");
    case api::PolicyKind::Edge:
        return PolicyEditor::tr("New edge");
    }
    return {};
}

}  // namespace

PolicyEditor::PolicyEditor(bridge::Bridge& bridge, api::PolicyKind kind, QObject* parent)
    : QObject(parent), bridge_(bridge), kind_(kind) {}

QString PolicyEditor::key() const {
    return original_ ? toPolicyKey(api::refOf(original_->object)) : QString();
}

QString PolicyEditor::heading() const {
    if (!original_) {
        return newHeading(kind_);
    }
    const api::ObjectRef ref = api::refOf(original_->object);
    return ref.target.empty() ? bridge::shown(ref.name)
                              : tr("%1 – %2", "the two ends of an edge")
                                    .arg(bridge::shown(ref.name), bridge::shown(ref.target));
}

void PolicyEditor::setName(const QString& name) {
    if (name != name_) {
        name_ = name;
        edited();
    }
}

QString PolicyEditor::readOnlyText() const {
    const bool votersGroup = kind_ == api::PolicyKind::Group;
    if (original_ && original_->isSystem && !votersGroup) {
        return tr("The mesh stands on it: it cannot be changed or deleted.");
    }
    return locked_;
}

bool PolicyEditor::dirty() const {
    if (!open_) {
        return false;
    }
    return original_ ? build() != original_->object : build() != *blank_ || !name_.isEmpty();
}

const api::StoredObject* PolicyEditor::current() const {
    return state_ && original_ ? state_->find(api::refOf(original_->object)) : nullptr;
}

QString PolicyEditor::conflictText() const {
    if (!conflict_) {
        return {};
    }
    if (!original_) {
        return tr(
            "There is one of that name already. Choose another name, or write yours over it.");
    }
    return current() == nullptr
               ? tr("Somebody deleted it meanwhile. Save it to make it again.")
               : tr(
                   "Somebody changed it meanwhile. What you typed is kept; choose which one holds.");
}

QStringList PolicyEditor::conflictLines() const {
    if (!conflict_ || !state_) {
        return {};
    }
    const api::PolicyObject mine = build();
    const api::StoredObject* theirs = state_->find(api::refOf(mine));
    return theirs == nullptr ? QStringList() : differences(mine, theirs->object);
}

QVariantMap PolicyEditor::problems() const {
    QVariantMap problems;
    if (!open_) {
        return problems;
    }
    if (isNew() && kind_ != api::PolicyKind::Edge && (attempted_ || !name_.isEmpty())) {
        if (const QString problem = nameProblem(name_.trimmed()); !problem.isEmpty()) {
            problems.insert(QStringLiteral("name"), problem);
        }
    }
    check(problems, attempted_);
    return problems;
}

QStringList PolicyEditor::consequences() const {
    if (!state_ || !original_) {
        return {};
    }
    QStringList lines;
    for (const auto& line : api::consequencesOfRemoval(*state_, api::refOf(original_->object))) {
        lines.append(asSentence(bridge::shownLong(line)));
    }
    return lines;
}

void PolicyEditor::openKey(const QString& key) {
    const api::StoredObject* stored = state_ ? state_->find(fromPolicyKey(kind_, key)) : nullptr;
    if (stored != nullptr) {
        show(stored);
    }
}

void PolicyEditor::openNew() {
    show(nullptr);
}

void PolicyEditor::show(const api::StoredObject* stored) {
    ++session_;
    open_ = true;
    busy_ = false;
    attempted_ = false;
    conflict_ = false;
    error_.clear();
    original_.reset();
    blank_.reset();
    if (stored != nullptr) {
        original_ = *stored;
        name_ = QString::fromStdString(api::refOf(stored->object).name);
        load(&original_->object);
    } else {
        name_.clear();
        load(nullptr);
        blank_ = build();
    }
    Q_EMIT changed();
}

void PolicyEditor::close() {
    ++session_;
    open_ = false;
    busy_ = false;
    conflict_ = false;
    original_.reset();
    error_.clear();
    name_.clear();
    Q_EMIT changed();
}

void PolicyEditor::setMesh(const api::ProfileId& profile) {
    if (profile != profile_) {
        profile_ = profile;
        state_.reset();
        close();
    }
}

void PolicyEditor::setLocked(const QString& why) {
    if (why != locked_) {
        locked_ = why;
        Q_EMIT changed();
    }
}

void PolicyEditor::setState(std::shared_ptr<const api::PolicyState> state) {
    const bool wasDirty = dirty();
    state_ = std::move(state);
    // News from before our own write would look like somebody else's change.
    const bool isNews = state_ && original_ && state_->revision >= original_->revision;
    if (open_ && isNews && !busy_) {
        const api::StoredObject* now = current();
        const bool same = now != nullptr && now->object == original_->object;
        if (same) {
            original_ = *now;
            conflict_ = false;
        } else if (wasDirty || now == nullptr) {
            conflict_ = true;
        } else {
            show(now);
            return;
        }
    }
    Q_EMIT changed();
}

void PolicyEditor::edited() {
    error_.clear();
    // Another name is another object: the clash is over.
    if (!original_) {
        conflict_ = false;
    }
    Q_EMIT changed();
}

void PolicyEditor::setError(const QString& error) {
    error_ = error;
    Q_EMIT changed();
}

void PolicyEditor::save() {
    if (!open_ || busy_ || readOnly()) {
        return;
    }
    attempted_ = true;
    if (!problems().isEmpty()) {
        Q_EMIT changed();
        return;
    }
    const bool vanished = original_ && state_ && current() == nullptr;
    write(original_ && !vanished ? original_->revision : api::kMustNotExist);
}

void PolicyEditor::writeMine() {
    if (!conflict_ || busy_ || readOnly() || !state_) {
        return;
    }
    const api::StoredObject* now = state_->find(api::refOf(build()));
    write(now != nullptr ? now->revision : api::kMustNotExist);
}

void PolicyEditor::takeTheirs() {
    if (!conflict_ || !state_) {
        return;
    }
    if (const api::StoredObject* now = state_->find(api::refOf(build())); now != nullptr) {
        show(now);
    } else {
        close();
    }
}

void PolicyEditor::write(std::optional<std::uint64_t> base) {
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    const api::PolicyObject object = build();
    const auto finish =
        [this, object, session = session_](const StatusOr<api::WriteReport>& report) {
            if (session == session_) {
                busy_ = false;
                takeWritten(object, report);
            }
        };
    bridge_.controller().putPolicyObject(
        profile_, object, base, bridge_.deliver<api::WriteReport>(this, finish));
}

void PolicyEditor::takeWritten(
    const api::PolicyObject& object, const StatusOr<api::WriteReport>& report) {
    if (report.ok()) {
        conflict_ = false;
        attempted_ = false;
        original_ = api::StoredObject{object, report->revision, false};
        name_ = QString::fromStdString(api::refOf(object).name);
        saved();
        Q_EMIT done(tr("%1 is saved").arg(heading()));
        Q_EMIT changed();
        return;
    }
    if (report.status().code() != StatusCode::kAborted) {
        setError(errorSentence(tr("It is not saved; what you typed is kept"), report.status()));
        return;
    }
    // What the mesh has by now comes with the next state, or has come.
    const auto finish = [this, session = session_](const StatusOr<api::PolicyState>& state) {
        if (session != session_) {
            return;
        }
        if (state.ok()) {
            state_ = std::make_shared<const api::PolicyState>(*state);
        }
        conflict_ = true;
        Q_EMIT changed();
    };
    bridge_.controller().policy(profile_, bridge_.deliver<api::PolicyState>(this, finish));
}

void PolicyEditor::remove() {
    if (!original_ || busy_ || readOnly()) {
        return;
    }
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    const auto finish = [this, what = heading(), session = session_](
                            const StatusOr<api::WriteReport>& report) {
        if (session != session_) {
            return;
        }
        busy_ = false;
        if (report.ok()) {
            Q_EMIT done(tr("%1 is deleted").arg(what));
            close();
        } else if (report.status().code() == StatusCode::kAborted) {
            setError(tr("Somebody changed it meanwhile. Look at it again before you delete it."));
        } else {
            setError(errorSentence(tr("It is not deleted"), report.status()));
        }
    };
    bridge_.controller().removePolicyObject(
        profile_,
        api::refOf(original_->object),
        original_->revision,
        bridge_.deliver<api::WriteReport>(this, finish));
}

}  // namespace weft::viewmodels
