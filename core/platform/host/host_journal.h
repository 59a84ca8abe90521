// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/platform/host_system.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace weft::platform {

/// A setting was, or is about to be, changed.
struct ChangedSetting {
    std::string name;
    std::string before;
    std::string after;
    /// Packets that are forwarded because of it.
    std::optional<OpenedForwarding> opens = {};
    /// Not ours any more while this setting is on; empty: ours whatever others do.
    std::string wider = {};

    friend bool operator==(const ChangedSetting&, const ChangedSetting&) = default;
    friend auto operator<=>(const ChangedSetting&, const ChangedSetting&) = default;
};

/// A route was, or is about to be, added.
struct AddedRoute {
    HostRoute route;

    friend bool operator==(const AddedRoute&, const AddedRoute&) = default;
    friend auto operator<=>(const AddedRoute&, const AddedRoute&) = default;
};

/// A rule that says which table is looked up was, or is about to be, added.
struct AddedLookup {
    LookupRule rule;

    friend bool operator==(const AddedLookup&, const AddedLookup&) = default;
    friend auto operator<=>(const AddedLookup&, const AddedLookup&) = default;
};

/// Rules were, or are about to be, set.
struct SetFirewall {
    std::string owner;

    friend bool operator==(const SetFirewall&, const SetFirewall&) = default;
    friend auto operator<=>(const SetFirewall&, const SetFirewall&) = default;
};

/// One change to the host, with what it takes to undo it.
using HostChange = std::variant<SetFirewall, ChangedSetting, AddedRoute, AddedLookup>;

/// What was changed on the host and not undone yet, oldest first.
struct HostChanges {
    /// `HostSystem::runName` of the run that it holds for.
    std::string run;
    std::vector<HostChange> changes;

    friend bool operator==(const HostChanges&, const HostChanges&) = default;
};

/// Changes that a journal may hold, and bytes: more is no journal of ours.
inline constexpr std::size_t kMostHostChanges = 4096;
inline constexpr std::size_t kMostJournalBytes = 1024 * 1024;

/// A line for the format and the run, then one line a change. Words are separated by a space; in
/// them a space, a percent sign and what is no printable ASCII stand as %XX, an empty one as "-".
std::string encodeHostChanges(const HostChanges& changes);
/// Errors: kDataLoss  not the text of a journal; the text says which line.
StatusOr<HostChanges> decodeHostChanges(std::string_view text);
/// The lines of a damaged journal that are changes; no run when the first is none.
HostChanges decodeGoodLines(std::string_view text);

/// The file that outlives the program: written before a change is made, so that whoever starts next
/// can undo it. Thread: one at a time, blocks on the disk.
class HostJournal {
public:
    /// Nothing is read or made yet. The folder exists.
    explicit HostJournal(std::filesystem::path path) : path_(std::move(path)) {}

    /// No changes when there is no file.
    /// Errors: kDataLoss, and those of base::readFile.
    StatusOr<HostChanges> read() const;
    /// What of a damaged file still makes sense.
    /// Errors: those of base::readFile.
    StatusOr<HostChanges> readGoodLines() const;
    /// On return it is on the disk. Without changes the file is removed.
    /// Errors: those of base::writeFileAtomically.
    Status write(const HostChanges& changes) const;
    /// Puts a file that cannot be read out of the way, beside it under another name, which is
    /// returned. Errors: kUnavailable.
    StatusOr<std::filesystem::path> setAside() const;

private:
    std::filesystem::path path_;
};

}  // namespace weft::platform
