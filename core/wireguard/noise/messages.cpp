// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/messages.h"

#include "core/wireguard/noise/detail/little_endian.h"

namespace weft::wireguard {
namespace {

constexpr std::size_t kTypeBytes = 4;
constexpr std::size_t kIndexBytes = 4;
/// An initiation and a response have their sender's index here, the others their receiver's.
constexpr std::size_t kFirstIndexAt = kTypeBytes;
constexpr std::size_t kResponseReceiverAt = kFirstIndexAt + kIndexBytes;
constexpr std::size_t kCounterAt = kFirstIndexAt + kIndexBytes;

bool hasLengthOf(MessageType type, std::size_t bytes) {
    switch (type) {
    case MessageType::Initiation:
        return bytes == kInitiationBytes;
    case MessageType::Response:
        return bytes == kResponseBytes;
    case MessageType::CookieReply:
        return bytes == kCookieReplyBytes;
    case MessageType::Transport:
        return bytes >= kTransportMinBytes;
    }
    return false;
}

}  // namespace

std::optional<MessageType> messageTypeOf(std::span<const std::uint8_t> datagram) {
    if (datagram.size() < kTypeBytes) {
        return std::nullopt;
    }
    const auto value = detail::loadLittleEndian<std::uint32_t>(datagram, 0);
    if (value < static_cast<std::uint32_t>(MessageType::Initiation)
        || value > static_cast<std::uint32_t>(MessageType::Transport)) {
        return std::nullopt;
    }
    const auto type = static_cast<MessageType>(value);
    return hasLengthOf(type, datagram.size()) ? std::optional(type) : std::nullopt;
}

std::optional<TransportHeader> readTransportHeader(std::span<const std::uint8_t> datagram) {
    if (messageTypeOf(datagram) != MessageType::Transport) {
        return std::nullopt;
    }
    return TransportHeader{
        .receiverIndex = detail::loadLittleEndian<std::uint32_t>(datagram, kFirstIndexAt),
        .counter = detail::loadLittleEndian<std::uint64_t>(datagram, kCounterAt),
    };
}

void writeTransportHeader(
    std::span<std::uint8_t, kTransportHeaderBytes> out, const TransportHeader& header) {
    detail::storeLittleEndian(out, 0, static_cast<std::uint32_t>(MessageType::Transport));
    detail::storeLittleEndian(out, kFirstIndexAt, header.receiverIndex);
    detail::storeLittleEndian(out, kCounterAt, header.counter);
}

std::uint32_t senderIndexOf(std::span<const std::uint8_t> handshakeMessage) {
    if (handshakeMessage.size() < kFirstIndexAt + kIndexBytes) {
        return 0;
    }
    return detail::loadLittleEndian<std::uint32_t>(handshakeMessage, kFirstIndexAt);
}

std::uint32_t receiverIndexOf(std::span<const std::uint8_t> datagram) {
    const auto type = messageTypeOf(datagram);
    if (!type.has_value() || *type == MessageType::Initiation) {
        return 0;
    }
    return detail::loadLittleEndian<std::uint32_t>(
        datagram, *type == MessageType::Response ? kResponseReceiverAt : kFirstIndexAt);
}

}  // namespace weft::wireguard
