// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/changes/policy_files.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

/// The files of a mesh's rules on the disk.
namespace weft::cli {

/// What is read of a folder. More is refused.
struct PolicyFolderLimits {
    std::size_t files = mesh::changes::kMaxPolicyFiles;
    std::size_t bytes = std::size_t{512} << 20;
};

/// Foreign entries that are named; the others are counted.
inline constexpr std::size_t kMaxNamedForeignFiles = 20;

/// What lies in the folder and is none of our files: it is neither read nor touched. Hidden entries
/// beside the six folders (.git) are passed over.
struct ForeignFiles {
    /// Below the folder, sorted.
    std::vector<std::string> named;
    std::size_t more = 0;
};

struct PolicyFolder {
    /// Sorted by path.
    std::vector<mesh::changes::PolicyFile> files;
    ForeignFiles foreign;
};

/// All `*.yaml` in the folders of mesh::changes::kPolicyFolders and below.
///
/// Errors: kNotFound            there is no such folder
///         kInvalidArgument     a link leads out of the folder, or to a folder
///         kResourceExhausted   more than `limits`
///         kPermissionDenied, kUnavailable
/// Thread: any, blocks on the disk.
StatusOr<PolicyFolder> readPolicyFolder(
    const std::filesystem::path& folder, const PolicyFolderLimits& limits = {});

/// What a write did.
struct PolicyFolderWrite {
    std::size_t written = 0;
    std::size_t unchanged = 0;
    std::size_t removed = 0;
    /// They stay.
    ForeignFiles foreign;
};

/// Makes the folder hold `files`. They are written beside it first, so that a full disk changes
/// nothing, and then take their places one by one, each whole. A file of an object that is not
/// among them is removed, if it is one that export would write under that name; a file that does
/// not read stays and counts as foreign.
///
/// Errors: as `readPolicyFolder`; kInvalidArgument also for a path that leads out of the folder
StatusOr<PolicyFolderWrite> writePolicyFolder(
    const std::filesystem::path& folder,
    const std::vector<mesh::changes::PolicyFile>& files,
    const PolicyFolderLimits& limits = {});

}  // namespace weft::cli
