// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/detail/outbox.h"

namespace weft::wireguard::detail {
namespace {

/// A larger buffer is given back when it is empty.
constexpr std::size_t kKeptBytes = 256U << 10U;

}  // namespace

bool Outbox::hasRoom(std::size_t bytes) const {
    return (taken_ ? 0 : bytes_.size()) + bytes <= limit_;
}

std::span<std::uint8_t> Outbox::append(
    std::size_t bytes,
    const PathAddress& to,
    std::uint8_t trafficClass,
    std::optional<PeerIndex> peer) {
    if (taken_) {
        discard();
    }
    if (!hasRoom(bytes)) {
        return {};
    }
    const auto offset = bytes_.size();
    bytes_.resize(offset + bytes);
    items_.push_back({offset, bytes, to, trafficClass, peer});
    return std::span(bytes_).subspan(offset);
}

std::span<const OutgoingMessage> Outbox::take() {
    if (taken_) {
        discard();
    }
    messages_.clear();
    messages_.reserve(items_.size());
    for (const auto& item : items_) {
        messages_.push_back(
            {std::span(bytes_).subspan(item.offset, item.bytes),
             item.to,
             item.trafficClass,
             item.peer});
    }
    taken_ = true;
    return messages_;
}

void Outbox::discard() {
    taken_ = false;
    bytes_.clear();
    items_.clear();
    messages_.clear();
    if (bytes_.capacity() > kKeptBytes) {
        std::vector<std::uint8_t>().swap(bytes_);
        std::vector<Item>().swap(items_);
        std::vector<OutgoingMessage>().swap(messages_);
    }
}

}  // namespace weft::wireguard::detail
