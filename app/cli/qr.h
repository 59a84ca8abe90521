// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <string>
#include <string_view>

namespace weft::cli {

/// A QR code of `text` for a terminal, two modules in each character. With `colour` it is dark on
/// light whatever the terminal's colours are; without, it suits a dark terminal.
/// Errors: kInvalidArgument when the text is too long for a QR code.
StatusOr<std::string> qrText(std::string_view text, bool colour);

}  // namespace weft::cli
