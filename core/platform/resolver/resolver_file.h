// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_address.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace weft::platform {

/// How a resolv.conf(5) was before it got a line of ours.
struct ResolverBackup {
    /// The file itself, whatever links lead to it.
    std::filesystem::path file;
    net::IpAddress server;
    /// nullopt: there was none.
    std::optional<std::string> before;

    friend bool operator==(const ResolverBackup&, const ResolverBackup&) = default;
};

/// Four lines of words in hexadecimal.
std::string encodeResolverBackup(const ResolverBackup& backup);
/// Errors: kDataLoss  not the text of a backup.
StatusOr<ResolverBackup> decodeResolverBackup(std::string_view text);

/// One line of ours in the system's resolv.conf(5), with its way back on the disk first.
///
/// Links are followed, and stay as they are. A file of this program's own user is replaced at once
/// and whole; another one, one with several names and one that is mounted is written in place, so
/// that owner, mode and attributes stay. What others write meanwhile stays theirs: undoing takes
/// our line out of it and nothing else.
///
/// Thread: one at a time, blocks on the disk.
class ResolverFile {
public:
    /// Nothing is read or made yet.
    ResolverFile(std::filesystem::path path, std::filesystem::path journal)
        : path_(std::move(path)), journal_(std::move(journal)) {}

    /// How undoing went.
    enum class Undone {
        Nothing,   ///< there was nothing to undo
        AsBefore,  ///< to the byte
        Changed,   ///< others have changed it since; our line is out of it
    };

    /// Empty when there is no file. Errors: those of base::readFile.
    StatusOr<std::string> text() const;
    /// From now on `server` is asked before all others. Puts the line back when it was lost.
    /// Errors: kPermissionDenied, kFailedPrecondition (a link that leads nowhere, or to something
    ///         that is no file), kResourceExhausted, kUnavailable; then it is as it was.
    Status ask(const net::IpAddress& server);
    /// Takes the line out, also one that an earlier program left.
    /// Errors: the same; it can be tried again.
    StatusOr<Undone> undo();

private:
    StatusOr<std::filesystem::path> realPath() const;
    StatusOr<std::optional<ResolverBackup>> backup() const;
    Status addServer(const std::filesystem::path& file, const net::IpAddress& server) const;
    StatusOr<Undone> restore(const ResolverBackup& backup) const;
    /// Known is only which lines are ours.
    StatusOr<Undone> undoWithoutBackup() const;
    Status forgetBackup() const;

    std::filesystem::path path_;
    std::filesystem::path journal_;
};

}  // namespace weft::platform
