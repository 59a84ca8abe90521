// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/policy_editor.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/policy_diff.h"
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

api::ObjectRef PolicyEditor::shownRef() const {
    return original_ ? api::refOf(original_->object) : drafted_ ? drafted_->ref : api::ObjectRef{};
}

QString PolicyEditor::key() const {
    return isNew() ? QString() : toPolicyKey(shownRef());
}

QString PolicyEditor::heading() const {
    return isNew() ? newHeading(kind_) : objectTitle(shownRef());
}

QString PolicyEditor::draftText() const {
    if (!drafted_) {
        return {};
    }
    if (!drafted_->after) {
        return tr("Your draft removes it. It is there until the draft is applied.");
    }
    return drafted_->before ? tr("This is how your draft wants it. It is not so in the mesh yet.")
                            : tr("Your draft makes it. It is not in the mesh yet.");
}

std::optional<api::PolicyObject> PolicyEditor::storedObject() const {
    return original_ ? std::optional(original_->object) : std::nullopt;
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
    return build() != *shown_ || (isNew() && !name_.isEmpty());
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
    const api::ObjectRef ref = fromPolicyKey(kind_, key);
    const api::StoredObject* stored = state_ ? state_->find(ref) : nullptr;
    const api::PolicyEdit* edit = desk_ == nullptr ? nullptr : desk_->find(ref);
    if (stored != nullptr || (edit != nullptr && edit->after)) {
        show(stored, edit);
    }
}

void PolicyEditor::openNew() {
    show(nullptr, nullptr);
}

void PolicyEditor::show(const api::StoredObject* stored, const api::PolicyEdit* edit) {
    ++session_;
    open_ = true;
    busy_ = false;
    attempted_ = false;
    conflict_ = false;
    error_.clear();
    const std::optional<api::StoredObject> original =
        stored == nullptr ? std::nullopt : std::optional(*stored);
    const std::optional<api::PolicyEdit> drafted =
        edit == nullptr ? std::nullopt : std::optional(*edit);
    original_ = original;
    drafted_ = drafted;
    name_ = QString::fromStdString(shownRef().name);
    const bool fromDraft = drafted_ && drafted_->after;
    load(fromDraft ? &*drafted_->after : original_ ? &original_->object : nullptr);
    shown_ = build();
    Q_EMIT changed();
}

void PolicyEditor::showAgain() {
    const api::ObjectRef ref = shownRef();
    const std::optional<api::StoredObject> own = original_;
    const bool isOld = own && (!state_ || state_->revision < own->revision);
    // News from before our own write would bring back what it changed.
    const api::StoredObject* stored = isOld ? &*own : state_ ? state_->find(ref) : nullptr;
    const api::PolicyEdit* edit = desk_ == nullptr ? nullptr : desk_->find(ref);
    if (stored == nullptr && (edit == nullptr || !edit->after)) {
        close();
    } else {
        show(stored, edit);
    }
}

void PolicyEditor::close() {
    ++session_;
    open_ = false;
    busy_ = false;
    conflict_ = false;
    original_.reset();
    drafted_.reset();
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
            showAgain();
            return;
        }
    }
    Q_EMIT changed();
}

void PolicyEditor::edited() {
    error_.clear();
    // Another name is another object: the clash is over.
    if (isNew()) {
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
        show(now, nullptr);
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
        noteSaved({api::refOf(object), storedObject(), object});
        original_ = api::StoredObject{object, report->revision, false};
        shown_ = object;
        name_ = QString::fromStdString(api::refOf(object).name);
        saved();
        if (drafted_) {
            // It is done: the draft has nothing to add to it.
            leaveDraft();
        }
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
            noteSaved({shownRef(), storedObject(), std::nullopt});
            Q_EMIT done(tr("%1 is deleted").arg(what));
            if (drafted_) {
                leaveDraft();
            }
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
