// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/mesh/changes/policy_tests.h"
#include "core/mesh/host.h"

#include <functional>
#include <memory>
#include <vector>

namespace weft::mesh {

/// Below storage::kWeftPrefix, so that no publish and no query can write it: the tests as one value
/// of changes::encode.
inline constexpr std::string_view kPolicyTestsKey = "/weft/v1/policy-tests";

struct KeptPolicyTests {
    std::vector<changes::PolicyTest> tests;
    /// 0: none are kept.
    storage::Revision revision = 0;

    friend bool operator==(const KeptPolicyTests&, const KeptPolicyTests&) = default;
};

/// The tests of who must reach whom that are kept with a mesh. Reading the store blocks on it.
/// Thread: confined to the loop.
class PolicyTestControl {
public:
    /// Both outlive it; without `audit` nothing is logged.
    PolicyTestControl(Host& host, AuditLog* audit);

    /// For every member: whoever sees the rules may see what they are to do.
    /// Errors: kPermissionDenied; kDataLoss  what is kept does not read
    StatusOr<KeptPolicyTests> get(const Caller& caller) const;
    /// Replaces all of them; none take them away. Needs the right to put every network ACL. What
    /// does not read counts as none. The answer is the new revision; 0: none are kept.
    /// Errors: kAborted            they are not of the revision `base`: others have changed them
    ///         kInvalidArgument    as changes::validate
    ///         kResourceExhausted  too many, or too long
    ///         kUnauthenticated, kPermissionDenied, and those of the store
    void put(
        std::vector<changes::PolicyTest> tests,
        storage::Revision base,
        const Caller& caller,
        Callback<storage::Revision> done);
    /// Runs on the storage writer after each write of the tests: it copies and posts, nothing else.
    StatusOr<storage::WatchHandle> watch(std::function<void()> changed);

private:
    Host& host_;
    AuditLog* const audit_;
    /// Gone with it: answers of the host may come later.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace weft::mesh
