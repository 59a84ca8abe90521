// SPDX-License-Identifier: Apache-2.0
#include "app/gui/autostart.h"

#include "app/startup/autostart_entry.h"
#include "core/base/file.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace weft::app {
namespace {

constexpr const char* kHidden = "--hidden";
/// Everybody may read what the desktop starts, as the files of other programs there.
constexpr unsigned kFileMode = 0644;

}  // namespace

XdgAutostart::XdgAutostart(const std::filesystem::path& configHome, std::filesystem::path program)
    : program_(std::move(program)), file_(configHome / "autostart" / "net.weft.Weft.desktop") {}

StatusOr<viewmodels::LoginStanding> XdgAutostart::read() const {
    const auto text = base::readFile(file_, kMostAutostartBytes);
    if (text.status().code() == StatusCode::kNotFound) {
        return viewmodels::LoginStanding{};
    }
    WEFT_RETURN_IF_ERROR(text.status());
    WEFT_ASSIGN_OR_RETURN(const auto entry, decodeAutostart(*text));
    viewmodels::LoginStanding standing;
    standing.starts = !entry.isOff;
    standing.isTurnedOff = entry.isOff;
    standing.hidden = std::ranges::find(entry.command, kHidden) != entry.command.end();
    if (!entry.command.empty() && entry.command.front() != program_.string()) {
        standing.otherProgram = QString::fromStdString(entry.command.front());
    }
    return standing;
}

Status XdgAutostart::write(bool starts, bool hidden) {
    if (!starts) {
        std::error_code error;
        std::filesystem::remove(file_, error);
        if (error == std::errc::permission_denied) {
            return permissionDenied("{} may not be removed", file_.string());
        }
        return error ? unavailable("{}: {}", file_.string(), error.message()) : okStatus();
    }
    AutostartEntry entry{.command = {program_.string()}, .isOff = false};
    if (hidden) {
        entry.command.emplace_back(kHidden);
    }
    WEFT_ASSIGN_OR_RETURN(const auto text, encodeAutostart(entry));
    WEFT_RETURN_IF_ERROR(base::makeFolders(file_.parent_path()));
    return base::writeFileAtomically(file_, text, kFileMode);
}

}  // namespace weft::app
