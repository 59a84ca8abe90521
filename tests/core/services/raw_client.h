// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft::tests {

/// A TCP client that says what it likes, to a server on 127.0.0.1. Every wait ends in time.
class RawClient {
public:
    explicit RawClient(std::uint16_t port);

    bool connected() const { return socket_.get() >= 0; }
    /// False when the connection is over.
    bool send(std::string_view bytes);
    /// Waits until the server has closed the connection, reading what it says; false when it did
    /// not within `limit`.
    bool closedWithin(std::chrono::milliseconds limit);
    /// Everything up to the server's end of the connection, or to `limit`.
    std::string readAll(std::chrono::milliseconds limit);
    /// Reads until it has read `text`; false when the server did not say so within `limit`.
    bool hearsText(std::string_view text, std::chrono::milliseconds limit);
    /// Waits for at least one byte.
    bool hears(std::chrono::milliseconds limit);

private:
    // True at the end of the connection, or of `wanted` unless that is empty; false at the limit.
    bool drain(std::chrono::milliseconds limit, std::string* into, std::string_view wanted = {});

    base::UniqueFd socket_;
};

/// Frames of HTTP/2 (RFC 9113 section 4.1) as bytes.
namespace h2 {

/// The client's preface and an empty SETTINGS frame.
std::string hello();
std::string frame(
    std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view body);
/// A POST to `path`, headers complete, stream open.
std::string request(std::uint32_t stream, const std::string& path);
/// RST_STREAM with CANCEL.
std::string reset(std::uint32_t stream);
/// One header as HPACK literal without indexing (RFC 7541 section 6.2.2).
std::string header(std::string_view name, std::string_view value);
/// The same, but to be kept in the decoder's table (section 6.2.1).
std::string indexedHeader(std::string_view name, std::string_view value);
/// A new size for the decoder's table (section 6.3).
std::string tableSize(std::uint32_t bytes);
/// What every call to `path` carries.
std::string requestHeaders(std::string_view path);

}  // namespace h2
}  // namespace weft::tests
