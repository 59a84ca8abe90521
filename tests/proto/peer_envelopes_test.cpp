// SPDX-License-Identifier: Apache-2.0
#include "kitsune2/wire.pb.h"
#include "tari/rpc.pb.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace weft::tests {
namespace {

using kitsune2::wire::K2Proto;
using tari::comms::rpc::RpcRequest;
using tari::comms::rpc::RpcResponse;
using tari::comms::rpc::RpcSession;
using tari::comms::rpc::RpcSessionReply;

/// Bytes written by hand, field by field, from the protobuf encoding guide.
template <std::size_t Size>
std::string bytes(const char (&text)[Size]) {
    return {text, Size - 1};
}

template <typename Message>
Message parsed(const std::string& wire) {
    Message message;
    EXPECT_TRUE(message.ParseFromString(wire));
    return message;
}

// --- Kitsune2 ---

const std::string kModuleMessage = bytes("\x08\x03"
                                         "\x12\x02hi"
                                         "\x1a\x02\x00\xff"
                                         "\x22\x06gossip");

TEST(K2Envelope, WritesTheExpectedBytes) {
    K2Proto message;
    message.set_ty(K2Proto::MODULE);
    message.set_data("hi");
    message.set_space_id(bytes("\x00\xff"));
    message.set_module_id("gossip");

    EXPECT_EQ(message.SerializeAsString(), kModuleMessage);
}

TEST(K2Envelope, ReadsTheExpectedFields) {
    const auto message = parsed<K2Proto>(kModuleMessage);

    EXPECT_EQ(message.ty(), K2Proto::MODULE);
    EXPECT_EQ(message.data(), "hi");
    EXPECT_EQ(message.space_id(), bytes("\x00\xff"));
    EXPECT_EQ(message.module_id(), "gossip");
}

TEST(K2Envelope, NumbersItsTypesAsThePeersDo) {
    EXPECT_EQ(parsed<K2Proto>("").ty(), K2Proto::UNSPECIFIED);
    EXPECT_EQ(parsed<K2Proto>(bytes("\x08\x01")).ty(), K2Proto::PREFLIGHT);
    EXPECT_EQ(parsed<K2Proto>(bytes("\x08\x02")).ty(), K2Proto::NOTIFY);
    EXPECT_EQ(parsed<K2Proto>(bytes("\x08\x03")).ty(), K2Proto::MODULE);
    EXPECT_EQ(parsed<K2Proto>(bytes("\x08\x0f")).ty(), K2Proto::DISCONNECT);
}

TEST(K2Envelope, TellsAnAbsentSpaceFromAnEmptyOne) {
    const auto absent = parsed<K2Proto>(bytes("\x08\x02"));
    const auto empty = parsed<K2Proto>(bytes("\x08\x02\x1a\x00\x22\x00"));

    EXPECT_FALSE(absent.has_space_id());
    EXPECT_FALSE(absent.has_module_id());
    EXPECT_TRUE(empty.has_space_id());
    EXPECT_TRUE(empty.has_module_id());
    EXPECT_EQ(absent.SerializeAsString(), bytes("\x08\x02"));
    EXPECT_EQ(empty.SerializeAsString(), bytes("\x08\x02\x1a\x00\x22\x00"));
}

TEST(K2Envelope, KeepsATypeItDoesNotKnow) {
    const auto wire = bytes("\x08\x09\x12\x01x");

    const auto message = parsed<K2Proto>(wire);

    EXPECT_FALSE(K2Proto::K2WireType_IsValid(message.ty()));
    EXPECT_EQ(static_cast<int>(message.ty()), 9);
    EXPECT_EQ(message.SerializeAsString(), wire);
}

TEST(K2Envelope, KeepsAFieldItDoesNotKnow) {
    const auto wire = bytes("\x08\x02\x7a\x01"
                            "A");

    EXPECT_EQ(parsed<K2Proto>(wire).SerializeAsString(), wire);
}

TEST(K2Envelope, RefusesTruncatedBytesAndAModuleNameThatIsNotUtf8) {
    K2Proto message;

    // A cut inside a field is refused; one between fields leaves a shorter valid message.
    for (const std::size_t cut : {1U, 3U, 5U, 7U, 9U, 11U, 15U}) {
        EXPECT_FALSE(message.ParseFromString(kModuleMessage.substr(0, cut))) << "cut at " << cut;
    }
    EXPECT_FALSE(message.ParseFromString(bytes("\x22\x01\xff")));
}

// --- Tari RPC ---

TEST(TariRpc, RequestHasTheExpectedBytes) {
    const auto wire = bytes("\x08\x07"
                            "\x10\x02"
                            "\x18\x01"
                            "\x20\x1e"
                            "\x52\x03"
                            "abc");
    RpcRequest request;
    request.set_request_id(7);
    request.set_method(2);
    request.set_flags(1);
    request.set_deadline(30);
    request.set_payload("abc");

    EXPECT_EQ(request.SerializeAsString(), wire);
    const auto read = parsed<RpcRequest>(wire);
    EXPECT_EQ(read.request_id(), 7U);
    EXPECT_EQ(read.method(), 2U);
    EXPECT_EQ(read.flags(), 1U);
    EXPECT_EQ(read.deadline(), 30U);
    EXPECT_EQ(read.payload(), "abc");
}

TEST(TariRpc, RequestKeepsTheLargestNumbers) {
    RpcRequest request;
    request.set_request_id(std::numeric_limits<std::uint32_t>::max());
    request.set_deadline(std::numeric_limits<std::uint64_t>::max());

    const auto read = parsed<RpcRequest>(request.SerializeAsString());

    EXPECT_EQ(read.request_id(), std::numeric_limits<std::uint32_t>::max());
    EXPECT_EQ(read.deadline(), std::numeric_limits<std::uint64_t>::max());
}

TEST(TariRpc, ResponseHasTheExpectedBytes) {
    const auto wire = bytes("\x08\x07"
                            "\x10\x05"
                            "\x18\x02"
                            "\x52\x04oops");
    RpcResponse response;
    response.set_request_id(7);
    response.set_status(5);
    response.set_flags(2);
    response.set_payload("oops");

    EXPECT_EQ(response.SerializeAsString(), wire);
    const auto read = parsed<RpcResponse>(wire);
    EXPECT_EQ(read.request_id(), 7U);
    EXPECT_EQ(read.status(), 5U);
    EXPECT_EQ(read.flags(), 2U);
    EXPECT_EQ(read.payload(), "oops");
}

TEST(TariRpc, SessionListsVersionsPackedAndReadsThemUnpackedToo) {
    RpcSession session;
    session.add_supported_versions(0);
    session.add_supported_versions(300);

    EXPECT_EQ(session.SerializeAsString(), bytes("\x0a\x03\x00\xac\x02"));
    const auto unpacked = parsed<RpcSession>(bytes("\x08\x00\x08\xac\x02"));
    ASSERT_EQ(unpacked.supported_versions_size(), 2);
    EXPECT_EQ(unpacked.supported_versions(0), 0U);
    EXPECT_EQ(unpacked.supported_versions(1), 300U);
}

TEST(TariRpc, AcceptedVersionZeroIsAnAnswer) {
    RpcSessionReply reply;
    reply.set_accepted_version(0);

    EXPECT_EQ(reply.SerializeAsString(), bytes("\x08\x00"));
    EXPECT_EQ(
        parsed<RpcSessionReply>(bytes("\x08\x00")).session_result_case(),
        RpcSessionReply::kAcceptedVersion);
    EXPECT_EQ(
        parsed<RpcSessionReply>("").session_result_case(), RpcSessionReply::SESSION_RESULT_NOT_SET);
}

TEST(TariRpc, RejectionCarriesItsReason) {
    const auto wire = bytes("\x10\x01\x18\x02");
    RpcSessionReply reply;
    reply.set_rejected(true);
    reply.set_reject_reason(RpcSessionReply::HANDSHAKE_REJECT_REASON_NO_SERVER_SESSIONS_AVAILABLE);

    EXPECT_EQ(reply.SerializeAsString(), wire);
    const auto read = parsed<RpcSessionReply>(wire);
    EXPECT_TRUE(read.rejected());
    EXPECT_EQ(read.reject_reason(), reply.reject_reason());
}

TEST(TariRpc, NumbersRejectReasonsAsThePeersDo) {
    const auto reason = [](const std::string& wire) {
        return parsed<RpcSessionReply>(wire).reject_reason();
    };

    EXPECT_EQ(reason(""), RpcSessionReply::HANDSHAKE_REJECT_REASON_UNKNOWN);
    EXPECT_EQ(
        reason(bytes("\x18\x01")), RpcSessionReply::HANDSHAKE_REJECT_REASON_UNSUPPORTED_VERSION);
    EXPECT_EQ(
        reason(bytes("\x18\x03")),
        RpcSessionReply::HANDSHAKE_REJECT_REASON_NO_CLIENT_SESSIONS_AVAILABLE);
    EXPECT_EQ(
        reason(bytes("\x18\x04")), RpcSessionReply::HANDSHAKE_REJECT_REASON_PROTOCOL_NOT_SUPPORTED);
}

TEST(TariRpc, KeepsARejectReasonItDoesNotKnow) {
    const auto wire = bytes("\x10\x01\x18\x63");

    const auto reply = parsed<RpcSessionReply>(wire);

    EXPECT_EQ(static_cast<int>(reply.reject_reason()), 99);
    EXPECT_EQ(reply.SerializeAsString(), wire);
}

TEST(TariRpc, TheLastSessionResultWins) {
    const auto reply = parsed<RpcSessionReply>(bytes("\x10\x01\x08\x03"));

    EXPECT_EQ(reply.session_result_case(), RpcSessionReply::kAcceptedVersion);
    EXPECT_EQ(reply.accepted_version(), 3U);
    EXPECT_FALSE(reply.rejected());
}

}  // namespace
}  // namespace weft::tests
