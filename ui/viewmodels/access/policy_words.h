// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/policy.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace weft::viewmodels {

/// The words for rules, groups, roles, routes and edges, and what is wrong with what people type.
/// The problems are sentences; empty means fine.

/// Of the name of something new: the mesh's rules for ids.
QString nameProblem(const QString& name);
/// Of one network, such as "10.1.0.0/24", or `*`.
QString networkProblem(const QString& network);
/// Of one entry of a rule's list of nodes: an id, `*`, or "group:NAME".
QString nodeEntryProblem(const QString& entry);

/// "laptops, nas and 3 more".
QString enumerated(const QStringList& items);
/// Names as people may see them.
QStringList shownNames(const std::vector<std::string>& names);

QString actionWord(api::AclAction action);
/// "Votes", "Routes": what a right is about.
QString resourceName(api::PolicyResource resource);
/// "Change", "Read", "Delete", "Everything".
QString verbName(api::PolicyVerb verb);
/// "Change and delete routes named office".
QString sentenceOf(const api::RoleRule& rule);
/// "Let laptops reach nas on 10.1.0.0/24".
QString sentenceOf(const api::NetworkAcl& acl);
/// "group ops", "user anna", "everybody".
QString subjectText(const api::Subject& subject);

/// One field of an object in words.
struct Fact {
    QString label;
    QString value;
};
/// All but its name; of each object of a kind the same fields in the same order.
std::vector<Fact> factsOf(const api::PolicyObject& object);

/// Whether its value is an empty list or text.
bool saysNothing(const Fact& fact);

/// What `theirs` has that `mine` has not, a line for each field. Both are of the same kind.
QStringList differences(const api::PolicyObject& mine, const api::PolicyObject& theirs);

}  // namespace weft::viewmodels
