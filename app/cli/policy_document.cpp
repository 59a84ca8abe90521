// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_document.h"

#include "app/cli/output.h"
#include "core/api/policy_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

namespace weft::cli {
namespace {

using Members = Document::Members;
using Texts = std::vector<std::string>;

template <typename Values>
Texts words(const Values& values) {
    Texts texts;
    for (const auto value : values) {
        texts.emplace_back(wordFor(value));
    }
    return texts;
}

Document subjectsOf(const std::vector<api::Subject>& subjects) {
    Document::List list;
    for (const auto& subject : subjects) {
        list.push_back(
            Members{{"kind", std::string(wordFor(subject.kind))}, {"name", subject.name}});
    }
    return list;
}

void fill(const api::Role& role, Members& members) {
    Document::List rules;
    for (const auto& rule : role.rules) {
        rules.push_back(Members{
            {"resources", Document::listOf(words(rule.resources))},
            {"resourceNames", Document::listOf(rule.resourceNames)},
            {"verbs", Document::listOf(words(rule.verbs))}});
    }
    members.emplace_back("name", role.name);
    members.emplace_back("rules", std::move(rules));
}

void fill(const api::RoleBinding& binding, Members& members) {
    members.emplace_back("name", binding.name);
    members.emplace_back("role", binding.role);
    members.emplace_back("subjects", subjectsOf(binding.subjects));
}

void fill(const api::Group& group, Members& members) {
    members.emplace_back("name", group.name);
    members.emplace_back("subjects", subjectsOf(group.subjects));
}

void fill(const api::NetworkAcl& acl, Members& members) {
    members.emplace_back("name", acl.name);
    members.emplace_back("priority", acl.priority);
    members.emplace_back("action", std::string(wordFor(acl.action)));
    members.emplace_back("sourceNodes", Document::listOf(acl.sourceNodes));
    members.emplace_back("destinationNodes", Document::listOf(acl.destinationNodes));
    members.emplace_back("sourceCidrs", Document::listOf(acl.sourceCidrs));
    members.emplace_back("destinationCidrs", Document::listOf(acl.destinationCidrs));
}

void fill(const api::Route& route, Members& members) {
    members.emplace_back("name", route.name);
    members.emplace_back("node", route.node);
    members.emplace_back("destinationCidrs", Document::listOf(route.destinationCidrs));
    members.emplace_back("nextHopNode", route.nextHopNode);
}

void fill(const api::MeshEdge& edge, Members& members) {
    Members attributes;
    for (const auto& [name, value] : edge.attributes) {
        attributes.emplace_back(name, value);
    }
    members.emplace_back("source", edge.source);
    members.emplace_back("target", edge.target);
    members.emplace_back("weight", edge.weight);
    members.emplace_back("attributes", std::move(attributes));
}

std::string ruleText(const api::RoleRule& rule) {
    std::string text = fmt::format(
        "{} {}", fmt::join(words(rule.verbs), ","), fmt::join(words(rule.resources), ","));
    if (!rule.resourceNames.empty()) {
        text += fmt::format(" named {}", fmt::join(rule.resourceNames, ","));
    }
    return text;
}

Texts ruleTexts(const std::vector<api::RoleRule>& rules) {
    Texts texts;
    for (const auto& rule : rules) {
        texts.push_back(ruleText(rule));
    }
    return texts;
}

Texts subjectTexts(const std::vector<api::Subject>& subjects) {
    Texts texts;
    for (const auto& subject : subjects) {
        texts.push_back(describe(subject));
    }
    return texts;
}

Texts attributeTexts(const std::map<std::string, std::string>& attributes) {
    Texts texts;
    for (const auto& [name, value] : attributes) {
        texts.push_back(fmt::format("{}={}", name, value));
    }
    return texts;
}

std::string joined(const Texts& texts) {
    return fmt::format("{}", fmt::join(texts, ", "));
}

std::string ends(const Texts& nodes, const Texts& cidrs) {
    std::string text = nodes.empty() ? "*" : joined(nodes);
    if (!cidrs.empty()) {
        text += " in " + joined(cidrs);
    }
    return text;
}

/// A field as it is compared: one value, or a list whose entries come and go.
struct Field {
    std::string name;
    Texts entries;
    bool isList = true;
};

std::vector<Field> fieldsOf(const api::Role& role) {
    return {{"rules", ruleTexts(role.rules)}};
}

std::vector<Field> fieldsOf(const api::RoleBinding& binding) {
    return {{"role", {binding.role}, false}, {"subjects", subjectTexts(binding.subjects)}};
}

std::vector<Field> fieldsOf(const api::Group& group) {
    return {{"subjects", subjectTexts(group.subjects)}};
}

std::vector<Field> fieldsOf(const api::NetworkAcl& acl) {
    return {
        {"priority", {std::to_string(acl.priority)}, false},
        {"action", {std::string(wordFor(acl.action))}, false},
        {"sourceNodes", acl.sourceNodes},
        {"destinationNodes", acl.destinationNodes},
        {"sourceCidrs", acl.sourceCidrs},
        {"destinationCidrs", acl.destinationCidrs}};
}

std::vector<Field> fieldsOf(const api::Route& route) {
    return {
        {"node", {route.node}, false},
        {"destinationCidrs", route.destinationCidrs},
        {"nextHopNode", {route.nextHopNode}, false}};
}

std::vector<Field> fieldsOf(const api::MeshEdge& edge) {
    return {
        {"weight", {std::to_string(edge.weight)}, false},
        {"attributes", attributeTexts(edge.attributes)}};
}

std::string listChange(const Field& before, const Field& after) {
    const auto missingIn = [](const Texts& list, const std::string& entry) {
        return std::ranges::find(list, entry) == list.end();
    };
    Texts parts;
    for (const auto& entry : after.entries) {
        if (missingIn(before.entries, entry)) {
            parts.push_back("+ " + safe(entry));
        }
    }
    for (const auto& entry : before.entries) {
        if (missingIn(after.entries, entry)) {
            parts.push_back("- " + safe(entry));
        }
    }
    return parts.empty() ? "another order" : joined(parts);
}

std::string valueChange(const Field& before, const Field& after) {
    const auto shown = [](const Field& field) {
        return field.entries.front().empty() ? "(nothing)" : safe(field.entries.front());
    };
    return fmt::format("{} -> {}", shown(before), shown(after));
}

}  // namespace

Document describe(const api::PolicyObject& object, std::optional<std::uint64_t> revision) {
    Members members{{"kind", std::string(wordFor(kindOf(object)))}};
    std::visit([&members](const auto& known) { fill(known, members); }, object);
    if (revision) {
        members.emplace_back("revision", *revision);
    }
    return members;
}

Document describe(const api::StoredObject& stored) {
    return describe(stored.object, stored.revision);
}

std::vector<std::string> headsOf(api::PolicyKind kind) {
    switch (kind) {
    case api::PolicyKind::Role:
        return {"NAME", "REVISION", "RULES"};
    case api::PolicyKind::RoleBinding:
        return {"NAME", "REVISION", "ROLE", "SUBJECTS"};
    case api::PolicyKind::Group:
        return {"NAME", "REVISION", "MEMBERS"};
    case api::PolicyKind::NetworkAcl:
        return {"NAME", "REVISION", "PRIORITY", "ACTION", "FROM", "TO"};
    case api::PolicyKind::Route:
        return {"NAME", "REVISION", "NODE", "NETWORKS"};
    case api::PolicyKind::Edge:
        break;
    }
    return {"SOURCE", "TARGET", "REVISION", "WEIGHT", "ATTRIBUTES"};
}

std::vector<std::string> cellsOf(const api::StoredObject& stored) {
    const std::string revision = std::to_string(stored.revision);
    const api::PolicyObject& object = stored.object;
    if (const auto* role = std::get_if<api::Role>(&object)) {
        return {role->name, revision, fmt::format("{}", fmt::join(ruleTexts(role->rules), "; "))};
    }
    if (const auto* binding = std::get_if<api::RoleBinding>(&object)) {
        return {binding->name, revision, binding->role, joined(subjectTexts(binding->subjects))};
    }
    if (const auto* group = std::get_if<api::Group>(&object)) {
        return {group->name, revision, joined(subjectTexts(group->subjects))};
    }
    if (const auto* acl = std::get_if<api::NetworkAcl>(&object)) {
        return {
            acl->name,
            revision,
            std::to_string(acl->priority),
            std::string(wordFor(acl->action)),
            ends(acl->sourceNodes, acl->sourceCidrs),
            ends(acl->destinationNodes, acl->destinationCidrs)};
    }
    if (const auto* route = std::get_if<api::Route>(&object)) {
        return {route->name, revision, route->node, joined(route->destinationCidrs)};
    }
    const auto& edge = std::get<api::MeshEdge>(object);
    return {
        edge.source,
        edge.target,
        revision,
        std::to_string(edge.weight),
        joined(attributeTexts(edge.attributes))};
}

std::vector<std::string> changesBetween(
    const api::PolicyObject& before, const api::PolicyObject& after) {
    const auto read = [](const api::PolicyObject& object) {
        return std::visit([](const auto& known) { return fieldsOf(known); }, object);
    };
    const auto old = read(before);
    const auto now = read(after);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < now.size() && i < old.size(); ++i) {
        if (old[i].entries == now[i].entries) {
            continue;
        }
        lines.push_back(fmt::format(
            "{}: {}",
            now[i].name,
            now[i].isList ? listChange(old[i], now[i]) : valueChange(old[i], now[i])));
    }
    return lines;
}

}  // namespace weft::cli
