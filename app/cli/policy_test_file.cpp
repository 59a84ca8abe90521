// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_test_file.h"

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/mesh/changes/policy_test_file.h"
#include "core/net/network.h"

#include <utility>

namespace weft::cli {
namespace {

using mesh::changes::Expectation;

constexpr std::size_t kMostPathBytes = 320;

Document describe(const mesh::changes::PolicyTest& test) {
    Document::Members members{
        {"name", test.name},
        {"must", std::string(mesh::changes::wordFor(test.must))},
        {"from", test.from}};
    if (!test.to.empty()) {
        members.emplace_back("to", test.to);
    }
    if (test.family) {
        members.emplace_back("family", std::string(mesh::changes::wordFor(*test.family)));
    }
    if (test.network) {
        members.emplace_back("network", test.network->toString());
    }
    return members;
}

}  // namespace

StatusOr<std::vector<mesh::changes::PolicyTest>> readPolicyTests(
    const std::filesystem::path& path) {
    WEFT_ASSIGN_OR_RETURN(
        const auto text, base::readFile(path, mesh::changes::kMaxPolicyTestBytes));
    return mesh::changes::parsePolicyTests(
        text, base::escapeForLine(path.native(), kMostPathBytes));
}

Document describe(const std::vector<mesh::changes::PolicyTest>& tests) {
    Document::List list;
    for (const auto& test : tests) {
        list.push_back(describe(test));
    }
    return list;
}

StatusOr<std::vector<mesh::changes::PolicyTest>> toMesh(const std::vector<api::PolicyTest>& tests) {
    std::vector<mesh::changes::PolicyTest> converted;
    for (const auto& test : tests) {
        mesh::changes::PolicyTest one{
            test.name,
            test.mustReach ? Expectation::Reach : Expectation::NotReach,
            test.from,
            test.to};
        if (test.family) {
            one.family =
                *test.family == api::AddressFamily::Ipv4 ? net::Family::V4 : net::Family::V6;
        }
        if (!test.network.empty()) {
            auto network = net::parseNetwork(test.network);
            if (!network.ok()) {
                return annotate(network.status(), "test {}", base::escapeForLine(test.name));
            }
            one.network = *network;
        }
        converted.push_back(std::move(one));
    }
    WEFT_RETURN_IF_ERROR(mesh::changes::validate(converted));
    return converted;
}

std::vector<api::PolicyTest> toApi(const std::vector<mesh::changes::PolicyTest>& tests) {
    std::vector<api::PolicyTest> converted;
    for (const auto& test : tests) {
        api::PolicyTest one{test.name, test.must == Expectation::Reach, test.from, test.to};
        if (test.family) {
            one.family = *test.family == net::Family::V4 ? api::AddressFamily::Ipv4
                                                         : api::AddressFamily::Ipv6;
        }
        if (test.network) {
            one.network = test.network->toString();
        }
        converted.push_back(std::move(one));
    }
    return converted;
}

}  // namespace weft::cli
