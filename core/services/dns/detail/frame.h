// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/dns/message.h"

#include <asio/buffer.hpp>
#include <asio/read.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <utility>

namespace weft::services::detail {

/// A message by TCP, behind its length (RFC 1035 section 4.2.2).
struct Frame {
    std::array<std::uint8_t, 2> length{};
    mesh::dns::Bytes bytes;
};

/// `message` behind its length.
inline mesh::dns::Bytes framed(const mesh::dns::Bytes& message) {
    constexpr unsigned kByte = 0xFF;
    mesh::dns::Bytes bytes = {
        static_cast<std::uint8_t>(message.size() >> 8U & kByte),
        static_cast<std::uint8_t>(message.size() & kByte)};
    bytes.insert(bytes.end(), message.begin(), message.end());
    return bytes;
}

// NOLINTBEGIN(misc-no-recursion): each step runs from the loop, when the one before has ended
/// Reads the next message from `stream` into `frame`, both of which `done` keeps alive. Less than a
/// header and more than `most` bytes are an error, before anything of it is read.
template <typename Stream, typename Done>
void readFrame(Stream& stream, Frame& frame, std::size_t most, Done done) {
    asio::async_read(
        stream,
        asio::buffer(frame.length),
        [&stream, &frame, most, done = std::move(done)](
            const std::error_code& error, std::size_t /*read*/) mutable {
            const auto size = static_cast<std::size_t>(frame.length[0] << 8U | frame.length[1]);
            if (error || size < mesh::dns::kHeaderBytes || size > most) {
                done(error ? error : std::make_error_code(std::errc::message_size));
                return;
            }
            frame.bytes.resize(size);
            asio::async_read(
                stream,
                asio::buffer(frame.bytes),
                [done = std::move(done)](
                    const std::error_code& failed, std::size_t /*read*/) mutable { done(failed); });
        });
}
// NOLINTEND(misc-no-recursion)

}  // namespace weft::services::detail
