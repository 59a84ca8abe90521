// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/subject_editors.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/fields.h"
#include "ui/viewmodels/access/group_references.h"
#include "ui/viewmodels/access/policy_diff.h"
#include "ui/viewmodels/access/policy_words.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {

void SubjectsEditor::setNodes(const QStringList& nodes) {
    if (nodes != nodes_) {
        nodes_ = nodes;
        edited();
    }
}

void SubjectsEditor::setUsers(const QStringList& users) {
    if (users != users_) {
        users_ = users;
        edited();
    }
}

void SubjectsEditor::setGroups(const QStringList& groups) {
    if (groups != groups_) {
        groups_ = groups;
        edited();
    }
}

void SubjectsEditor::setEverybody(bool everybody) {
    if (everybody != everybody_) {
        everybody_ = everybody;
        edited();
    }
}

std::vector<api::Subject> SubjectsEditor::subjects() const {
    std::vector<api::Subject> subjects;
    if (everybody_) {
        subjects.push_back({"*", api::SubjectKind::All});
    }
    addSubjects(subjects, nodes_, api::SubjectKind::Node);
    addSubjects(subjects, users_, api::SubjectKind::User);
    addSubjects(subjects, groups_, api::SubjectKind::Group);
    // Of the other kinds, what the fields do not show.
    std::ranges::copy_if(read_, std::back_inserter(subjects), [](const api::Subject& subject) {
        return subject.kind == api::SubjectKind::Unknown
               || (subject.kind == api::SubjectKind::All && subject.name != "*");
    });
    const bool unchanged = std::ranges::is_permutation(subjects, read_);
    return unchanged ? read_ : subjects;
}

void SubjectsEditor::loadSubjects(const std::vector<api::Subject>& subjects) {
    read_ = subjects;
    nodes_ = subjectsOf(subjects, api::SubjectKind::Node);
    users_ = subjectsOf(subjects, api::SubjectKind::User);
    groups_ = subjectsOf(subjects, api::SubjectKind::Group);
    everybody_ = hasEverybody(subjects);
}

void SubjectsEditor::check(QVariantMap& problems, bool missing) const {
    const auto entries = [&](const char* field, const QStringList& list) {
        const QString problem = firstProblem(list, [](const QString& name) {
            return name == QLatin1String("*") ? QString() : nameProblem(name);
        });
        if (!problem.isEmpty()) {
            problems.insert(QLatin1String(field), problem);
        }
    };
    entries("nodes", nodes_);
    entries("users", users_);
    entries("groups", groups_);
    if (missing && subjects().empty()) {
        problems.insert(QStringLiteral("nodes"), tr("Name at least one."));
    }
}

GroupEditor::GroupEditor(bridge::Bridge& bridge, QObject* parent)
    : SubjectsEditor(bridge, api::PolicyKind::Group, parent) {
    connect(this, &PolicyEditor::changed, this, &GroupEditor::showUses);
}

api::PolicyObject GroupEditor::build() const {
    return api::Group{coreName(), subjects()};
}

void GroupEditor::load(const api::PolicyObject* object) {
    const auto* group = object == nullptr ? nullptr : std::get_if<api::Group>(object);
    loadSubjects(group == nullptr ? std::vector<api::Subject>() : group->subjects);
}

void GroupEditor::showUses() {
    std::vector<Note> notes;
    if (!isNew() && state() != nullptr) {
        for (const GroupUse& use : usesOf(shownObjects(), coreName())) {
            const QString place = use.asSource && use.asDestination ? tr("As source and as target")
                                  : use.asSource                    ? tr("As source")
                                  : use.asDestination               ? tr("As target")
                                                                    : QString();
            notes.push_back(
                {objectTitle(use.ref), place, kindWord(use.ref.kind), look::Tone::Neutral});
        }
    }
    uses_.setNotes(std::move(notes));
    Q_EMIT usesChanged();
}

QString GroupEditor::usedBy() const {
    if (isNew() || state() == nullptr) {
        return {};
    }
    return uses_.count() == 0 ? tr("No rule and no binding names it.")
                              : tr("Used by %n object(s)", nullptr, uses_.count());
}

QString GroupEditor::renameHint() const {
    if (original() && original()->isSystem) {
        return tr("The mesh stands on it: it keeps its name.");
    }
    if (readOnly()) {
        return readOnlyText();
    }
    if (!canDraft()) {
        return tr("This service keeps no drafts: make a new group instead.");
    }
    return dirty() ? tr("First save what you typed, or add it to the draft.") : QString();
}

QString GroupEditor::renameProblem(const QString& name) const {
    if (QString problem = nameProblem(name.trimmed()); !problem.isEmpty()) {
        return problem;
    }
    const api::ObjectRef wanted{api::PolicyKind::Group, name.trimmed().toStdString(), {}};
    const auto objects = shownObjects();
    const bool isTaken = std::ranges::any_of(objects, [&wanted](const api::PolicyObject& object) {
        return api::refOf(object) == wanted;
    });
    return isTaken ? tr("There is a group of that name already.") : QString();
}

void GroupEditor::rename(const QString& name) {
    if (isNew() || busy() || !renameHint().isEmpty() || !renameProblem(name).isEmpty()) {
        return;
    }
    const std::string to = name.trimmed().toStdString();
    const auto edits = renameEdits(shownObjects(), coreName(), to);
    if (!edits.empty()) {
        const auto others = static_cast<int>(edits.size()) - 2;
        sendToDraft(
            edits,
            tr("In the draft: %1 is called %2, and %n object(s) follow", nullptr, others)
                .arg(bridge::shown(coreName()), bridge::shown(to)));
    }
}

BindingEditor::BindingEditor(bridge::Bridge& bridge, QObject* parent)
    : SubjectsEditor(bridge, api::PolicyKind::RoleBinding, parent) {}

void BindingEditor::setRole(const QString& role) {
    if (role != role_) {
        role_ = role;
        edited();
    }
}

api::PolicyObject BindingEditor::build() const {
    return api::RoleBinding{coreName(), role_.toStdString(), subjects()};
}

void BindingEditor::load(const api::PolicyObject* object) {
    const auto* binding = object == nullptr ? nullptr : std::get_if<api::RoleBinding>(object);
    role_ = binding == nullptr ? QString() : QString::fromStdString(binding->role);
    loadSubjects(binding == nullptr ? std::vector<api::Subject>() : binding->subjects);
}

void BindingEditor::check(QVariantMap& problems, bool missing) const {
    SubjectsEditor::check(problems, missing);
    if (role_.isEmpty()) {
        if (missing) {
            problems.insert(QStringLiteral("role"), tr("Choose the role that it gives."));
        }
        return;
    }
    const api::ObjectRef ref{api::PolicyKind::Role, role_.toStdString(), {}};
    if (state() != nullptr && state()->find(ref) == nullptr) {
        problems.insert(QStringLiteral("role"), tr("There is no role of that name."));
    }
}

}  // namespace weft::viewmodels
