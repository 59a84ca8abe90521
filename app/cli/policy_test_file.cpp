// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_test_file.h"

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/mesh/changes/policy_test_file.h"

#include <utility>

namespace weft::cli {
namespace {

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

}  // namespace weft::cli
