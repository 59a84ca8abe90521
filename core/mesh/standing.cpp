// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/standing.h"

#include "core/base/text.h"

namespace weft::mesh {

Status wantsCredential(const Caller& caller) {
    const auto who = base::escapeForLine(caller.carriedFor.value());
    return unauthenticated(
        "packets from the mesh address of {} reach this node through others, who may have sent "
        "this one: show a certificate or a password of {}",
        who,
        who);
}

}  // namespace weft::mesh
