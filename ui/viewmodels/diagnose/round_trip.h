// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>

namespace weft::viewmodels {

/// "12.2 ms" in the user's locale.
QString roundTripText(std::chrono::nanoseconds time);

}  // namespace weft::viewmodels
