// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/fields.h"

#include <algorithm>

namespace weft::viewmodels {

QStringList subjectsOf(const std::vector<api::Subject>& subjects, api::SubjectKind kind) {
    QStringList names;
    for (const api::Subject& subject : subjects) {
        if (subject.kind == kind) {
            names.append(QString::fromStdString(subject.name));
        }
    }
    return names;
}

void addSubjects(
    std::vector<api::Subject>& subjects, const QStringList& names, api::SubjectKind kind) {
    for (const QString& name : names) {
        subjects.push_back({name.toStdString(), kind});
    }
}

bool hasEverybody(const std::vector<api::Subject>& subjects) {
    return std::ranges::any_of(subjects, [](const api::Subject& subject) {
        return subject.kind == api::SubjectKind::All && subject.name == "*";
    });
}

}  // namespace weft::viewmodels
