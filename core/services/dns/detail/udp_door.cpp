// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/detail/udp_door.h"

#include <system_error>
#include <utility>
#include <variant>

namespace weft::services::detail {
namespace {

/// What one turn takes, so that others have theirs.
constexpr int kMostAtOnce = 64;

}  // namespace

UdpDoor::UdpDoor(asio::io_context& context, base::UniqueFd socket, Door door, DnsCore& core)
    : socket_(context, socket.release()), door_(door), core_(core) {}

void UdpDoor::start() {
    socket_.async_wait(
        asio::posix::stream_descriptor::wait_read,
        [self = shared_from_this()](const std::error_code& error) {
            if (!error && self->socket_.is_open()) {
                self->onReadable();
                self->start();
            }
        });
}

void UdpDoor::close() {
    std::error_code ignored;
    socket_.close(ignored);
}

void UdpDoor::onReadable() {
    for (int taken = 0; taken < kMostAtOnce; ++taken) {
        SocketAddress from;
        const auto size = ::recvfrom(
            socket_.native_handle(), buffer_.data(), buffer_.size(), 0, from.get(), &from.size);
        if (size < 0) {
            return;
        }
        take(std::span(buffer_).first(static_cast<std::size_t>(size)), from);
    }
}

void UdpDoor::take(std::span<const std::uint8_t> query, const SocketAddress& from) {
    const auto source = from.endpoint().address;
    auto verdict = core_.take(query, mesh::dns::Transport::Udp, door_, source);
    if (const auto* reply = std::get_if<mesh::dns::Bytes>(&verdict)) {
        send(*reply, from);
    } else if (auto* outside = std::get_if<mesh::dns::Outside>(&verdict)) {
        core_.forward(
            std::move(outside->query),
            door_,
            source,
            [weak = weak_from_this(), from](const mesh::dns::Bytes& later) {
                if (const auto self = weak.lock()) {
                    self->send(later, from);
                }
            });
    }
}

void UdpDoor::send(const mesh::dns::Bytes& reply, const SocketAddress& to) {
    if (socket_.is_open()) {
        // A full buffer drops it; the client asks again.
        ::sendto(socket_.native_handle(), reply.data(), reply.size(), 0, to.get(), to.size);
    }
}

}  // namespace weft::services::detail
