// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz_check.h"

#include "kitsune2/wire.pb.h"
#include "tari/rpc.pb.h"

#include <string>

namespace {

/// Bytes that were read and written once no longer change.
template <typename Message>
void check(std::string_view bytes) {
    Message message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        return;
    }
    const auto written = message.SerializeAsString();
    Message again;
    WEFT_FUZZ_CHECK(again.ParseFromString(written));
    WEFT_FUZZ_CHECK(again.SerializeAsString() == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    const auto bytes = weft::fuzz::asText(data, size);
    check<kitsune2::wire::K2Proto>(bytes);
    check<tari::comms::rpc::RpcRequest>(bytes);
    check<tari::comms::rpc::RpcResponse>(bytes);
    check<tari::comms::rpc::RpcSession>(bytes);
    check<tari::comms::rpc::RpcSessionReply>(bytes);
    return 0;
}
