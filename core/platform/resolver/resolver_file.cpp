// SPDX-License-Identifier: Apache-2.0
#include "core/platform/resolver/resolver_file.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/platform/resolver/detail/write_file.h"
#include "core/platform/resolver/resolver_text.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace weft::platform {
namespace {

constexpr std::string_view kHeader = "weft-resolver-journal/1";
constexpr std::string_view kMissing = "-";
/// The text twice as long, and what stands beside it.
constexpr std::size_t kMostJournalBytes = 3 * kMostResolverFileBytes;
constexpr std::size_t kMostPathBytes = 4096;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("platform");
    return logger;
}

/// Whether a writer that went from one text to the other was stopped on its way.
bool isBetween(std::string_view now, std::string_view from, std::string_view to) {
    const auto written = static_cast<std::size_t>(
        std::mismatch(now.begin(), now.end(), to.begin(), to.end()).first - now.begin());
    const bool hasTail = now.size() == std::max(from.size(), written);
    return hasTail && now.substr(written) == from.substr(std::min(written, from.size()));
}

bool isTorn(std::string_view now, std::string_view before, std::string_view after) {
    return now != before && now != after
           && (isBetween(now, before, after) || isBetween(now, after, before));
}

StatusOr<std::optional<std::string>> read(const std::filesystem::path& path) {
    auto text = base::readFile(path, kMostResolverFileBytes);
    if (text.status().code() == StatusCode::kNotFound) {
        return std::optional<std::string>();
    }
    WEFT_RETURN_IF_ERROR(text.status());
    return std::optional(*std::move(text));
}

}  // namespace

std::string encodeResolverBackup(const ResolverBackup& backup) {
    return fmt::format(
        "{}\n{}\n{}\n{}\n",
        kHeader,
        base::hexEncode(backup.file.native()),
        backup.server.toString(),
        backup.before ? "+" + base::hexEncode(*backup.before) : std::string(kMissing));
}

StatusOr<ResolverBackup> decodeResolverBackup(std::string_view text) {
    std::array<std::string_view, 4> lines;
    for (auto& line : lines) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) {
            return dataLoss("the journal of the resolver is cut off");
        }
        line = text.substr(0, end);
        text.remove_prefix(end + 1);
    }
    const auto file = base::hexDecode(lines[1]);
    const auto server = net::IpAddress::parse(lines[2]);
    const bool isPath = file && file->starts_with('/') && file->size() <= kMostPathBytes
                        && file->find('\0') == std::string::npos;
    if (lines[0] != kHeader || !text.empty() || !isPath || !server.ok()) {
        return dataLoss("this is no journal of the resolver");
    }
    ResolverBackup backup{*file, *server, std::nullopt};
    if (lines[3] == kMissing) {
        return backup;
    }
    backup.before = lines[3].starts_with('+') ? base::hexDecode(lines[3].substr(1)) : std::nullopt;
    if (!backup.before || backup.before->size() > kMostResolverFileBytes) {
        return dataLoss("the journal of the resolver does not say how it was before");
    }
    return backup;
}

StatusOr<std::string> ResolverFile::text() const {
    WEFT_ASSIGN_OR_RETURN(auto now, read(path_));
    return now.value_or("");
}

StatusOr<std::filesystem::path> ResolverFile::realPath() const {
    std::error_code error;
    const auto kind = std::filesystem::symlink_status(path_, error).type();
    if (kind != std::filesystem::file_type::symlink) {
        return path_;
    }
    auto real = std::filesystem::canonical(path_, error);
    if (error) {
        return failedPrecondition(
            "{} is a link that leads nowhere: start the program that writes it, or put a file "
            "there",
            path_.string());
    }
    return real;
}

StatusOr<std::optional<ResolverBackup>> ResolverFile::backup() const {
    const auto text = base::readFile(journal_, kMostJournalBytes);
    if (text.status().code() == StatusCode::kNotFound) {
        return std::optional<ResolverBackup>();
    }
    WEFT_RETURN_IF_ERROR(text.status());
    WEFT_ASSIGN_OR_RETURN(auto backup, decodeResolverBackup(*text));
    return std::optional(std::move(backup));
}

Status ResolverFile::forgetBackup() const {
    std::error_code error;
    std::filesystem::remove(journal_, error);
    return error ? unavailable("{}: {}", journal_.string(), error.message()) : okStatus();
}

Status ResolverFile::ask(const net::IpAddress& server) {
    WEFT_ASSIGN_OR_RETURN(const auto file, realPath());
    WEFT_ASSIGN_OR_RETURN(const auto now, read(file));
    if (now && isFirst(*now, server)) {
        return okStatus();
    }
    WEFT_RETURN_IF_ERROR(undo().status());
    return addServer(file, server);
}

Status ResolverFile::addServer(
    const std::filesystem::path& file, const net::IpAddress& server) const {
    WEFT_ASSIGN_OR_RETURN(const auto now, read(file));
    const ResolverBackup backup{file, server, now};
    const auto after = withServer(now.value_or(""), server);
    if (after.size() > kMostResolverFileBytes) {
        return resourceExhausted("{} is too long", file.string());
    }
    WEFT_RETURN_IF_ERROR(base::writeFileAtomically(journal_, encodeResolverBackup(backup)));
    Status written = detail::writeFile(file, now, after);
    if (!written.ok() && restore(backup).ok()) {
        // What was begun is undone as after a kill.
        WEFT_RETURN_IF_ERROR(forgetBackup());
    }
    return written;
}

StatusOr<ResolverFile::Undone> ResolverFile::undo() {
    const auto backup = this->backup();
    if (backup.status().code() == StatusCode::kDataLoss) {
        log().error("resolver journal unreadable reason={}", messageOf(backup.status()));
        return undoWithoutBackup();
    }
    WEFT_RETURN_IF_ERROR(backup.status());
    if (!*backup) {
        return Undone::Nothing;
    }
    WEFT_ASSIGN_OR_RETURN(const auto undone, restore(**backup));
    detail::removeLeftovers((*backup)->file);
    WEFT_RETURN_IF_ERROR(forgetBackup());
    return undone;
}

StatusOr<ResolverFile::Undone> ResolverFile::undoWithoutBackup() const {
    WEFT_ASSIGN_OR_RETURN(const auto file, realPath());
    WEFT_ASSIGN_OR_RETURN(const auto now, read(file));
    if (const auto without = withoutServers(now.value_or("")); now && without != *now) {
        WEFT_RETURN_IF_ERROR(detail::writeFile(file, now, without));
    }
    WEFT_RETURN_IF_ERROR(forgetBackup());
    return Undone::Changed;
}

StatusOr<ResolverFile::Undone> ResolverFile::restore(const ResolverBackup& backup) const {
    WEFT_ASSIGN_OR_RETURN(const auto now, read(backup.file));
    if (now == backup.before) {
        return Undone::AsBefore;
    }
    if (!now) {
        return Undone::Changed;
    }
    const auto before = backup.before.value_or("");
    const auto after = withServer(before, backup.server);
    const auto wanted = isTorn(*now, before, after) ? before : withoutServer(*now, backup.server);
    if (wanted.empty() && !backup.before) {
        WEFT_RETURN_IF_ERROR(detail::removeFile(backup.file));
        return Undone::AsBefore;
    }
    if (wanted != *now) {
        WEFT_RETURN_IF_ERROR(detail::writeFile(backup.file, now, wanted));
    }
    return wanted == before ? Undone::AsBefore : Undone::Changed;
}

}  // namespace weft::platform
