// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_files.h"

#include "core/base/text.h"
#include "core/mesh/changes/contents.h"
#include "core/mesh/changes/detail/object_reader.h"
#include "core/mesh/changes/detail/object_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace weft::mesh::changes {
namespace {

/// All that is wrong, up to the cap, as one text.
class Report {
public:
    bool empty() const { return count_ == 0; }

    void add(std::string_view path, std::size_t line, std::string_view text) {
        ++count_;
        if (count_ > kMaxPolicyFileFaults) {
            return;
        }
        constexpr std::size_t kMostPathBytes = 320;
        text_ += fmt::format(
            "{}{}:{}: {}",
            count_ == 1 ? "" : "\n",
            base::escapeForLine(path, kMostPathBytes),
            line,
            text);
    }
    /// Faults that nobody listed.
    void addCount(std::size_t more) { count_ += more; }

    Status status() const {
        if (count_ <= kMaxPolicyFileFaults) {
            return invalidArgument("{}", text_);
        }
        return invalidArgument("{}\nand {} more", text_, count_ - kMaxPolicyFileFaults);
    }

private:
    std::size_t count_ = 0;
    std::string text_;
};

struct Read {
    detail::ObjectInFile found;
    ObjectRef ref;
};

class Reader {
public:
    StatusOr<PolicySet> read(const std::vector<PolicyFile>& files) {
        for (const auto& file : files) {
            readFile(file);
        }
        PolicySet set;
        for (auto& [path, each] : read_) {
            checkPlace(path, each);
            set.put(std::move(each.found.object));
        }
        if (!report_.empty()) {
            return report_.status();
        }
        return set;
    }

private:
    void readFile(const PolicyFile& file) {
        const auto kind = kindOfPath(file.path);
        if (!kind) {
            report_.add(
                file.path,
                1,
                "this is no file of the rules: an object stands in FOLDER/NAME.yaml, where FOLDER "
                "is roles, rolebindings, groups, networkacls, routes or edges");
            return;
        }
        detail::Faults faults;
        auto found = detail::readObject(*kind, file.text, faults);
        for (const auto& fault : faults.listed()) {
            report_.add(file.path, fault.line, fault.text);
        }
        report_.addCount(faults.unlisted());
        if (!found) {
            return;
        }
        const auto ref = refOf(found->object);
        if (!read_.emplace(file.path, Read{*std::move(found), ref}).second) {
            report_.add(file.path, 1, "the file is given twice: give it once");
        }
    }

    /// An object in two files is one too many, and the one with the name of the object is it.
    void checkPlace(const std::string& path, const Read& each) {
        const auto right = pathOf(each.ref);
        if (right == path) {
            return;
        }
        const auto other = read_.find(right);
        const bool twice = other != read_.end() && keyOf(other->second.ref) == keyOf(each.ref);
        report_.add(
            path,
            each.found.nameLine,
            fmt::format(
                "the {} {} {} {}: {}",
                kindName(each.ref.kind),
                base::escapeForLine(nameOf(each.ref)),
                twice ? "stands also in" : "belongs into",
                right,
                twice ? "remove one of the two files" : "rename the file, or correct the name"));
    }

    Report report_;
    std::map<std::string, Read> read_;
};

}  // namespace

std::vector<PolicyFile> exportFiles(const PolicySet& set) {
    std::vector<PolicyFile> files;
    files.reserve(set.objects().size());
    for (const auto& [key, object] : set.objects()) {
        files.push_back({pathOf(refOf(*object)), detail::yamlOf(normalised(*object))});
    }
    return files;
}

StatusOr<PolicySet> importFiles(const std::vector<PolicyFile>& files) {
    if (files.size() > kMaxPolicyFiles) {
        return invalidArgument(
            "{} files are too many; at most {} are read", files.size(), kMaxPolicyFiles);
    }
    return Reader().read(files);
}

}  // namespace weft::mesh::changes
