// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <string_view>

namespace weft::mesh::detail {

/// How a step of an attempt to be in a mesh went.
struct AttemptResult {
    /// After a failure: whether trying the same again makes sense.
    bool retry = true;
    /// With a text that says what to do.
    Status status;
};

/// What a status means; `server` names whom the attempt went to. `showsPassword`: this node proves
/// itself by a password.
AttemptResult judgeFailure(
    const Status& status, std::string_view server, bool showsPassword = false);

}  // namespace weft::mesh::detail
