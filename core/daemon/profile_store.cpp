// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/profile_store.h"

#include "core/base/file.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace weft::daemon {
namespace {

constexpr std::string_view kProfileFile = "profile.json";
constexpr std::string_view kSecretsFile = "secrets.json";

std::string toJson(const google::protobuf::Message& message) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string text;
    // Printing a message that the program made cannot fail.
    [[maybe_unused]] const auto status =
        google::protobuf::util::MessageToJsonString(message, &text, options);
    return text;
}

/// Reads the object at `name` of `root` into `message`; a newer program's extra fields are passed
/// over.
Status readMember(
    const google::protobuf::Struct& root,
    const std::string& name,
    google::protobuf::Message* message) {
    const auto found = root.fields().find(name);
    if (found == root.fields().end()) {
        return okStatus();
    }
    if (!found->second.has_struct_value()) {
        return dataLoss("\"{}\" is not an object", name);
    }
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        toJson(found->second.struct_value()), message, options);
    if (!parsed.ok()) {
        return dataLoss("\"{}\" does not parse: {}", name, std::string(parsed.message()));
    }
    return okStatus();
}

StatusOr<StoredProfile> readProfile(const std::filesystem::path& path) {
    WEFT_ASSIGN_OR_RETURN(const auto text, base::readFile(path, kMaxProfileFileBytes));
    return decodeProfile(text);
}

}  // namespace

bool isProfileId(std::string_view id) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !id.empty() && id.size() <= kMaxProfileIdBytes && id.front() != '-'
           && std::ranges::all_of(id, allowed);
}

std::string encodeProfile(const StoredProfile& stored) {
    return fmt::format(
        "{{\"format\":{},\"profile\":{},\"creation\":{}}}\n",
        ProfileStore::kFormatVersion,
        toJson(stored.profile),
        toJson(stored.creation));
}

StatusOr<StoredProfile> decodeProfile(std::string_view text) {
    google::protobuf::Struct root;
    const auto parsed =
        google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &root);
    if (!parsed.ok()) {
        return dataLoss("it is not JSON: {}", std::string(parsed.message()));
    }
    const auto format = root.fields().find("format");
    if (format == root.fields().end() || !format->second.has_number_value()) {
        return dataLoss("it has no format version");
    }
    if (format->second.number_value() != ProfileStore::kFormatVersion) {
        return failedPrecondition(
            "it has format {}, and this program reads {}",
            format->second.number_value(),
            ProfileStore::kFormatVersion);
    }
    StoredProfile stored;
    WEFT_RETURN_IF_ERROR(readMember(root, "profile", &stored.profile));
    WEFT_RETURN_IF_ERROR(readMember(root, "creation", &stored.creation));
    return stored;
}

StatusOr<ProfileStore::Loaded> ProfileStore::load() const {
    WEFT_RETURN_IF_ERROR(base::makeFolders(folder_));
    std::error_code error;
    std::vector<std::string> ids;
    for (auto entry = std::filesystem::directory_iterator(folder_, error);
         !error && entry != std::filesystem::directory_iterator();
         entry.increment(error)) {
        ids.push_back(entry->path().filename().string());
    }
    if (error) {
        return unavailable("reading {}: {}", folder_.string(), error.message());
    }
    std::ranges::sort(ids);

    Loaded loaded;
    for (const auto& id : ids) {
        const auto path = folder_ / id / kProfileFile;
        if (!isProfileId(id) || !std::filesystem::exists(path, error)) {
            continue;
        }
        auto stored = readProfile(path);
        if (stored.ok() && stored->profile.id() != id) {
            stored = dataLoss("it belongs to the profile \"{}\"", stored->profile.id());
        }
        if (!stored.ok()) {
            loaded.problems.push_back(
                fmt::format("{}: {}", path.string(), messageOf(stored.status())));
        } else if (loaded.profiles.size() >= kMaxProfiles) {
            loaded.problems.push_back(fmt::format(
                "{}: passed over, there are more than {} profiles", path.string(), kMaxProfiles));
        } else {
            loaded.profiles.push_back(*std::move(stored));
        }
    }
    return loaded;
}

Status ProfileStore::save(const StoredProfile& stored) const {
    const auto& id = stored.profile.id();
    if (!isProfileId(id)) {
        return invalidArgument("\"{}\" is no id for a profile", id);
    }
    WEFT_RETURN_IF_ERROR(base::makeFolders(folderOf(id)));
    return annotate(
        base::writeFileAtomically(folderOf(id) / kProfileFile, encodeProfile(stored)),
        "saving the profile {}",
        id);
}

Status ProfileStore::remove(std::string_view id, bool everything) const {
    if (!isProfileId(id)) {
        return invalidArgument("\"{}\" is no id for a profile", id);
    }
    std::error_code error;
    if (everything) {
        std::filesystem::remove_all(folderOf(id), error);
    } else {
        std::filesystem::remove(folderOf(id) / kProfileFile, error);
        // Another profile of that id, of another mesh perhaps, does not begin with them.
        std::error_code ignored;
        std::filesystem::remove_all(folderOf(id) / kDraftsFolder, ignored);
    }
    if (error) {
        return unavailable("removing the profile {}: {}", id, error.message());
    }
    return okStatus();
}

std::filesystem::path ProfileStore::folderOf(std::string_view id) const {
    return folder_ / id;
}

StatusOr<SecretMap> ProfileStore::loadSecrets(std::string_view id) const {
    const auto path = folderOf(id) / kSecretsFile;
    const auto file = base::readFileWithOwner(path, kMaxProfileFileBytes);
    if (file.status().code() == StatusCode::kNotFound) {
        return SecretMap{};
    }
    WEFT_RETURN_IF_ERROR(file.status());
    constexpr unsigned kOfOthers = 077;
    if ((file->mode & kOfOthers) != 0) {
        return permissionDenied("{} can be read by others: give it mode 0600", path.string());
    }
    google::protobuf::Struct root;
    if (!google::protobuf::util::JsonStringToMessage(file->bytes, &root).ok()) {
        // Without the parser's text, which quotes what it read.
        return dataLoss("{} is not a JSON object", path.string());
    }
    SecretMap secrets;
    for (const auto& [name, value] : root.fields()) {
        if (!value.has_string_value()) {
            return dataLoss("{}: \"{}\" is not a text", path.string(), name);
        }
        secrets.emplace(name, crypto::SecretBytes(value.string_value()));
    }
    return secrets;
}

}  // namespace weft::daemon
