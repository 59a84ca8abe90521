// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/records.h"
#include "tests/fuzz/fuzz_check.h"

#include "v1/mesh.pb.h"
#include "v1/network_acls.pb.h"
#include "v1/node.pb.h"

#include <google/protobuf/util/json_util.h>

namespace {

namespace storage = weft::storage;

/// What protobuf's own reader makes of the text; nullopt when it refuses it.
template <typename Record, typename Message>
std::optional<Record> readByProtobuf(std::string_view json) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    Message message;
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(json.data(), json.size()), &message, options);
    return status.ok() ? std::optional(storage::fromProto(message)) : std::nullopt;
}

/// A text that our quick reader takes means the same to protobuf's, and what was read and written
/// once no longer changes.
template <typename Record, typename Message, typename Decode, typename Encode>
void check(std::string_view json, Decode decode, Encode encode) {
    const auto record = decode(json);
    const auto byProtobuf = readByProtobuf<Record, Message>(json);
    WEFT_FUZZ_CHECK(record.ok() == byProtobuf.has_value());
    if (!record.ok()) {
        return;
    }
    WEFT_FUZZ_CHECK(*record == *byProtobuf);
    const auto written = encode(*record);
    const auto again = decode(written);
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *record);
    WEFT_FUZZ_CHECK(encode(*again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    const auto json = weft::fuzz::asText(data, size);
    check<storage::NodeRecord, v1::MeshNode>(json, storage::decodeNode, storage::encodeNode);
    // Asked whether there was more in the text, they read the same.
    bool hasMore = false;
    check<storage::EdgeRecord, v1::MeshEdge>(
        json,
        [&hasMore](std::string_view text) { return storage::decodeEdge(text, &hasMore); },
        [](const storage::EdgeRecord& edge) { return storage::encodeEdge(edge); });
    check<storage::RouteRecord, v1::Route>(
        json,
        [&hasMore](std::string_view text) { return storage::decodeRoute(text, &hasMore); },
        storage::encodeRoute);
    if (storage::validateNewNodeId(json).ok()) {
        WEFT_FUZZ_CHECK(storage::validateNodeId(json).ok());
    }
    if (storage::validateNodeId(json).ok()) {
        WEFT_FUZZ_CHECK(storage::validateId(json).ok());
        WEFT_FUZZ_CHECK(json.find('/') == std::string_view::npos);
    }
    return 0;
}
