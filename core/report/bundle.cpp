// SPDX-License-Identifier: Apache-2.0
#include "core/report/bundle.h"

#include "core/base/file.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <memory>

#include <zip.h>

namespace weft::report {
namespace {

constexpr const char* kManifest = "manifest.json";

/// Of texts that are ours or were made one line before.
std::string jsonText(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            result += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
            result += c;
        }
    }
    return result + '"';
}

std::string timeText(WallTime time) {
    const std::time_t value = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    return ::gmtime_r(&value, &parts) == nullptr ? std::string()
                                                 : fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", parts);
}

/// Frees what zip_close did not take.
struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct Free {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Free>;

Status refusal(std::string_view what) {
    return internalError("the zip library refuses {}", what);
}

/// `bytes` outlive the archive.
Status addFile(zip_t* archive, const std::string& name, const std::string& bytes, WallTime time) {
    Source source(zip_source_buffer(archive, bytes.data(), bytes.size(), 0));
    if (source == nullptr) {
        return refusal(name);
    }
    const auto index = zip_file_add(archive, name.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        return refusal(name);
    }
    // The archive owns it now.
    static_cast<void>(source.release());
    zip_file_set_mtime(
        archive, static_cast<zip_uint64_t>(index), std::chrono::system_clock::to_time_t(time), 0);
    return okStatus();
}

StatusOr<std::string> contentOf(zip_source_t* source) {
    if (zip_source_open(source) != 0) {
        return refusal("to be read");
    }
    zip_source_seek(source, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
    zip_source_seek(source, 0, SEEK_SET);
    const auto read = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (read < 0 || static_cast<std::size_t>(read) != bytes.size()) {
        return refusal("to be read");
    }
    return bytes;
}

}  // namespace

std::string manifestOf(const std::vector<Section>& sections, const BundleFacts& facts) {
    std::string files;
    for (const auto& section : sections) {
        files += fmt::format(
            "{}\n    {{\"file\": {}, \"title\": {}, \"bytes\": {}, \"failed\": {}}}",
            files.empty() ? "" : ",",
            jsonText(section.name + ".txt"),
            jsonText(section.title),
            section.text.size(),
            section.failed);
    }
    return fmt::format(
        "{{\n  \"schema\": {},\n  \"weft\": {},\n  \"time\": {},\n  \"redaction\": {},\n"
        "  \"files\": [{}\n  ]\n}}\n",
        kSchema,
        jsonText(facts.version),
        jsonText(timeText(facts.time)),
        jsonText(nameOf(facts.level)),
        files);
}

StatusOr<std::string> zipOf(const std::vector<Section>& sections, const BundleFacts& facts) {
    const std::string manifest = manifestOf(sections, facts);
    Source buffer(zip_source_buffer_create(nullptr, 0, 0, nullptr));
    if (buffer == nullptr) {
        return refusal("a buffer");
    }
    // The archive takes one reference; the other one is for reading it afterwards.
    zip_source_keep(buffer.get());
    Archive archive(zip_open_from_source(buffer.get(), ZIP_TRUNCATE, nullptr));
    if (archive == nullptr) {
        zip_source_free(buffer.get());
        return refusal("to begin");
    }
    WEFT_RETURN_IF_ERROR(addFile(archive.get(), kManifest, manifest, facts.time));
    for (const auto& section : sections) {
        WEFT_RETURN_IF_ERROR(
            addFile(archive.get(), section.name + ".txt", section.text, facts.time));
    }
    if (zip_close(archive.get()) != 0) {
        return refusal("to finish");
    }
    // Closed is gone.
    static_cast<void>(archive.release());
    return contentOf(buffer.get());
}

Status writeBundle(const std::filesystem::path& path, const std::string& zip, bool replace) {
    if (replace) {
        return base::writeFileAtomically(path, zip);
    }
    return base::createFileAtomically(path, zip);
}

}  // namespace weft::report
