// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/message_sorting.h"

#include "core/wireguard/noise/messages.h"

namespace weft::wireguard {
namespace {

using transport::DatagramBits;

/// The type and the three zeros behind it.
DatagramBits typeIs(MessageType type) {
    constexpr unsigned kFirstByte = 24;
    return {.value = static_cast<std::uint32_t>(type) << kFirstByte};
}

/// The receiver index at `offset` is little-endian: its tag comes last.
DatagramBits tagAt(std::uint16_t offset, std::uint8_t tag) {
    return {.offset = offset, .mask = 0xff, .value = tag};
}

}  // namespace

transport::DatagramSorting messageSorting(std::uint8_t indexTag) {
    // Behind the type; in a response the index of its sender comes first.
    constexpr std::uint16_t kReceiver = 4;
    constexpr std::uint16_t kReceiverOfResponse = 8;
    transport::DatagramSorting sorting;
    sorting.bulk = {
        {kTransportMinBytes, {typeIs(MessageType::Transport), tagAt(kReceiver, indexTag)}}};
    sorting.control = {
        {kInitiationBytes, {typeIs(MessageType::Initiation)}},
        {kResponseBytes, {typeIs(MessageType::Response), tagAt(kReceiverOfResponse, indexTag)}},
        {kCookieReplyBytes, {typeIs(MessageType::CookieReply), tagAt(kReceiver, indexTag)}}};
    return sorting;
}

}  // namespace weft::wireguard
