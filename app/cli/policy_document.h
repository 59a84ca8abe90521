// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/document.h"
#include "core/api/policy.h"
#include "core/base/status.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::cli {

/// As `get` writes it and `put -f` takes it: kind, the fields of the object, and its revision.
Document describe(const api::PolicyObject& object, std::optional<std::uint64_t> revision);
Document describe(const api::StoredObject& stored);

/// The columns of a list, and an object in them: name, then what matters most.
std::vector<std::string> headsOf(api::PolicyKind kind);
std::vector<std::string> cellsOf(const api::StoredObject& stored);

/// What differs, one line for each field: "priority: 10 -> 20", "subjects: + nas, - phone". Empty
/// when nothing does. Both are of one kind. Foreign text in it is made safe.
std::vector<std::string> changesBetween(
    const api::PolicyObject& before, const api::PolicyObject& after);

/// An object of a file, and the revision that it was read with.
struct FileObject {
    api::PolicyObject object;
    std::optional<std::uint64_t> base;
};

// What a file of objects may hold.
inline constexpr std::size_t kMaxPolicyFileBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMaxPolicyFileObjects = 1'000;
/// Words, lists and maps in all.
inline constexpr std::size_t kMaxPolicyFileValues = 50'000;

/// Reads YAML or JSON: one object or a list of them. Each says its `kind`, or is of `expected`;
/// another kind than `expected` is an error. `name` is the file's, for error texts.
/// Errors: kInvalidArgument  place, what is wrong and what would be right
StatusOr<std::vector<FileObject>> parsePolicyFile(
    std::string_view text, const std::string& name, std::optional<api::PolicyKind> expected);

}  // namespace weft::cli
