// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/object_diff.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

namespace weft::mesh::changes {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t kMostShownBytes = 80;

/// A field as it is compared: one value, or a list whose entries come and go.
struct Field {
    std::string name;
    Texts entries;
    /// Of one entry of a list; empty for a value.
    std::string entryName{};
};

Field valueField(std::string name, std::string value) {
    return {std::move(name), value.empty() ? Texts{} : Texts{std::move(value)}};
}

template <typename Value>
std::string wordFor(Value value) {
    auto word = std::string(policy::nameOf(value));
    return word == policy::nameOf(Value::Unknown) && value != Value::Unknown
               ? std::to_string(static_cast<std::int32_t>(value))
               : word;
}

template <typename Values>
std::string words(const Values& values) {
    Texts texts;
    for (const auto value : values) {
        texts.push_back(wordFor(value));
    }
    return fmt::format("{}", fmt::join(texts, ","));
}

std::string textOf(const policy::Rule& rule) {
    auto text = fmt::format("{} {}", words(rule.verbs), words(rule.resources));
    if (!rule.resourceNames.empty()) {
        text += fmt::format(" named {}", fmt::join(rule.resourceNames, ","));
    }
    return text;
}

std::string textOf(const policy::Subject& subject) {
    switch (subject.kind) {
    case policy::SubjectKind::Node:
        return subject.name;
    case policy::SubjectKind::Group:
        return std::string(policy::kGroupMark) + subject.name;
    case policy::SubjectKind::All:
        return subject.name == policy::kWildcard ? subject.name : "* " + subject.name;
    default:
        return wordFor(subject.kind) + " " + subject.name;
    }
}

template <typename Entries>
Texts textsOf(const Entries& entries) {
    Texts texts;
    texts.reserve(entries.size());
    for (const auto& entry : entries) {
        texts.push_back(textOf(entry));
    }
    return texts;
}

std::vector<Field> fieldsOf(const policy::Role& role) {
    return {{"rules", textsOf(role.rules), "rule"}};
}

std::vector<Field> fieldsOf(const policy::RoleBinding& binding) {
    return {valueField("role", binding.role), {"subjects", textsOf(binding.subjects), "subject"}};
}

std::vector<Field> fieldsOf(const policy::Group& group) {
    return {{"subjects", textsOf(group.subjects), "member"}};
}

std::vector<Field> fieldsOf(const policy::NetworkAcl& acl) {
    return {
        valueField("priority", std::to_string(acl.priority)),
        valueField("action", std::string(policy::nameOf(acl.action))),
        {"sourceNodes", acl.sourceNodes, "source node"},
        {"destinationNodes", acl.destinationNodes, "destination node"},
        {"sourceCidrs", acl.sourceCidrs, "source network"},
        {"destinationCidrs", acl.destinationCidrs, "destination network"}};
}

std::vector<Field> fieldsOf(const storage::RouteRecord& route) {
    Texts destinations;
    for (const auto& destination : route.destinations) {
        destinations.push_back(destination.toString());
    }
    return {
        valueField("node", route.node),
        {"destinationCidrs", std::move(destinations), "network"},
        valueField("nextHopNode", route.nextHopNode)};
}

std::vector<Field> fieldsOf(const storage::EdgeRecord& edge) {
    Texts attributes;
    for (const auto& [name, value] : edge.attributes) {
        attributes.push_back(fmt::format("{}={}", name, value));
    }
    return {
        valueField("weight", std::to_string(edge.weight)),
        {"attributes", std::move(attributes), "attribute"}};
}

std::vector<Field> fieldsOf(const std::optional<PolicyObject>& object) {
    if (!object) {
        return {};
    }
    return std::visit([](const auto& known) { return fieldsOf(known); }, *object);
}

/// The entries of `all` that `others` has not, as often as it has not.
Texts entriesWithout(const Texts& all, const Texts& others) {
    std::map<std::string_view, std::size_t> there;
    for (const auto& entry : others) {
        ++there[entry];
    }
    Texts left;
    for (const auto& entry : all) {
        const auto found = there.find(entry);
        if (found == there.end() || found->second == 0) {
            left.push_back(entry);
        } else {
            --found->second;
        }
    }
    return left;
}

struct Change {
    FieldChange change;
    std::string entryName;
};

std::vector<Change> allChanges(const Edit& edit) {
    auto before = fieldsOf(edit.before);
    auto after = fieldsOf(edit.after);
    std::vector<Change> changes;
    const auto& names = edit.after ? after : before;
    for (std::size_t at = 0; at < names.size(); ++at) {
        const auto& was = edit.before ? before[at].entries : Texts();
        const auto& is = edit.after ? after[at].entries : Texts();
        if (was != is) {
            changes.push_back(
                {{names[at].name, entriesWithout(was, is), entriesWithout(is, was)},
                 names[at].entryName});
        }
    }
    return changes;
}

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string listLine(const Change& each) {
    const auto added = each.change.added.size();
    const auto removed = each.change.removed.size();
    if (added == 0 && removed == 0) {
        return each.change.field + " in another order";
    }
    if (added == 0) {
        return counted(removed, each.entryName) + " removed";
    }
    auto line = counted(added, each.entryName) + " added";
    return removed == 0 ? line : fmt::format("{}, {} removed", line, removed);
}

std::string valueLine(const FieldChange& change) {
    const auto shown = [](const Texts& value) {
        return value.empty() ? "(nothing)" : base::escapeForLine(value.front(), kMostShownBytes);
    };
    return fmt::format("{} {} -> {}", change.field, shown(change.removed), shown(change.added));
}

std::string whatHappens(const Edit& edit) {
    if (!edit.before || !edit.after) {
        const bool nothing = !edit.before && !edit.after;
        return nothing ? "no change" : edit.after ? "created" : "deleted";
    }
    Texts lines;
    for (const auto& each : allChanges(edit)) {
        lines.push_back(each.entryName.empty() ? valueLine(each.change) : listLine(each));
    }
    if (lines.empty()) {
        // Unknown numbers, which texts do not tell apart.
        return edit.before == edit.after ? "no change" : "changed";
    }
    return fmt::format("{}", fmt::join(lines, "; "));
}

}  // namespace

std::vector<FieldChange> changesOf(const Edit& edit) {
    std::vector<FieldChange> changes;
    for (auto& each : allChanges(edit)) {
        changes.push_back(std::move(each.change));
    }
    return changes;
}

std::string summaryOf(const Edit& edit) {
    return fmt::format(
        "{} {}: {}",
        kindName(edit.ref.kind),
        base::escapeForLine(nameOf(edit.ref)),
        whatHappens(edit));
}

}  // namespace weft::mesh::changes
