// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/changes/policy_set.h"
#include "core/mesh/policy/acl.h"
#include "core/net/ip_prefix.h"
#include "core/storage/registry/registry.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::mesh::v1 {
class PolicyTests;
}  // namespace weft::mesh::v1

namespace weft::mesh::changes {

/// Tests of one mesh; one more is refused.
inline constexpr std::size_t kMaxPolicyTests = 500;
/// A longer text is not read.
inline constexpr std::size_t kMaxPolicyTestBytes = 1'048'576;
/// Pairs that a result names; the others are counted.
inline constexpr std::size_t kMaxOffendingPairs = 10;
/// Verdicts that one test may need; a test that needs more fails.
inline constexpr std::size_t kMaxTestVerdicts = 4'000'000;

enum class Expectation : std::uint8_t {
    Reach,    ///< each of the one end has a tunnel and a way to each of the other
    NotReach  ///< none has a tunnel to any
};

/// "Laptops must reach the nas", "cameras must not reach 10.0.0.0/8".
struct PolicyTest {
    std::string name;
    Expectation must = Expectation::Reach;
    /// A node id, `group:NAME` or `*`.
    std::string from;
    /// The same. Empty: whoever leads to `network`.
    std::string to{};
    /// Addresses of this family alone; nullopt: one of the two is enough.
    std::optional<net::Family> family{};
    /// Addresses of nodes, or what lies behind nodes, without host bits. To reach it one node must
    /// lead to all of it; not to reach it, none may be led to any address of it.
    std::optional<net::IpPrefix> network{};

    friend bool operator==(const PolicyTest&, const PolicyTest&) = default;
};

/// Errors: kInvalidArgument, naming the test and what is wrong.
Status validate(const std::vector<PolicyTest>& tests);

/// What `message` holds is replaced.
void toProto(const std::vector<PolicyTest>& tests, v1::PolicyTests* message);
/// What is read is valid. Errors: kInvalidArgument.
StatusOr<std::vector<PolicyTest>> fromProto(const v1::PolicyTests& message);

/// As protojson (weft/mesh/v1/policy_test.proto), of valid tests.
std::string encode(const std::vector<PolicyTest>& tests);
/// Strict: an unknown field is an error, and what is read is valid. A network may be a single
/// address. Errors: kInvalidArgument.
StatusOr<std::vector<PolicyTest>> decode(std::string_view json);

/// Whether one node has a tunnel and a way to another. It is asked in both directions, so that one
/// which looks at its own alone does as well.
using Reaches = std::function<bool(const storage::NodeId& from, const storage::NodeId& to)>;

/// A mesh as it is, was or is to be. All of it outlives the call.
struct PolicyTestScene {
    /// Groups and routes.
    const PolicySet& policy;
    /// Nodes and the mesh's own networks.
    const storage::Registry& registry;
    /// Of `policy`: what they say of families and networks.
    const policy::NetworkRules& rules;
    Reaches reaches;
    /// Asked before each test: after a no none runs any more, and there are fewer results. Empty:
    /// yes.
    std::function<bool()> goesOn{};
};

struct PolicyTestResult {
    std::string name;
    bool passed = false;
    /// One sentence: what was found, or why the test says nothing.
    std::string text{};
    /// The first pairs of nodes that do not do what they must; of a network, who leads there.
    std::vector<std::pair<storage::NodeId, storage::NodeId>> offending{};
    std::size_t offendingCount = 0;

    friend bool operator==(const PolicyTestResult&, const PolicyTestResult&) = default;
};

/// In the order of the tests. A test about nobody, or about names that are not there, fails.
std::vector<PolicyTestResult> run(
    const std::vector<PolicyTest>& tests, const PolicyTestScene& scene);

}  // namespace weft::mesh::changes
