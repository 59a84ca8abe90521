// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/config/detail/sources.h"

namespace weft::config::detail {
namespace {

Status explain(const Status& failure, const std::string& name) {
    switch (failure.code()) {
    case StatusCode::kNotFound:
        return notFound("{}: there is no such configuration file", name);
    case StatusCode::kPermissionDenied:
        return permissionDenied("{}: the configuration file must not be read by this user", name);
    case StatusCode::kResourceExhausted:
        return invalidArgument(
            "{}: the configuration file is larger than {} KiB", name, kMaxFileBytes / 1024);
    case StatusCode::kFailedPrecondition:
        return invalidArgument("{}: the configuration must be a regular file", name);
    default:
        return annotate(failure, "reading the configuration");
    }
}

}  // namespace

StatusOr<FileSource> readFile(const std::filesystem::path& path) {
    const std::string name = base::escapeForLine(path.string(), 512);
    const std::string ending = path.extension().string();
    const bool isYaml = ending == ".yaml" || ending == ".yml" || ending == ".json";
    if (!isYaml && ending != ".toml") {
        return invalidArgument(
            "{}: the name of a configuration file ends in .yaml, .yml, .json or .toml", name);
    }
    const auto file = base::readFileWithOwner(path, kMaxFileBytes);
    if (!file.ok()) {
        return explain(file.status(), name);
    }
    if (!base::isUtf8(file->bytes) || file->bytes.find('\0') != std::string::npos) {
        return invalidArgument("{}: the configuration file is not UTF-8 text", name);
    }
    WEFT_ASSIGN_OR_RETURN(
        auto assignments, isYaml ? readYaml(file->bytes, name) : readToml(file->bytes, name));
    constexpr unsigned kOthersRead = 0004;
    return FileSource{
        .assignments = std::move(assignments), .everybodyMayRead = (file->mode & kOthersRead) != 0};
}

}  // namespace weft::config::detail
