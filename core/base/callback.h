// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <functional>

namespace weft {

/// The completion of what cannot finish at once. Runs exactly once, on the loop of the caller; at
/// shutdown with kCancelled.
template <typename T>
using Callback = std::function<void(StatusOr<T>)>;
using StatusCallback = std::function<void(Status)>;

}  // namespace weft
