// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/key_table.h"

#include <string>
#include <vector>

namespace weft::config::detail {

/// Gives `value` the type of `key` and writes it to its place in `options`. `warning` receives a
/// reason when the value is taken for another one. Errors: kInvalidArgument; the text says what
/// would be right and never shows a secret.
Status assign(const Key& key, const Value& value, NodeOptions& options, std::string& warning);

/// Whether `value`, given for a key that is not supported, is what the reference does anyway.
bool isForeignDefault(const Key& key, const Value& value);

/// The value of a supported key as text that `assign` reads back.
struct Rendered {
    std::vector<std::string> items{};
    bool isList = false;
    /// Numbers and flags stand in YAML without quotes.
    bool isText = true;
};
Rendered render(const Key& key, const NodeOptions& options);

}  // namespace weft::config::detail
