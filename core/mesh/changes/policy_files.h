// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/changes/policy_set.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The rules of a mesh as a folder of YAML files, one for each object: what people keep beside
/// their code. A file is what `weftctl get -o yaml` writes but for the revision, and `weftctl put
/// -f` takes it.
namespace weft::mesh::changes {

/// The folders, in the order of kObjectKinds.
inline constexpr std::array<std::string_view, kObjectKinds.size()> kPolicyFolders = {
    "roles", "rolebindings", "groups", "networkacls", "routes", "edges"};
inline constexpr std::string_view kPolicyFileEnding = ".yaml";

/// What is read. More is refused: all files, one file, and the values in it: words, lists, maps.
inline constexpr std::size_t kMaxPolicyFiles = kMaxPolicyObjects * kObjectKinds.size();
inline constexpr std::size_t kMaxPolicyFileBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxPolicyFileValues = 300'000;
/// Lists and maps inside of each other.
inline constexpr std::size_t kMaxPolicyFileDepth = 8;
/// Faults that are told; the others are counted.
inline constexpr std::size_t kMaxPolicyFileFaults = 50;

struct PolicyFile {
    /// Below the folder: "groups/laptops.yaml", with `/` on every system.
    std::string path;
    std::string text;

    friend bool operator==(const PolicyFile&, const PolicyFile&) = default;
};

/// The path of an object's file, an edge's from either end. For any name it is one safe file below
/// one of the folders, and never that of another object, also where file systems take upper and
/// lower case or two forms of a letter for the same: lower-case ASCII letters, digits, `-`, `_` and
/// `.` stand as they are, all other bytes as `%` and two digits. Of long names it is the beginning
/// and a digest. No way back: the name stands in the file.
std::string pathOf(const ObjectRef& ref);

/// What a path of that form is for; nullopt: no file of ours, as what is hidden or lies deeper.
std::optional<policy::ObjectKind> kindOfPath(std::string_view path);

/// Sorted by key. Objects have the form in which they would be stored (policy::normalised); those
/// that break the contents rules are written all the same, and `importFiles` says what is wrong.
std::vector<PolicyFile> exportFiles(const PolicySet& set);

/// What files hold. For valid objects the way back from `exportFiles`, and the files that it wrote
/// come out byte by byte of what is read.
///
/// `kind` may be missing; a `revision` is read over. Each object must be in the file that `pathOf`
/// names, so that nobody has two.
///
/// Errors: kInvalidArgument  one line for each fault, with file, line and what to do, at most
///                           kMaxPolicyFileFaults of them
StatusOr<PolicySet> importFiles(const std::vector<PolicyFile>& files);

}  // namespace weft::mesh::changes
