// SPDX-License-Identifier: Apache-2.0
// What an audit log, a tombstone and a change of the history may have become on the disk. What
// reads is written the same way and reads again, whatever it says.
#include "core/mesh/detail/audit_record.h"
#include "core/mesh/detail/change_records.h"
#include "core/mesh/detail/tombstones.h"
#include "tests/fuzz/fuzz_check.h"

#include <google/protobuf/stubs/logging.h>

#include <string_view>

namespace {

namespace detail = weft::mesh::detail;

void checkEvent(std::string_view line) {
    const auto event = detail::decodeAuditEvent(line);
    if (!event.ok()) {
        return;
    }
    WEFT_FUZZ_CHECK(event->name.size() <= weft::mesh::kMaxAuditTextBytes);
    WEFT_FUZZ_CHECK(event->after.size() <= weft::mesh::kMaxAuditObjectBytes);
    const auto text = detail::encodeAuditEvent(*event);
    WEFT_FUZZ_CHECK(text.find('\n') == std::string::npos);
    const auto again = detail::decodeAuditEvent(text);
    WEFT_FUZZ_CHECK(again.ok() && *again == *event);
}

void checkTombstone(std::string_view json) {
    const auto node = detail::decodeRemovedNode(json);
    if (node.ok()) {
        const auto again = detail::decodeRemovedNode(detail::encodeRemovedNode(*node));
        WEFT_FUZZ_CHECK(again.ok() && *again == *node);
    }
}

void checkChange(std::string_view json) {
    const auto record = detail::decodeChange(json);
    if (record.ok()) {
        WEFT_FUZZ_CHECK(record->note.size() <= weft::mesh::kMaxChangeNoteBytes);
        const auto again = detail::decodeChange(detail::encodeChange(*record));
        WEFT_FUZZ_CHECK(again.ok() && *again == *record);
    }
    const auto pending = detail::decodePending(json);
    if (pending.ok()) {
        WEFT_FUZZ_CHECK(pending->revertAfter <= weft::mesh::kMaxRevertAfter);
        const auto again = detail::decodePending(detail::encodePending(*pending));
        WEFT_FUZZ_CHECK(again.ok() && *again == *pending);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    checkEvent(bytes);
    checkTombstone(bytes);
    checkChange(bytes);
    std::vector<weft::mesh::AuditEvent> found;
    detail::collectEvents(bytes, {}, 3, found);
    WEFT_FUZZ_CHECK(found.size() <= 3);
    return 0;
}
