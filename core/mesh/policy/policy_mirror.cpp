// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/policy_mirror.h"

#include <utility>

namespace weft::mesh::policy {

PolicyMirror::PolicyMirror(const storage::Registry& registry, Dialect dialect)
    : registry_(registry)
    , compiler_(dialect)
    , watch_(registry.onChange([this](const storage::Registry::Change& change) {
        if (change.everything) {
            changed_ = PolicyParts::all();
            return;
        }
        changed_.roles |= change.roles;
        changed_.roleBindings |= change.roleBindings;
        changed_.groups |= change.groups;
        changed_.networkAcls |= change.networkAcls;
        changed_.state |= change.rbacState;
    })) {}

const std::shared_ptr<const Policy>& PolicyMirror::current() const {
    if (changed_.any()) {
        current_ = compiler_.compile(registry_, std::exchange(changed_, {}));
    }
    return current_;
}

}  // namespace weft::mesh::policy
