// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"

namespace weft::daemon {

using base::UniqueFd;

}  // namespace weft::daemon
