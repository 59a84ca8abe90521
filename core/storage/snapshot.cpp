// SPDX-License-Identifier: Apache-2.0
#include "core/storage/snapshot.h"

#include "core/storage/detail/waiter.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

// The generated classes are not used: they refuse values that are not UTF-8, which published keys
// may have, they cannot read the list form, and they would hold everything a second time.

namespace weft::storage {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;
using google::protobuf::io::StringOutputStream;

constexpr int kSnapshotElements = 1;
constexpr int kElementKey = 1;
constexpr int kElementValue = 2;
constexpr int kElementTtl = 3;
constexpr int kDurationSeconds = 1;
constexpr int kDurationNanos = 2;
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
/// The longest tag and length before a field.
constexpr std::size_t kFieldOverhead = 16;

/// The fields of `{1: key, 2: value, 3: ttl}`, which is an item, and without 3 a map entry.
struct Element {
    std::string_view key;
    std::string_view value;
    std::optional<std::string_view> ttl;
};

/// Walks the fields of a message that lies in memory.
class Fields {
public:
    explicit Fields(std::string_view bytes)
        : bytes_(bytes)
        , input_(
              reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size())) {
    }

    /// 0 at the end and on a broken tag: see `atEnd`.
    std::uint32_t nextTag() {
        const bool ended = static_cast<std::size_t>(input_.CurrentPosition()) == bytes_.size();
        const std::uint32_t tag = ended ? 0 : input_.ReadTagNoLastTag();
        atEnd_ = ended;
        return tag;
    }
    /// Whether the 0 of `nextTag` was the end.
    bool atEnd() const { return atEnd_; }

    std::optional<std::string_view> bytesField() {
        std::uint32_t length = 0;
        if (!input_.ReadVarint32(&length)) {
            return std::nullopt;
        }
        const auto at = static_cast<std::size_t>(input_.CurrentPosition());
        if (length > bytes_.size() - at || !input_.Skip(static_cast<int>(length))) {
            return std::nullopt;
        }
        return bytes_.substr(at, length);
    }

    std::optional<std::uint64_t> varint() {
        std::uint64_t value = 0;
        return input_.ReadVarint64(&value) ? std::optional(value) : std::nullopt;
    }

    bool skip(std::uint32_t tag) { return WireFormatLite::SkipField(&input_, tag); }

private:
    std::string_view bytes_;
    CodedInputStream input_;
    bool atEnd_ = false;
};

constexpr std::uint32_t lengthTag(int field) {
    return WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}
constexpr std::uint32_t varintTag(int field) {
    return WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_VARINT);
}

/// nullopt when `bytes` is not a message that can be read so.
std::optional<Element> parseElement(std::string_view bytes) {
    Element element;
    Fields fields(bytes);
    while (const std::uint32_t tag = fields.nextTag()) {
        if (tag != lengthTag(kElementKey) && tag != lengthTag(kElementValue)
            && tag != lengthTag(kElementTtl)) {
            if (!fields.skip(tag)) {
                return std::nullopt;
            }
            continue;
        }
        const auto content = fields.bytesField();
        if (!content) {
            return std::nullopt;
        }
        if (tag == lengthTag(kElementKey)) {
            element.key = *content;
        } else if (tag == lengthTag(kElementValue)) {
            element.value = *content;
        } else {
            element.ttl = *content;
        }
    }
    return fields.atEnd() ? std::optional(element) : std::nullopt;
}

/// The life that a serialised google.protobuf.Duration says; nullopt when it is broken. Saturates.
std::optional<Duration> parseDuration(std::string_view bytes) {
    std::int64_t seconds = 0;
    std::int64_t nanos = 0;
    Fields fields(bytes);
    while (const std::uint32_t tag = fields.nextTag()) {
        if (tag != varintTag(kDurationSeconds) && tag != varintTag(kDurationNanos)) {
            if (!fields.skip(tag)) {
                return std::nullopt;
            }
            continue;
        }
        const auto value = fields.varint();
        if (!value) {
            return std::nullopt;
        }
        (tag == varintTag(kDurationSeconds) ? seconds : nanos) = static_cast<std::int64_t>(*value);
    }
    if (!fields.atEnd() || nanos <= -kNanosPerSecond || nanos >= kNanosPerSecond) {
        return std::nullopt;
    }
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / kNanosPerSecond - 1;
    if (seconds > kMost) {
        return Duration::max();
    }
    return Duration(std::max(seconds, -kMost) * kNanosPerSecond + nanos);
}

/// The item of an element of either form. In the map form field 2 is itself an item with the same
/// key; in the list form the element is the item.
Element itemOf(const Element& element) {
    if (!element.ttl && !element.key.empty()) {
        const auto inner = parseElement(element.value);
        if (inner && inner->key == element.key) {
            return *inner;
        }
    }
    return element;
}

/// nullopt for an element whose life has ended.
StatusOr<std::optional<Put>> decodeElement(std::string_view bytes, std::size_t index) {
    const auto element = parseElement(bytes);
    if (!element) {
        return invalidArgument("snapshot element {} is damaged", index);
    }
    const Element item = itemOf(*element);
    Put put{std::string(item.key), std::string(item.value), std::nullopt};
    if (item.ttl) {
        const auto ttl = parseDuration(*item.ttl);
        if (!ttl) {
            return invalidArgument("snapshot element {} has a damaged time to live", index);
        }
        if (ttl->count() < 0) {
            return std::optional<Put>();
        }
        // Zero is how a reference node writes "lives on".
        if (ttl->count() > 0 && *ttl != Duration::max()) {
            put.ttl = ttl;
        }
    }
    WEFT_RETURN_IF_ERROR(annotate(validatePut(put), "snapshot element {}", index));
    return std::optional<Put>(std::move(put));
}

std::size_t lengthDelimited(std::size_t content) {
    return 1 + CodedOutputStream::VarintSize64(content) + content;
}

void writeBytes(CodedOutputStream& out, int field, std::string_view bytes) {
    out.WriteTag(lengthTag(field));
    out.WriteVarint32(static_cast<std::uint32_t>(bytes.size()));
    out.WriteRaw(bytes.data(), static_cast<int>(bytes.size()));
}

std::string encodeDuration(Duration ttl) {
    const std::int64_t seconds = ttl.count() / kNanosPerSecond;
    const std::int64_t nanos = ttl.count() % kNanosPerSecond;
    std::string bytes;
    {
        StringOutputStream stream(&bytes);
        CodedOutputStream out(&stream);
        if (seconds != 0) {
            out.WriteTag(varintTag(kDurationSeconds));
            out.WriteVarint64(static_cast<std::uint64_t>(seconds));
        }
        if (nanos != 0) {
            out.WriteTag(varintTag(kDurationNanos));
            out.WriteVarint64(static_cast<std::uint64_t>(nanos));
        }
    }
    return bytes;
}

void writeEntry(CodedOutputStream& out, const Entry& entry, const std::string& ttl, bool asMap) {
    std::size_t item = lengthDelimited(entry.key.size()) + lengthDelimited(entry.value.size());
    if (!ttl.empty()) {
        item += lengthDelimited(ttl.size());
    }
    out.WriteTag(lengthTag(kSnapshotElements));
    if (asMap) {
        const std::size_t element = lengthDelimited(entry.key.size()) + lengthDelimited(item);
        out.WriteVarint32(static_cast<std::uint32_t>(element));
        writeBytes(out, kElementKey, entry.key);
        out.WriteTag(lengthTag(kElementValue));
    }
    out.WriteVarint32(static_cast<std::uint32_t>(item));
    writeBytes(out, kElementKey, entry.key);
    writeBytes(out, kElementValue, entry.value);
    if (!ttl.empty()) {
        writeBytes(out, kElementTtl, ttl);
    }
}

void writeEntries(
    std::string& bytes, const std::vector<Entry>& entries, WallTime now, SnapshotForm form) {
    StringOutputStream stream(&bytes);
    CodedOutputStream out(&stream);
    for (const Entry& entry : entries) {
        if (entry.expiresAt && *entry.expiresAt <= now) {
            continue;
        }
        const std::string ttl =
            entry.expiresAt
                ? encodeDuration(std::chrono::duration_cast<Duration>(*entry.expiresAt - now))
                : std::string();
        writeEntry(out, entry, ttl, form == SnapshotForm::Map);
    }
}

std::size_t upperBound(const std::vector<Entry>& entries) {
    std::size_t bytes = 0;
    for (const Entry& entry : entries) {
        bytes += 2 * entry.key.size() + entry.value.size() + 6 * kFieldOverhead;
    }
    return bytes;
}

}  // namespace

StatusOr<std::string> encodeSnapshot(const KeyValueStore& store, WallTime now, SnapshotForm form) {
    WEFT_ASSIGN_OR_RETURN(const Listing listing, store.list({}));
    const std::size_t most = upperBound(listing.entries);
    if (most > kMaxSnapshotBytes) {
        return resourceExhausted(
            "the store has about {} bytes, a snapshot at most {}", most, kMaxSnapshotBytes);
    }
    std::string bytes;
    bytes.reserve(most);
    writeEntries(bytes, listing.entries, now, form);
    return bytes;
}

StatusOr<std::vector<Put>> decodeSnapshot(std::string_view bytes) {
    if (bytes.size() > kMaxSnapshotBytes) {
        return resourceExhausted(
            "the snapshot has {} bytes, the most is {}", bytes.size(), kMaxSnapshotBytes);
    }
    std::vector<Put> entries;
    Fields fields(bytes);
    std::size_t index = 0;
    while (const std::uint32_t tag = fields.nextTag()) {
        if (tag != lengthTag(kSnapshotElements)) {
            if (!fields.skip(tag)) {
                return invalidArgument("the snapshot is damaged after element {}", index);
            }
            continue;
        }
        const auto content = fields.bytesField();
        if (!content) {
            return invalidArgument("the snapshot is cut off in element {}", index);
        }
        if (index == kMaxReplaceEntries) {
            return resourceExhausted("the snapshot has more than {} entries", kMaxReplaceEntries);
        }
        WEFT_ASSIGN_OR_RETURN(auto put, decodeElement(*content, index));
        if (put) {
            entries.push_back(*std::move(put));
        }
        ++index;
    }
    if (!fields.atEnd()) {
        return invalidArgument("the snapshot is damaged after element {}", index);
    }
    return entries;
}

Status restoreSnapshot(KeyValueStore& store, std::string_view bytes) {
    WEFT_ASSIGN_OR_RETURN(auto entries, decodeSnapshot(bytes));
    detail::Waiter<CommitResult> waiter;
    store.replaceAll(std::move(entries), waiter.callback());
    return waiter.wait().status();
}

}  // namespace weft::storage
