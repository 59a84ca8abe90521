// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_folder.h"

#include "core/base/file.h"
#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <memory>
#include <system_error>
#include <utility>

namespace weft::cli {
namespace {

namespace fs = std::filesystem;
using mesh::changes::kPolicyFileEnding;
using mesh::changes::kPolicyFolders;
using mesh::changes::PolicyFile;

std::string shown(const fs::path& path) {
    return base::escapeForLine(path.native(), 512);
}

Status diskError(const std::error_code& error, std::string_view doing, const fs::path& path) {
    const auto text = fmt::format("{} {}: {}", doing, shown(path), error.message());
    if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted
        || error == std::errc::read_only_file_system) {
        return makeStatus(StatusCode::kPermissionDenied, text);
    }
    if (error == std::errc::no_such_file_or_directory) {
        return makeStatus(StatusCode::kNotFound, text);
    }
    return makeStatus(StatusCode::kUnavailable, text);
}

void tidy(ForeignFiles& foreign) {
    std::ranges::sort(foreign.named);
    if (foreign.named.size() > kMaxNamedForeignFiles) {
        foreign.more += foreign.named.size() - kMaxNamedForeignFiles;
        foreign.named.resize(kMaxNamedForeignFiles);
    }
}

class FolderReader {
public:
    FolderReader(fs::path root, const PolicyFolderLimits& limits)
        : root_(std::move(root)), limits_(limits) {}

    StatusOr<PolicyFolder> read() {
        std::error_code error;
        for (fs::directory_iterator each(root_, error), end; !error && each != end;
             each.increment(error)) {
            WEFT_RETURN_IF_ERROR(readTop(*each));
        }
        if (error) {
            return diskError(error, "reading folder", root_);
        }
        std::ranges::sort(read_.files, {}, &PolicyFile::path);
        tidy(read_.foreign);
        return std::move(read_);
    }

private:
    Status readTop(const fs::directory_entry& entry) {
        const auto name = entry.path().filename().native();
        if (std::ranges::find(kPolicyFolders, name) == kPolicyFolders.end()) {
            if (!name.starts_with('.')) {
                read_.foreign.named.push_back(name);
            }
            return okStatus();
        }
        std::error_code error;
        if (entry.symlink_status(error).type() == fs::file_type::symlink) {
            return invalidArgument(
                "{} is a link: links to folders are not followed, make it a folder",
                shown(entry.path()));
        }
        if (!entry.is_directory(error)) {
            read_.foreign.named.push_back(name);
            return okStatus();
        }
        // Folders behind links are not entered.
        for (fs::recursive_directory_iterator each(entry.path(), error), end; !error && each != end;
             each.increment(error)) {
            WEFT_RETURN_IF_ERROR(readBelow(*each));
        }
        return error ? diskError(error, "reading folder", entry.path()) : okStatus();
    }

    Status readBelow(const fs::directory_entry& entry) {
        const auto relative = entry.path().lexically_relative(root_).generic_string();
        std::error_code error;
        const auto type = entry.symlink_status(error).type();
        if (type == fs::file_type::directory) {
            return okStatus();
        }
        fs::path path = entry.path();
        if (type == fs::file_type::symlink) {
            WEFT_ASSIGN_OR_RETURN(path, targetOf(path));
        }
        const bool isOurs = relative.ends_with(kPolicyFileEnding)
                            && fs::is_regular_file(path, error)
                            && !entry.path().filename().native().starts_with('.');
        if (!isOurs) {
            read_.foreign.named.push_back(relative);
            return okStatus();
        }
        return readFile(path, relative);
    }

    /// Where a link leads, which is inside of the folder.
    StatusOr<fs::path> targetOf(const fs::path& link) const {
        std::error_code error;
        auto target = fs::canonical(link, error);
        if (error) {
            return diskError(error, "following", link);
        }
        const auto below = target.lexically_relative(root_);
        if (below.empty() || *below.begin() == "..") {
            return invalidArgument(
                "{} is a link that leads out of the folder: put the file itself there",
                shown(link));
        }
        if (fs::is_directory(target, error)) {
            return invalidArgument(
                "{} is a link to a folder, which is not followed: make it a folder", shown(link));
        }
        return target;
    }

    Status readFile(const fs::path& path, const std::string& relative) {
        if (read_.files.size() == limits_.files) {
            return resourceExhausted("{} holds more than {} files", shown(root_), limits_.files);
        }
        WEFT_ASSIGN_OR_RETURN(auto text, base::readFile(path, mesh::changes::kMaxPolicyFileBytes));
        bytes_ += text.size();
        if (bytes_ > limits_.bytes) {
            return resourceExhausted(
                "the files in {} hold more than {} bytes", shown(root_), limits_.bytes);
        }
        read_.files.push_back({relative, std::move(text)});
        return okStatus();
    }

    const fs::path root_;
    const PolicyFolderLimits limits_;
    std::size_t bytes_ = 0;
    PolicyFolder read_;
};

/// A folder with what is left in it goes.
struct RemoveFolder {
    void operator()(const fs::path* folder) const {
        std::error_code ignored;
        fs::remove_all(*folder, ignored);
        std::default_delete<const fs::path>()(folder);
    }
};
using Staging = std::unique_ptr<const fs::path, RemoveFolder>;

StatusOr<Staging> stagingBeside(const fs::path& folder) {
    auto name = (folder.parent_path() / ".weft-rules-XXXXXX").native();
    if (::mkdtemp(name.data()) == nullptr) {
        const std::error_code error(errno, std::generic_category());
        return diskError(error, "making a folder in", folder.parent_path());
    }
    return Staging(new fs::path(name));
}

class FolderWriter {
public:
    FolderWriter(fs::path root, PolicyFolder present) : root_(std::move(root)) {
        for (auto& file : present.files) {
            present_.emplace(std::move(file.path), std::move(file.text));
        }
        report_.foreign = std::move(present.foreign);
    }

    StatusOr<PolicyFolderWrite> write(const std::vector<PolicyFile>& files) {
        std::vector<const PolicyFile*> changed;
        for (const auto& file : files) {
            const auto there = present_.find(file.path);
            if (there == present_.end() || there->second != file.text) {
                changed.push_back(&file);
            }
            present_.erase(file.path);
        }
        WEFT_RETURN_IF_ERROR(exchange(changed));
        report_.written = changed.size();
        report_.unchanged = files.size() - changed.size();
        WEFT_RETURN_IF_ERROR(removeGone());
        return std::move(report_);
    }

private:
    /// What a rename could not replace, found before the first of them.
    Status checkPlace(const std::string& path) const {
        // What comes in may not lead anywhere else.
        if (!mesh::changes::kindOfPath(path)) {
            return invalidArgument("{} is no path of a rule's file", base::escapeForLine(path));
        }
        std::error_code error;
        const auto place = root_ / path;
        for (const auto& [at, wantsFolder] :
             {std::pair(place.parent_path(), true), std::pair(place, false)}) {
            const auto type = fs::symlink_status(at, error).type();
            const bool isFolder = type == fs::file_type::directory;
            if (type != fs::file_type::not_found && isFolder != wantsFolder) {
                return failedPrecondition(
                    "{} is in the way: move it, a {} is to be there",
                    shown(at),
                    wantsFolder ? "folder" : "file");
            }
        }
        return okStatus();
    }

    Status exchange(const std::vector<const PolicyFile*>& changed) {
        if (changed.empty()) {
            return okStatus();
        }
        for (const auto* file : changed) {
            WEFT_RETURN_IF_ERROR(checkPlace(file->path));
        }
        WEFT_ASSIGN_OR_RETURN(const auto staging, stagingBeside(root_));
        for (std::size_t at = 0; at < changed.size(); ++at) {
            WEFT_RETURN_IF_ERROR(
                base::writeFileAtomically(*staging / std::to_string(at), changed[at]->text));
        }
        for (std::size_t at = 0; at < changed.size(); ++at) {
            const auto place = root_ / changed[at]->path;
            WEFT_RETURN_IF_ERROR(base::makeFolders(place.parent_path()));
            std::error_code error;
            fs::rename(*staging / std::to_string(at), place, error);
            if (error) {
                return diskError(error, "writing", place);
            }
        }
        return okStatus();
    }

    Status removeGone() {
        for (const auto& [path, text] : present_) {
            if (!mesh::changes::importFiles({{path, text}}).ok()) {
                report_.foreign.named.push_back(path);
                continue;
            }
            std::error_code error;
            fs::remove(root_ / path, error);
            if (error) {
                return diskError(error, "removing", root_ / path);
            }
            ++report_.removed;
        }
        tidy(report_.foreign);
        return okStatus();
    }

    const fs::path root_;
    std::map<std::string, std::string> present_;
    PolicyFolderWrite report_;
};

StatusOr<fs::path> canonicalFolder(const fs::path& folder) {
    std::error_code error;
    auto root = fs::canonical(folder, error);
    if (error) {
        return diskError(error, "opening folder", folder);
    }
    return root;
}

}  // namespace

StatusOr<PolicyFolder> readPolicyFolder(const fs::path& folder, const PolicyFolderLimits& limits) {
    WEFT_ASSIGN_OR_RETURN(auto root, canonicalFolder(folder));
    return FolderReader(std::move(root), limits).read();
}

StatusOr<PolicyFolderWrite> writePolicyFolder(
    const fs::path& folder,
    const std::vector<PolicyFile>& files,
    const PolicyFolderLimits& limits) {
    WEFT_RETURN_IF_ERROR(base::makeFolders(folder));
    WEFT_ASSIGN_OR_RETURN(const auto root, canonicalFolder(folder));
    WEFT_ASSIGN_OR_RETURN(auto present, FolderReader(root, limits).read());
    return FolderWriter(root, std::move(present)).write(files);
}

}  // namespace weft::cli
