// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace weft::base {

/// Mode bits of a file that only its owner may read.
inline constexpr unsigned kPrivateFileMode = 0600;
/// Mode bits of a folder that only its owner may enter.
inline constexpr unsigned kPrivateFolderMode = 0700;

/// Replaces `path` by `bytes`: a crash, a full disk or a power cut leaves either the old file or
/// the new one, whole. The file has exactly `mode`, whatever the umask says. A symbolic link at
/// `path` is replaced, not followed. On return the file and its folder entry are on the disk.
///
/// Errors: kPermissionDenied  the folder is not writable
///         kResourceExhausted the disk or a quota is full; the old file is intact
///         kUnavailable       anything else the system reports; the text names it
/// Thread: any, blocks on the disk.
Status writeFileAtomically(
    const std::filesystem::path& path, std::string_view bytes, unsigned mode = kPrivateFileMode);

/// The same, but never replaces what is there, not even when two processes create at once.
/// Errors: as above, and kAlreadyExists.
Status createFileAtomically(
    const std::filesystem::path& path, std::string_view bytes, unsigned mode = kPrivateFileMode);

/// Adds `bytes` to the end of a private file, which is made when it is missing. A symbolic link is
/// refused. Not synced: a power cut may take the last of them, or leave a part.
/// Errors: as `writeFileAtomically`.
Status appendToFile(const std::filesystem::path& path, std::string_view bytes);

/// The whole of a regular file of at most `mostBytes`. A fifo, socket, device or folder is refused
/// without waiting for it.
///
/// Errors: kNotFound, kPermissionDenied, kResourceExhausted (longer than `mostBytes`),
///         kFailedPrecondition (not a regular file), kUnavailable
/// Thread: any, blocks on the disk.
StatusOr<std::string> readFile(const std::filesystem::path& path, std::size_t mostBytes);

/// What stands beside the bytes of a file; read from the same open file, so that nobody can
/// exchange it in between.
struct FileWithOwner {
    std::string bytes;
    /// Permission bits, 0777 at most.
    unsigned mode = 0;
    unsigned ownerId = 0;
};

/// As `readFile`, with mode and owner.
StatusOr<FileWithOwner> readFileWithOwner(const std::filesystem::path& path, std::size_t mostBytes);

/// Makes `path` and what is missing above it, each with exactly `mode`; folders that exist are
/// left as they are. On return the new entries are on the disk.
/// Errors: as `writeFileAtomically`; kUnavailable when something else than a folder is in the way.
Status makeFolders(const std::filesystem::path& path, unsigned mode = kPrivateFolderMode);

}  // namespace weft::base
