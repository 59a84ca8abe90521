// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <google/protobuf/descriptor.h>

#include <compare>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace weft::tests {

/// What a row of the table of an API is about. One row stands for one import, message, enum,
/// field, value, service or method.
struct ApiRowKey {
    std::string kind;
    std::string owner;
    std::string name;
    /// The imported file; only for imports, of which a file may have several.
    std::string import;

    std::string toString() const;
    friend bool operator==(const ApiRowKey&, const ApiRowKey&) = default;
    friend auto operator<=>(const ApiRowKey&, const ApiRowKey&) = default;
};

/// What the row says of it.
struct ApiRowValue {
    std::string number;
    std::string type;
    std::string label;

    std::string toString() const;
    friend bool operator==(const ApiRowValue&, const ApiRowValue&) = default;
};

using ApiTable = std::map<ApiRowKey, ApiRowValue>;

/// Reads the comma-separated text with six columns and a header line.
/// Errors: kInvalidArgument for another header, a row of another width, an open quote or a row that
/// comes twice; the text names the line.
StatusOr<ApiTable> parseApiTable(std::string_view text);

/// The rows that the compiled `files` would have in such a table.
ApiTable describeApi(const std::vector<const google::protobuf::FileDescriptor*>& files);

/// One sentence per row that is missing, extra or different; empty when the two agree.
std::vector<std::string> compareApi(const ApiTable& table, const ApiTable& compiled);

}  // namespace weft::tests
