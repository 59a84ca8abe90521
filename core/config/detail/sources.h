// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/config/value.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace weft::config::detail {

struct FileSource {
    std::vector<Assignment> assignments;
    bool everybodyMayRead = false;
};

/// The assignments of a configuration file by the ending of its name. A key that stands twice, a
/// file past kMaxFileBytes, nesting past kMaxDepth: errors that name file and place.
/// Errors: kInvalidArgument, kNotFound, kPermissionDenied.
StatusOr<FileSource> readFile(const std::filesystem::path& path);

/// The parsers behind it; `name` stands in origins and errors.
StatusOr<std::vector<Assignment>> readYaml(std::string_view text, const std::string& name);
StatusOr<std::vector<Assignment>> readToml(std::string_view text, const std::string& name);

/// The variables whose name begins with WEFT_. One that belongs to no key is an error that names
/// the nearest.
StatusOr<std::vector<Assignment>> readEnvironment(
    const std::map<std::string, std::string>& environment);

/// A command line in parts.
struct Flags {
    std::vector<Assignment> assignments;
    std::string configFile;
    bool printConfig = false;
    bool help = false;
    bool version = false;
};
StatusOr<Flags> readFlags(const std::vector<std::string>& arguments);

}  // namespace weft::config::detail
