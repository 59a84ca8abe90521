// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/subject_editors.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/access/fields.h"
#include "ui/viewmodels/access/policy_words.h"

#include <algorithm>

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
    : SubjectsEditor(bridge, api::PolicyKind::Group, parent) {}

api::PolicyObject GroupEditor::build() const {
    return api::Group{coreName(), subjects()};
}

void GroupEditor::load(const api::PolicyObject* object) {
    const auto* group = object == nullptr ? nullptr : std::get_if<api::Group>(object);
    loadSubjects(group == nullptr ? std::vector<api::Subject>() : group->subjects);
}

QString GroupEditor::usedBy() const {
    if (!original() || state() == nullptr) {
        return {};
    }
    const std::string entry = "group:" + coreName();
    const auto lists = [&entry](const std::vector<std::string>& nodes) {
        return std::ranges::find(nodes, entry) != nodes.end();
    };
    QStringList users;
    for (const api::StoredObject& stored : state()->objects) {
        const auto* acl = std::get_if<api::NetworkAcl>(&stored.object);
        const auto* binding = std::get_if<api::RoleBinding>(&stored.object);
        const bool inRule =
            acl != nullptr && (lists(acl->sourceNodes) || lists(acl->destinationNodes));
        const bool inBinding =
            binding != nullptr
            && std::ranges::find(
                   binding->subjects, api::Subject{coreName(), api::SubjectKind::Group})
                   != binding->subjects.end();
        if (inRule || inBinding) {
            users.append(bridge::shown(api::refOf(stored.object).name));
        }
    }
    return users.isEmpty() ? tr("No rule and no binding names it.")
                           : tr("Used by %1").arg(enumerated(users));
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
