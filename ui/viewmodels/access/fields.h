// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace weft::viewmodels {

/// Lists of names between the core and the fields of an editor, in which they stay as they are.
inline QStringList fromNames(const std::vector<std::string>& names) {
    QStringList list;
    for (const std::string& name : names) {
        list.append(QString::fromStdString(name));
    }
    return list;
}

inline std::vector<std::string> toNames(const QStringList& list) {
    std::vector<std::string> names;
    for (const QString& name : list) {
        names.push_back(name.toStdString());
    }
    return names;
}

/// What is wrong with the first entry that is wrong; empty when all are fine.
template <typename ProblemOf>
QString firstProblem(const QStringList& list, ProblemOf problemOf) {
    for (const QString& entry : list) {
        if (QString problem = problemOf(entry); !problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

/// The names of the subjects of one kind.
QStringList subjectsOf(const std::vector<api::Subject>& subjects, api::SubjectKind kind);
void addSubjects(
    std::vector<api::Subject>& subjects, const QStringList& names, api::SubjectKind kind);
/// Whether everybody is among them.
bool hasEverybody(const std::vector<api::Subject>& subjects);

}  // namespace weft::viewmodels
