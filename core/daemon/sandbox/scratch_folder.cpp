// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace weft::daemon::sandbox {

StatusOr<ScratchFolder> ScratchFolder::create(const std::filesystem::path& parent) {
    std::string name = parent / "weft-sandbox-XXXXXX";
    if (::mkdtemp(name.data()) != nullptr) {
        return ScratchFolder(name);
    }
    const int code = errno;
    const std::string reason = std::generic_category().message(code);
    if (code == EACCES || code == EPERM || code == EROFS) {
        return permissionDenied("no folder can be made in {}: {}", parent.string(), reason);
    }
    if (code == ENOENT || code == ENOTDIR) {
        return notFound("{} is no folder that a sandbox can use: {}", parent.string(), reason);
    }
    return unavailable("making a folder in {}: {}", parent.string(), reason);
}

ScratchFolder::~ScratchFolder() {
    if (!path_.empty()) {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
}

}  // namespace weft::daemon::sandbox
