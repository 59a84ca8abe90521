// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace weft::tests {
namespace {

std::string quoted(std::string_view text) {
    std::string json = "\"";
    for (const char each : text) {
        if (each == '"' || each == '\\') {
            json += '\\';
        }
        if (static_cast<unsigned char>(each) < 0x20) {
            json += fmt::format("\\u{:04x}", static_cast<unsigned char>(each));
        } else {
            json += each;
        }
    }
    return json + '"';
}

template <typename List, typename Function>
std::string array(const List& list, Function jsonOf) {
    std::vector<std::string> texts;
    texts.reserve(list.size());
    for (const auto& each : list) {
        texts.push_back(jsonOf(each));
    }
    return fmt::format("[{}]", fmt::join(texts, ","));
}

std::string jsonOf(const std::vector<std::string>& texts) {
    return array(texts, [](const std::string& text) { return quoted(text); });
}

/// The value of `all` in each enum of the API.
constexpr int kAll = 999;

template <typename Value>
std::string numberOf(Value value, Value all) {
    return std::to_string(value == all ? kAll : static_cast<int>(value));
}

std::string jsonOf(const std::vector<api::Subject>& subjects) {
    return array(subjects, [](const api::Subject& subject) {
        constexpr std::array kNames{
            "SUBJECT_UNKNOWN", "SUBJECT_NODE", "SUBJECT_USER", "SUBJECT_GROUP", "SUBJECT_ALL"};
        return fmt::format(
            R"({{"name":{},"type":"{}"}})",
            quoted(subject.name),
            kNames.at(static_cast<std::size_t>(subject.kind)));
    });
}

std::string jsonOf(const api::Role& role) {
    const auto rules = array(role.rules, [](const api::RoleRule& rule) {
        return fmt::format(
            R"({{"resources":{},"resourceNames":{},"verbs":{}}})",
            array(
                rule.resources,
                [](auto value) { return numberOf(value, api::PolicyResource::All); }),
            jsonOf(rule.resourceNames),
            array(rule.verbs, [](auto value) { return numberOf(value, api::PolicyVerb::All); }));
    });
    return fmt::format(R"({{"name":{},"rules":{}}})", quoted(role.name), rules);
}

std::string jsonOf(const api::RoleBinding& binding) {
    return fmt::format(
        R"({{"name":{},"role":{},"subjects":{}}})",
        quoted(binding.name),
        quoted(binding.role),
        jsonOf(binding.subjects));
}

std::string jsonOf(const api::Group& group) {
    return fmt::format(
        R"({{"name":{},"subjects":{}}})", quoted(group.name), jsonOf(group.subjects));
}

std::string jsonOf(const api::NetworkAcl& acl) {
    return fmt::format(
        R"({{"name":{},"priority":{},"action":"{}","sourceNodes":{},"destinationNodes":{},)"
        R"("sourceCidrs":{},"destinationCidrs":{}}})",
        quoted(acl.name),
        acl.priority,
        acl.action == api::AclAction::Accept ? "ACTION_ACCEPT" : "ACTION_DENY",
        jsonOf(acl.sourceNodes),
        jsonOf(acl.destinationNodes),
        jsonOf(acl.sourceCidrs),
        jsonOf(acl.destinationCidrs));
}

std::string jsonOf(const api::Route& route) {
    return fmt::format(
        R"({{"name":{},"node":{},"destinationCidrs":{},"nextHopNode":{}}})",
        quoted(route.name),
        quoted(route.node),
        jsonOf(route.destinationCidrs),
        quoted(route.nextHopNode));
}

std::string jsonOf(const api::MeshEdge& edge) {
    std::vector<std::string> attributes;
    attributes.reserve(edge.attributes.size());
    for (const auto& [name, value] : edge.attributes) {
        attributes.push_back(quoted(name) + ":" + quoted(value));
    }
    return fmt::format(
        R"({{"source":{},"target":{},"weight":{},"attributes":{{{}}}}})",
        quoted(edge.source),
        quoted(edge.target),
        edge.weight,
        fmt::join(attributes, ","));
}

}  // namespace

std::string fakeJson(const std::optional<api::PolicyObject>& object) {
    return object ? std::visit([](const auto& known) { return jsonOf(known); }, *object)
                  : std::string();
}

}  // namespace weft::tests
