// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/detail/object_reader.h"

#include "core/base/text.h"
#include "core/mesh/changes/contents.h"
#include "core/mesh/changes/detail/fault_line.h"
#include "core/mesh/changes/detail/yaml_fields.h"

#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace weft::mesh::changes::detail {
namespace {

using policy::ObjectKind;

constexpr std::size_t kMostShownBytes = 80;

/// In lower case, without what the API puts in front ("RESOURCE_ROLE_BINDINGS") and between.
std::string plainWord(std::string_view word, std::string_view apiPrefix) {
    std::string plain;
    for (const char c : word) {
        plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    if (plain.starts_with(apiPrefix)) {
        plain.erase(0, apiPrefix.size());
        std::erase(plain, '_');
    }
    return plain == "all" ? std::string(policy::kWildcard) : plain;
}

/// The value of `all` that `word` names; what is none is a fault and the first of them.
template <typename Value>
Value valueOf(
    const PlacedText& word,
    std::string_view what,
    std::string_view apiPrefix,
    std::initializer_list<Value> all,
    Faults& faults) {
    const auto plain = plainWord(word.text, apiPrefix);
    std::string known;
    for (const auto value : all) {
        if (policy::nameOf(value) == plain) {
            return value;
        }
        known += (known.empty() ? "" : ", ") + std::string(policy::nameOf(value));
    }
    faults.add(
        word.line,
        fmt::format(
            R"(there is no {} "{}"; there are: {})",
            what,
            base::escapeForLine(word.text, kMostShownBytes),
            known));
    return *all.begin();
}

policy::Verb verbOf(const PlacedText& word, Faults& faults) {
    using policy::Verb;
    return valueOf(word, "verb", "verb_", {Verb::Put, Verb::Get, Verb::Delete, Verb::All}, faults);
}

policy::Resource resourceOf(PlacedText word, Faults& faults) {
    using policy::Resource;
    if (plainWord(word.text, "") == "acls") {
        word.text = policy::nameOf(Resource::NetworkAcls);
    }
    return valueOf(
        word,
        "resource",
        "resource_",
        {Resource::Votes,
         Resource::Roles,
         Resource::RoleBindings,
         Resource::Groups,
         Resource::NetworkAcls,
         Resource::Routes,
         Resource::DataChannels,
         Resource::Edges,
         Resource::Observers,
         Resource::PubSub,
         Resource::All},
        faults);
}

policy::SubjectKind subjectKindOf(const PlacedText& word, Faults& faults) {
    using policy::SubjectKind;
    return valueOf(
        word,
        "kind of subject",
        "subject_",
        {SubjectKind::Node, SubjectKind::User, SubjectKind::Group, SubjectKind::All},
        faults);
}

policy::AclAction actionOf(const PlacedText& word, Faults& faults) {
    using policy::AclAction;
    return valueOf(word, "action", "action_", {AclAction::Accept, AclAction::Deny}, faults);
}

std::vector<std::string> texts(std::vector<PlacedText> placed) {
    std::vector<std::string> texts;
    texts.reserve(placed.size());
    for (auto& each : placed) {
        texts.push_back(std::move(each.text));
    }
    return texts;
}

std::vector<policy::Subject> readSubjects(YamlFields& fields) {
    std::vector<policy::Subject> subjects;
    for (auto& each : fields.maps("subjects")) {
        policy::Subject subject;
        subject.name = each.text("name");
        // The API calls it type.
        for (const auto* field : {"type", "kind"}) {
            if (each.has(field)) {
                subject.kind =
                    subjectKindOf({each.text(field), each.lineOf(field)}, fields.faults());
            }
        }
        each.finish();
        subjects.push_back(std::move(subject));
    }
    return subjects;
}

policy::Role readRole(YamlFields& fields) {
    policy::Role role{fields.text("name"), {}};
    for (auto& each : fields.maps("rules")) {
        policy::Rule rule;
        for (const auto& word : each.list("resources")) {
            rule.resources.push_back(resourceOf(word, fields.faults()));
        }
        rule.resourceNames = texts(each.list("resourceNames"));
        for (const auto& word : each.list("verbs")) {
            rule.verbs.push_back(verbOf(word, fields.faults()));
        }
        each.finish();
        role.rules.push_back(std::move(rule));
    }
    return role;
}

policy::NetworkAcl readAcl(YamlFields& fields) {
    policy::NetworkAcl acl;
    acl.name = fields.text("name");
    acl.priority = fields.number("priority");
    if (fields.has("action")) {
        acl.action = actionOf({fields.text("action"), fields.lineOf("action")}, fields.faults());
    }
    acl.sourceNodes = texts(fields.list("sourceNodes"));
    acl.destinationNodes = texts(fields.list("destinationNodes"));
    acl.sourceCidrs = texts(fields.list("sourceCidrs"));
    acl.destinationCidrs = texts(fields.list("destinationCidrs"));
    return acl;
}

storage::RouteRecord readRoute(YamlFields& fields) {
    storage::RouteRecord route;
    route.name = fields.text("name");
    route.node = fields.text("node");
    for (const auto& each : fields.list("destinationCidrs")) {
        const auto prefix = net::IpPrefix::parse(each.text);
        if (prefix.ok()) {
            route.destinations.push_back(*prefix);
        } else {
            fields.faults().add(
                each.line, fmt::format("destinationCidrs: {}", messageOf(prefix.status())));
        }
    }
    route.nextHopNode = fields.text("nextHopNode");
    return route;
}

PolicyObject readFields(ObjectKind kind, YamlFields& fields) {
    switch (kind) {
    case ObjectKind::Role:
        return readRole(fields);
    case ObjectKind::RoleBinding: {
        auto name = fields.text("name");
        auto role = fields.text("role");
        return policy::RoleBinding{std::move(name), std::move(role), readSubjects(fields)};
    }
    case ObjectKind::Group: {
        auto name = fields.text("name");
        return policy::Group{std::move(name), readSubjects(fields)};
    }
    case ObjectKind::NetworkAcl:
        return readAcl(fields);
    case ObjectKind::Route:
        return readRoute(fields);
    case ObjectKind::Edge:
        break;
    }
    storage::EdgeRecord edge;
    edge.source = storage::NodeId(fields.text("source"));
    edge.target = storage::NodeId(fields.text("target"));
    edge.weight = fields.number("weight");
    edge.attributes = fields.pairs("attributes");
    return edge;
}

void checkKind(ObjectKind kind, YamlFields& fields) {
    if (!fields.has("kind")) {
        return;  // the folder says it
    }
    const auto given = fields.text("kind");
    auto word = plainWord(given, "");
    if (word.ends_with('s')) {
        word.pop_back();
    }
    if (word == "binding") {
        word = kindName(ObjectKind::RoleBinding);
    } else if (word == "acl") {
        word = kindName(ObjectKind::NetworkAcl);
    }
    if (word != kindName(kind)) {
        fields.faults().add(
            fields.lineOf("kind"),
            fmt::format(
                "a {} stands in the folder of another kind: move it, or write kind: {}",
                base::escapeForLine(given, kMostShownBytes),
                kindName(kind)));
    }
}

}  // namespace

std::optional<ObjectInFile> readObject(ObjectKind kind, std::string_view text, Faults& faults) {
    const auto root = parseYaml(text, faults);
    if (!faults.empty()) {
        return std::nullopt;
    }
    if (root.kind != YamlValue::Kind::Map) {
        faults.add(root.line, "the file must hold one object: write `name: ...` and its fields");
        return std::nullopt;
    }
    YamlFields fields(root, faults);
    checkKind(kind, fields);
    auto object = readFields(kind, fields);
    fields.skipRevision("revision");
    fields.finish();
    if (!faults.empty()) {
        return std::nullopt;
    }
    if (const auto status = validate(object); !status.ok()) {
        faults.add(lineOfFault(object, fields), messageOf(status));
        return std::nullopt;
    }
    const auto* const nameField = kind == ObjectKind::Edge ? "source" : "name";
    return ObjectInFile{normalised(std::move(object)), fields.lineOf(nameField)};
}

}  // namespace weft::mesh::changes::detail
