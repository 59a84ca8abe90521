// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/config/load.h"

#include <vector>

namespace google::protobuf {
class Struct;
}  // namespace google::protobuf

namespace weft::daemon {

/// The settings of a Connect as a flat list: nested maps become paths with dots. Keys that hold
/// dots themselves are not split, and so name nothing that exists.
/// Errors: kInvalidArgument  too deep, too many, a list of something else than scalars
StatusOr<std::vector<config::Override>> overridesOf(const google::protobuf::Struct& settings);

}  // namespace weft::daemon
