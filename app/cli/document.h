// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace weft::cli {

/// A value that can be written as JSON or as YAML.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the commands build documents
class Document {
public:
    using List = std::vector<Document>;
    /// In the order of writing.
    using Members = std::vector<std::pair<std::string, Document>>;

    /// null.
    Document() = default;
    // Values turn into documents by themselves, which keeps lists of members readable.
    // NOLINTBEGIN(google-explicit-constructor): see above
    Document(bool value) : value_(value) {}
    Document(std::int64_t value) : value_(value) {}
    Document(std::uint64_t value) : value_(value) {}
    Document(std::int32_t value) : value_(std::int64_t{value}) {}
    Document(std::uint32_t value) : value_(std::uint64_t{value}) {}
    Document(std::string value) : value_(std::move(value)) {}
    Document(const char* value) : value_(std::string(value)) {}
    Document(List value) : value_(std::move(value)) {}
    Document(Members value) : value_(std::move(value)) {}
    // NOLINTEND(google-explicit-constructor)

    static Document listOf(const std::vector<std::string>& texts);

    /// Both end with a line break. Text keeps every byte that is UTF-8; what a terminal would act
    /// on (controls, bidirectional marks) stands as an escape, which means the same.
    std::string toJson() const;
    std::string toYaml() const;

private:
    void appendJson(std::string& out, std::size_t indent) const;
    void appendYaml(std::string& out, std::size_t indent) const;
    bool isNested() const;

    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, std::string, List, Members>
        value_;
};

/// `text` as a JSON string, with its quotes. Bytes that are not UTF-8 become U+FFFD.
std::string jsonString(std::string_view text);

}  // namespace weft::cli
