// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/changes/lint_world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::mesh::changes::tests {

using policy::AclAction;
using policy::SubjectKind;
using storage::EdgeRecord;
using storage::NodeId;

LintWorld::LintWorld() {
    const std::vector<std::string> ids{"a", "b", "c", "d"};
    for (const auto& id : ids) {
        addNode(id);
        for (const auto& other : ids) {
            if (other != id) {
                policy.put(EdgeRecord{NodeId(id), NodeId(other)});
            }
        }
    }
    policy.put(policy::Role{"mesh-admin", {{{policy::Resource::All}, {}, {policy::Verb::All}}}});
    policy.put(policy::RoleBinding{
        "mesh-admin", "mesh-admin", {{"root", SubjectKind::Node}, {"root", SubjectKind::User}}});
    policy.put(accept("default-accept", 0, {"*"}, {"*"}));
    keepPolicy();
}

void LintWorld::addNode(const std::string& id, bool hasKey) {
    const auto number = static_cast<std::uint32_t>(nodes_.size() + 1);
    storage::NodeRecord record;
    record.id = NodeId(id);
    if (hasKey) {
        std::array<std::uint8_t, 32> key{};
        key[0] = static_cast<std::uint8_t>(number);
        record.publicKey = crypto::PublicKey(key);
    }
    record.privateIpv4 = net::IpPrefix::host(net::IpAddress::v4(0xac10'0000U + number));
    record.privateIpv6 = net::IpPrefix::parse(fmt::format("fd00::{:x}:0/112", number)).value();
    nodes_.push_back({storage::nodeKey(record.id), storage::encodeNode(record), 1, std::nullopt});
}

const storage::Registry& LintWorld::store() {
    auto entries = nodes_;
    entries.push_back({std::string(storage::kIpv4PrefixKey), "172.16.0.0/12", 1, std::nullopt});
    entries.push_back({std::string(storage::kIpv6PrefixKey), "fd00::/32", 1, std::nullopt});
    for (const auto& [key, object] : stored_.objects()) {
        entries.push_back({key, encode(*object), 1, std::nullopt});
    }
    registry_.reset(entries, 1);
    return registry_;
}

LintReport LintWorld::lint() {
    return changes::lint({policy, store(), administrator, limits});
}

std::vector<std::string> LintWorld::codes() {
    std::vector<std::string> codes;
    for (const auto& finding : lint().findings) {
        codes.push_back(finding.code + " of " + nameOf(finding.ref));
    }
    std::ranges::sort(codes);
    return codes;
}

Finding LintWorld::only(std::string_view code) {
    std::vector<Finding> found;
    for (const auto& finding : lint().findings) {
        if (finding.code == code) {
            found.push_back(finding);
        }
    }
    EXPECT_EQ(found.size(), 1U) << code;
    return found.size() == 1 ? found.front() : Finding{};
}

bool LintWorld::fixHelps(std::string_view code) {
    const auto finding = only(code);
    const auto errorsOf = [this] {
        std::vector<std::string> errors;
        for (const auto& one : lint().findings) {
            if (one.severity == Severity::Error) {
                errors.push_back(one.code + nameOf(one.ref));
            }
        }
        return errors;
    };
    if (finding.fix.empty() || finding.fixText.empty()) {
        return false;
    }
    const auto before = errorsOf();
    policy.apply(finding.fix);
    const auto after = errorsOf();
    const bool hasNew = std::ranges::any_of(after, [&before](const std::string& error) {
        return std::ranges::find(before, error) == before.end();
    });
    const auto codesNow = codes();
    const auto own = finding.code + " of " + nameOf(finding.ref);
    return !hasNew && std::ranges::find(codesNow, own) == codesNow.end();
}

policy::NetworkAcl rule(
    std::string name,
    std::int32_t priority,
    AclAction action,
    std::vector<std::string> from,
    std::vector<std::string> to) {
    return {std::move(name), priority, action, std::move(from), std::move(to), {}, {}};
}

policy::NetworkAcl accept(
    std::string name,
    std::int32_t priority,
    std::vector<std::string> from,
    std::vector<std::string> to) {
    return rule(std::move(name), priority, AclAction::Accept, std::move(from), std::move(to));
}

policy::NetworkAcl deny(
    std::string name,
    std::int32_t priority,
    std::vector<std::string> from,
    std::vector<std::string> to) {
    return rule(std::move(name), priority, AclAction::Deny, std::move(from), std::move(to));
}

policy::Group groupOf(std::string name, const std::vector<std::string>& members) {
    policy::Group group{std::move(name), {}};
    for (const auto& member : members) {
        group.subjects.push_back({member, SubjectKind::Node});
    }
    return group;
}

storage::RouteRecord routeOf(
    std::string name, std::string node, const std::vector<std::string>& destinations) {
    storage::RouteRecord route{std::move(name), std::move(node)};
    for (const auto& destination : destinations) {
        route.destinations.push_back(net::IpPrefix::parse(destination).value());
    }
    return route;
}

ObjectRef aclNamed(std::string name) {
    return {policy::ObjectKind::NetworkAcl, std::move(name)};
}

}  // namespace weft::mesh::changes::tests
