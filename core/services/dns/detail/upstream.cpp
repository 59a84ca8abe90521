// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/detail/upstream.h"

#include "core/crypto/random_source.h"
#include "core/services/dns/detail/sockets.h"

#include <asio/write.hpp>

#include <cerrno>
#include <utility>

namespace weft::services::detail {
namespace {

/// Replies that are none to this question; more of them come from somebody who guesses.
constexpr int kMostStrange = 16;
constexpr std::uint8_t kTruncatedBit = 0x02;

asio::ip::tcp::endpoint tcpEndpoint(const net::Endpoint& server) {
    const auto bytes = server.address.bytes();
    if (server.address.isV4()) {
        return {asio::ip::address_v4(server.address.v4Value()), server.port};
    }
    asio::ip::address_v6::bytes_type address{};
    std::copy(bytes.begin(), bytes.end(), address.begin());
    return {asio::ip::address_v6(address), server.port};
}

}  // namespace

Upstream::Upstream(
    asio::io_context& context,
    net::Endpoint server,
    mesh::dns::Question question,
    bool recursion,
    Done done)
    : context_(context)
    , server_(server)
    , question_(std::move(question))
    , recursion_(recursion)
    , done_(std::move(done))
    , udp_(context)
    , tcp_(context) {}

void Upstream::start() {
    std::array<std::uint8_t, sizeof(id_)> random{};
    crypto::SystemRandom().fill(random);
    id_ = static_cast<std::uint16_t>(random[0] << 8U | random[1]);
    auto socket = openClientSocket(server_);
    const auto query = mesh::dns::forwardQuery(question_, id_, recursion_);
    if (!socket.ok() || ::send(socket->get(), query.data(), query.size(), 0) < 0) {
        finish(std::nullopt);
        return;
    }
    udp_.assign(socket->release());
    listen();
}

void Upstream::close() {
    done_ = nullptr;
    std::error_code ignored;
    udp_.close(ignored);
    tcp_.close(ignored);
}

void Upstream::finish(std::optional<mesh::dns::Forwarded> said) {
    // Later, also when it failed at once: who asks is not to be called back while it asks.
    asio::post(context_, [self = shared_from_this(), said = std::move(said)]() mutable {
        if (auto done = std::exchange(self->done_, nullptr)) {
            done(std::move(said));
        }
    });
}

void Upstream::listen() {
    udp_.async_wait(
        asio::posix::stream_descriptor::wait_read,
        [self = shared_from_this()](const std::error_code& error) {
            if (!error && self->done_) {
                self->onReadable();
            }
        });
}

void Upstream::onReadable() {
    std::array<std::uint8_t, mesh::dns::kMaxQueryBytes> buffer{};
    const auto size = ::recv(udp_.native_handle(), buffer.data(), buffer.size(), 0);
    if (size < 0 && errno != EAGAIN && errno != EINTR) {
        finish(std::nullopt);
        return;
    }
    if (size >= 0 && take(std::span(buffer).first(static_cast<std::size_t>(size)))) {
        return;
    }
    if (++strange_ > kMostStrange) {
        finish(std::nullopt);
        return;
    }
    listen();
}

bool Upstream::take(std::span<const std::uint8_t> bytes) {
    auto said = mesh::dns::readForwarded(bytes, id_, question_);
    if (!said) {
        return false;
    }
    constexpr std::size_t kFlagsAt = 2;
    const bool cut = (bytes[kFlagsAt] & kTruncatedBit) != 0;
    if (cut && !tcp_.is_open()) {
        askByTcp();
    } else {
        finish(std::move(said));
    }
    return true;
}

void Upstream::askByTcp() {
    tcp_.async_connect(
        tcpEndpoint(server_), [self = shared_from_this()](const std::error_code& error) {
            if (error || !self->done_) {
                self->finish(std::nullopt);
                return;
            }
            const auto query =
                mesh::dns::forwardQuery(self->question_, self->id_, self->recursion_);
            self->sent_ = framed(query);
            asio::async_write(
                self->tcp_,
                asio::buffer(self->sent_),
                [self](const std::error_code& failed, std::size_t) {
                    if (failed) {
                        self->finish(std::nullopt);
                    } else {
                        self->readByTcp();
                    }
                });
        });
}

void Upstream::readByTcp() {
    readFrame(
        tcp_,
        said_,
        mesh::dns::kMaxTcpReplyBytes,
        [self = shared_from_this()](const std::error_code& error) {
            if (error || !self->take(self->said_.bytes)) {
                self->finish(std::nullopt);
            }
        });
}

}  // namespace weft::services::detail
