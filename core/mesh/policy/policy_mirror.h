// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/subscription.h"
#include "core/mesh/policy/policy.h"
#include "core/storage/registry/registry.h"

#include <memory>

namespace weft::mesh::policy {

/// The policy that a registry holds, compiled anew when it is asked for after a change; only the
/// parts that changed. Thread: confined to the registry's loop; the policies go anywhere.
class PolicyMirror {
public:
    /// `registry` outlives it.
    explicit PolicyMirror(const storage::Registry& registry, Dialect dialect = Dialect::Seed);
    PolicyMirror(const PolicyMirror&) = delete;
    PolicyMirror& operator=(const PolicyMirror&) = delete;
    ~PolicyMirror() = default;

    /// Never null. What is referred to lives at least until the next call.
    const std::shared_ptr<const Policy>& current() const { return compiler_.compile(registry_); }
    /// The same for the roles alone, which does not wait for the access rules.
    const std::shared_ptr<const RoleRules>& roles() const {
        return compiler_.compileRoles(registry_);
    }

private:
    const storage::Registry& registry_;
    /// What is compiled when it is asked for is the same as if it had been before.
    mutable Compiler compiler_;
    Subscription watch_;
};

}  // namespace weft::mesh::policy
