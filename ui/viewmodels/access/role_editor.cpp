// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/role_editor.h"

#include "ui/viewmodels/access/fields.h"
#include "ui/viewmodels/access/policy_words.h"
#include "ui/viewmodels/words.h"

#include <algorithm>
#include <array>

namespace weft::viewmodels {
namespace {

constexpr std::array kVerbs = {
    api::PolicyVerb::All, api::PolicyVerb::Get, api::PolicyVerb::Put, api::PolicyVerb::Delete};
constexpr std::array kResources = {
    api::PolicyResource::All,
    api::PolicyResource::NetworkAcls,
    api::PolicyResource::Groups,
    api::PolicyResource::Roles,
    api::PolicyResource::RoleBindings,
    api::PolicyResource::Routes,
    api::PolicyResource::Edges,
    api::PolicyResource::PubSub,
    api::PolicyResource::DataChannels,
    api::PolicyResource::Votes,
    api::PolicyResource::Observers,
};

/// The first choice takes the place of all others, and the other way round.
template <typename Value, std::size_t N>
void toggle(std::vector<Value>& values, const std::array<Value, N>& choices, int choice) {
    if (choice < 0 || static_cast<std::size_t>(choice) >= N) {
        return;
    }
    const Value value = choices[static_cast<std::size_t>(choice)];
    const Value all = choices.front();
    if (std::erase(values, value) > 0) {
        return;
    }
    if (value == all) {
        values.clear();
    } else {
        std::erase(values, all);
    }
    values.push_back(value);
}

template <typename Value, std::size_t N>
QVariantList chosen(const std::vector<Value>& values, const std::array<Value, N>& choices) {
    QVariantList positions;
    for (std::size_t i = 0; i < N; ++i) {
        if (std::ranges::find(values, choices[i]) != values.end()) {
            positions.append(static_cast<int>(i));
        }
    }
    return positions;
}

}  // namespace

RoleEditor::RoleEditor(bridge::Bridge& bridge, QObject* parent)
    : PolicyEditor(bridge, api::PolicyKind::Role, parent) {}

QStringList RoleEditor::verbChoices() const {
    QStringList words;
    for (const api::PolicyVerb verb : kVerbs) {
        words.append(verbName(verb));
    }
    return words;
}

QStringList RoleEditor::resourceChoices() const {
    QStringList words;
    for (const api::PolicyResource resource : kResources) {
        words.append(resourceName(resource));
    }
    return words;
}

QVariantList RoleEditor::rights() const {
    QVariantList rights;
    for (const api::RoleRule& rule : rules_) {
        const bool complete = !rule.verbs.empty() && !rule.resources.empty();
        rights.append(QVariantMap{
            {QStringLiteral("verbs"), chosen(rule.verbs, kVerbs)},
            {QStringLiteral("resources"), chosen(rule.resources, kResources)},
            {QStringLiteral("names"), fromNames(rule.resourceNames)},
            {QStringLiteral("sentence"), complete ? asSentence(sentenceOf(rule)) : QString()},
        });
    }
    return rights;
}

api::RoleRule* RoleEditor::at(int right) {
    const bool known = right >= 0 && right < rightCount();
    return known ? &rules_[static_cast<std::size_t>(right)] : nullptr;
}

void RoleEditor::addRight() {
    rules_.push_back({{}, {}, {api::PolicyVerb::Get}});
    edited();
}

void RoleEditor::removeRight(int right) {
    if (at(right) != nullptr) {
        rules_.erase(rules_.begin() + right);
        edited();
    }
}

void RoleEditor::toggleVerb(int right, int choice) {
    if (api::RoleRule* rule = at(right); rule != nullptr) {
        toggle(rule->verbs, kVerbs, choice);
        edited();
    }
}

void RoleEditor::toggleResource(int right, int choice) {
    if (api::RoleRule* rule = at(right); rule != nullptr) {
        toggle(rule->resources, kResources, choice);
        edited();
    }
}

void RoleEditor::setNames(int right, const QStringList& names) {
    if (api::RoleRule* rule = at(right); rule != nullptr) {
        rule->resourceNames = toNames(names);
        edited();
    }
}

api::PolicyObject RoleEditor::build() const {
    return api::Role{coreName(), rules_};
}

void RoleEditor::load(const api::PolicyObject* object) {
    const auto* role = object == nullptr ? nullptr : std::get_if<api::Role>(object);
    rules_ = role == nullptr ? std::vector<api::RoleRule>{{{}, {}, {api::PolicyVerb::Get}}}
                             : role->rules;
}

void RoleEditor::check(QVariantMap& problems, bool missing) const {
    if (!missing) {
        return;
    }
    if (rules_.empty()) {
        problems.insert(QStringLiteral("rights"), tr("A role gives at least one right."));
    }
    const auto incomplete = std::ranges::find_if(rules_, [](const api::RoleRule& rule) {
        return rule.verbs.empty() || rule.resources.empty();
    });
    if (incomplete != rules_.end()) {
        problems.insert(
            QStringLiteral("rights"),
            tr("Right %1 says not yet what may be done, or with what.")
                .arg(incomplete - rules_.begin() + 1));
    }
}

}  // namespace weft::viewmodels
