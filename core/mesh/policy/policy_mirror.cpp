// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/policy_mirror.h"

namespace weft::mesh::policy {

PolicyMirror::PolicyMirror(const storage::Registry& registry, Dialect dialect)
    : registry_(registry)
    , compiler_(dialect)
    , watch_(registry.onChange([this](const storage::Registry::Change& change) {
        if (change.everything) {
            compiler_.note(PolicyParts::all());
        } else if (change.policy) {
            compiler_.note(
                {.roles = change.roles,
                 .roleBindings = change.roleBindings,
                 .groups = change.groups,
                 .networkAcls = change.networkAcls,
                 .state = change.rbacState});
        }
    })) {}

}  // namespace weft::mesh::policy
