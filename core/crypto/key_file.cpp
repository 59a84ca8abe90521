// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/crypto/node_key.h"

#include <cstdint>
#include <string>
#include <utility>

#include <unistd.h>

namespace weft::crypto {
namespace {

/// A key line has 92 characters; what is longer than this is some other file.
constexpr std::size_t kMostKeyFileBytes = 4096;
constexpr unsigned kOpenToOthers = 0077;
constexpr unsigned kRootId = 0;

std::string nameOf(const std::filesystem::path& path) {
    return base::escapeForLine(path.native());
}

Status checkOwner(const base::FileWithOwner& file, const std::filesystem::path& path) {
    if ((file.mode & kOpenToOthers) != 0) {
        return permissionDenied(
            "key file {} has mode {:04o}: others can reach it, it must be 0600",
            nameOf(path),
            file.mode);
    }
    const auto self = ::geteuid();
    if (self != kRootId && file.ownerId != kRootId && file.ownerId != self) {
        return permissionDenied("key file {} belongs to another user", nameOf(path));
    }
    return okStatus();
}

StatusOr<NodeKey> parseLine(std::string_view line, const std::filesystem::path& path) {
    if (line.ends_with('\n')) {
        line.remove_suffix(1);
    }
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    auto key = NodeKey::parse(line);
    if (!key.ok()) {
        return dataLoss("key file {}: {}", nameOf(path), messageOf(key.status()));
    }
    return key;
}

StatusOr<NodeKey> load(const std::filesystem::path& path) {
    auto file = base::readFileWithOwner(path, kMostKeyFileBytes);
    switch (file.status().code()) {
    case StatusCode::kOk:
        break;
    case StatusCode::kResourceExhausted:
    case StatusCode::kFailedPrecondition:
        return dataLoss("this is not a key file: {}", messageOf(file.status()));
    default:
        return annotate(file.status(), "reading the key file");
    }
    auto key = checkOwner(*file, path).ok() ? parseLine(file->bytes, path)
                                            : StatusOr<NodeKey>(checkOwner(*file, path));
    wipeMemory({reinterpret_cast<std::uint8_t*>(file->bytes.data()), file->bytes.size()});
    return key;
}

StatusOr<NodeKey> create(const std::filesystem::path& path) {
    WEFT_ASSIGN_OR_RETURN(auto key, NodeKey::generate());
    const auto text = key.encode();
    std::string line;
    line.reserve(text.size() + 1);
    line += text.revealText();
    line += '\n';
    auto status = base::makeFolders(std::filesystem::absolute(path).parent_path());
    if (status.ok()) {
        status = base::createFileAtomically(path, line);
    }
    wipeMemory({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    if (!status.ok()) {
        return annotate(status, "creating the key file");
    }
    return key;
}

}  // namespace

StatusOr<NodeKey> loadOrCreateKeyFile(const std::filesystem::path& path) {
    if (path.empty()) {
        return invalidArgument("the path of the key file is empty");
    }
    auto loaded = load(path);
    if (loaded.status().code() != StatusCode::kNotFound) {
        return loaded;
    }
    auto created = create(path);
    if (created.status().code() != StatusCode::kAlreadyExists) {
        return created;
    }
    // Another process was faster: its key is this node's key. A dangling link ends here too.
    loaded = load(path);
    if (loaded.status().code() == StatusCode::kNotFound) {
        return dataLoss("key file {} is a link to nowhere", nameOf(path));
    }
    return loaded;
}

}  // namespace weft::crypto
