// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_test_file.h"

#include "core/base/text.h"
#include "core/mesh/changes/detail/yaml_fields.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace weft::mesh::changes {
namespace {

using detail::Faults;
using detail::YamlFields;
using detail::YamlValue;

constexpr std::size_t kMostShownBytes = 80;

template <typename Value>
struct Words {
    Value value;
    std::string_view word;
    /// As protojson has it.
    std::string_view apiWord;
};

constexpr std::array<Words<Expectation>, 2> kExpectations{{
    {Expectation::Reach, "reach", "MUST_REACH"},
    {Expectation::NotReach, "not-reach", "MUST_NOT_REACH"},
}};
constexpr std::array<Words<net::Family>, 2> kFamilies{{
    {net::Family::V4, "ipv4", "FAMILY_V4"},
    {net::Family::V6, "ipv6", "FAMILY_V6"},
}};

template <typename Value>
std::string_view wordOf(const std::array<Words<Value>, 2>& all, Value value) {
    return value == all.front().value ? all.front().word : all.back().word;
}

template <typename Value>
std::optional<Value> valueOf(std::string_view text, const std::array<Words<Value>, 2>& all) {
    for (const auto& each : all) {
        if (text == each.word || text == each.apiWord) {
            return each.value;
        }
    }
    return std::nullopt;
}

template <typename Value>
void addWrongWord(
    YamlFields& fields,
    std::string_view name,
    std::string_view text,
    const std::array<Words<Value>, 2>& all) {
    fields.faults().add(
        fields.lineOf(name),
        fmt::format(
            R"({} is "{}": write {} or {})",
            name,
            base::escapeForLine(text, kMostShownBytes),
            all.front().word,
            all.back().word));
}

Expectation mustOf(YamlFields& fields) {
    if (!fields.has("must")) {
        fields.faults().add(fields.line(), "must is missing: write must: reach or must: not-reach");
        return {};
    }
    const auto text = fields.text("must");
    const auto must = valueOf(text, kExpectations);
    if (!must) {
        addWrongWord(fields, "must", text, kExpectations);
    }
    return must.value_or(Expectation::Reach);
}

std::optional<net::Family> familyOf(YamlFields& fields) {
    const auto text = fields.text("family");
    const auto family = valueOf(text, kFamilies);
    if (!family && !text.empty()) {
        addWrongWord(fields, "family", text, kFamilies);
    }
    return family;
}

std::optional<net::IpPrefix> networkOf(YamlFields& fields) {
    const auto text = fields.text("network");
    if (text.empty()) {
        return std::nullopt;
    }
    if (const auto address = net::IpAddress::parse(text); address.ok()) {
        return net::IpPrefix::host(*address);
    }
    const auto prefix = net::IpPrefix::parse(text);
    if (!prefix.ok()) {
        fields.faults().add(
            fields.lineOf("network"), fmt::format("network: {}", messageOf(prefix.status())));
        return std::nullopt;
    }
    return *prefix;
}

PolicyTest testOf(YamlFields& fields) {
    PolicyTest test;
    test.name = fields.text("name");
    test.from = fields.text("from");
    test.to = fields.text("to");
    test.must = mustOf(fields);
    test.family = familyOf(fields);
    test.network = networkOf(fields);
    fields.finish();
    return test;
}

/// The list of tests in a document; nullptr: `faults` has got what is wrong.
const YamlValue* listOf(const YamlValue& root, Faults& faults) {
    if (!faults.empty()) {
        return nullptr;
    }
    if (root.kind == YamlValue::Kind::List) {
        return &root;
    }
    if (root.kind == YamlValue::Kind::Map) {
        YamlFields fields(root, faults);
        const bool isThere = fields.has("tests");
        fields.finish();
        const auto* list = isThere ? fields.find("tests") : nullptr;
        if (list != nullptr && list->kind == YamlValue::Kind::List) {
            return list;
        }
        // `encode` leaves out a list that is empty.
        static const YamlValue kNone{YamlValue::Kind::List};
        if (!isThere && faults.empty()) {
            return &kNone;
        }
    }
    if (faults.empty()) {
        faults.add(root.line, "the file must hold a list of tests: begin each with `- name: ...`");
    }
    return nullptr;
}

std::vector<PolicyTest> testsOf(const YamlValue& list, Faults& faults) {
    std::vector<PolicyTest> tests;
    for (const auto& item : list.items) {
        if (item.kind == YamlValue::Kind::Map) {
            YamlFields fields(item, faults);
            tests.push_back(testOf(fields));
        } else {
            faults.add(item.line, "a test must hold fields: write `name: ...`");
        }
    }
    return tests;
}

Status statusOf(const Faults& faults, std::string_view name) {
    std::string text;
    for (const auto& fault : faults.listed()) {
        text += fmt::format("{}{}:{}: {}", text.empty() ? "" : "\n", name, fault.line, fault.text);
    }
    if (faults.unlisted() > 0) {
        text += fmt::format("\nand {} more", faults.unlisted());
    }
    return invalidArgument("{}", text);
}

}  // namespace

std::string_view wordFor(Expectation must) {
    return wordOf(kExpectations, must);
}

std::string_view wordFor(net::Family family) {
    return wordOf(kFamilies, family);
}

StatusOr<std::vector<PolicyTest>> parsePolicyTests(std::string_view text, std::string_view name) {
    if (text.size() > kMaxPolicyTestBytes) {
        return invalidArgument("{}: the tests are longer than {} bytes", name, kMaxPolicyTestBytes);
    }
    Faults faults;
    const auto root = detail::parseYaml(text, faults);
    std::vector<PolicyTest> tests;
    if (const auto* list = listOf(root, faults)) {
        tests = testsOf(*list, faults);
    }
    if (!faults.empty()) {
        return statusOf(faults, name);
    }
    WEFT_RETURN_IF_ERROR(annotate(validate(tests), "{}", name));
    return tests;
}

}  // namespace weft::mesh::changes
