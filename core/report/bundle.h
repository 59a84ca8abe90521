// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/sections.h"

#include <filesystem>
#include <string>
#include <vector>

namespace weft::report {

/// Of the manifest and of what the sections look like.
inline constexpr int kSchema = 1;

struct BundleFacts {
    WallTime time;
    std::string version;
    Redaction level = Redaction::Addresses;
};

/// manifest.json: the schema, the level, the time, and what is in the bundle.
std::string manifestOf(const std::vector<Section>& sections, const BundleFacts& facts);

/// A zip of the sections as text files and the manifest.
/// Errors: kInternal  the library refuses
StatusOr<std::string> zipOf(const std::vector<Section>& sections, const BundleFacts& facts);

/// Writes the bundle, whole or not at all, for its owner alone. `replace`: also over a file that is
/// there.
/// Errors: kAlreadyExists, and those of base::writeFileAtomically
/// Thread: any, blocks on the disk.
Status writeBundle(const std::filesystem::path& path, const std::string& zip, bool replace);

}  // namespace weft::report
