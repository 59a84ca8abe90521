// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/raw_client.h"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace weft::tests {

namespace {

constexpr int kSendTimeoutSeconds = 10;

bool wait(int fd, short events, std::chrono::milliseconds limit) {
    pollfd item{fd, events, 0};
    return ::poll(&item, 1, static_cast<int>(limit.count())) > 0;
}

}  // namespace

RawClient::RawClient(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const timeval timeout{kSendTimeoutSeconds, 0};
    const int on = 1;
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        socket_.reset();
    }
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::hears(std::chrono::milliseconds limit) {
    std::array<char, 1> byte{};
    return wait(socket_.get(), POLLIN, limit)
           && ::recv(socket_.get(), byte.data(), byte.size(), MSG_PEEK) > 0;
}

bool RawClient::closedWithin(std::chrono::milliseconds limit) {
    std::string ignored;
    return drain(limit, &ignored);
}

std::string RawClient::readAll(std::chrono::milliseconds limit) {
    std::string text;
    drain(limit, &text);
    return text;
}

bool RawClient::hearsText(std::string_view text, std::chrono::milliseconds limit) {
    std::string heard;
    return drain(limit, &heard, text) && heard.find(text) != std::string::npos;
}

bool RawClient::drain(std::chrono::milliseconds limit, std::string* into, std::string_view wanted) {
    const auto end = std::chrono::steady_clock::now() + limit;
    std::array<char, 4096> bytes{};
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            end - std::chrono::steady_clock::now());
        if (left.count() <= 0 || !wait(socket_.get(), POLLIN, left)) {
            return false;
        }
        const ssize_t count = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
        if (count <= 0) {
            return true;
        }
        into->append(bytes.data(), static_cast<std::size_t>(count));
        if (!wanted.empty() && into->find(wanted) != std::string::npos) {
            return true;
        }
    }
}

namespace h2 {

namespace {

constexpr std::uint8_t kHeaders = 1;
constexpr std::uint8_t kReset = 3;
constexpr std::uint8_t kSettings = 4;
constexpr std::uint8_t kEndHeaders = 4;

std::string bigEndian(std::uint32_t value, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        text += static_cast<char>((value >> shift) & 0xff);
    }
    return text;
}

// RFC 7541 section 5.1: an integer behind `pattern`, whose low `prefixBits` are free.
std::string integer(std::uint8_t pattern, int prefixBits, std::size_t value) {
    const std::size_t most = (std::size_t{1} << static_cast<unsigned>(prefixBits)) - 1;
    if (value < most) {
        return std::string(1, static_cast<char>(pattern | value));
    }
    std::string encoded(1, static_cast<char>(pattern | most));
    value -= most;
    while (value >= 128) {
        encoded += static_cast<char>(value % 128 + 128);
        value /= 128;
    }
    encoded += static_cast<char>(value);
    return encoded;
}

// No Huffman coding.
std::string literal(std::string_view text) {
    constexpr int kLengthBits = 7;
    return integer(0, kLengthBits, text.size()).append(text);
}

}  // namespace

std::string frame(
    std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view body) {
    std::string bytes = bigEndian(static_cast<std::uint32_t>(body.size()), 3);
    bytes += static_cast<char>(type);
    bytes += static_cast<char>(flags);
    return bytes.append(bigEndian(stream, 4)).append(body);
}

std::string hello() {
    return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(kSettings, 0, 0, "");
}

std::string header(std::string_view name, std::string_view value) {
    return std::string(1, '\0') + literal(name) + literal(value);
}

std::string indexedHeader(std::string_view name, std::string_view value) {
    constexpr char kIncrementalIndexing = 0x40;
    return std::string(1, kIncrementalIndexing) + literal(name) + literal(value);
}

std::string tableSize(std::uint32_t bytes) {
    constexpr std::uint8_t kSizeUpdate = 0x20;
    constexpr int kSizeBits = 5;
    return integer(kSizeUpdate, kSizeBits, bytes);
}

std::string requestHeaders(std::string_view path) {
    return header(":method", "POST") + header(":scheme", "http") + header(":path", path)
           + header(":authority", "localhost") + header("te", "trailers")
           + header("content-type", "application/grpc");
}

std::string request(std::uint32_t stream, const std::string& path) {
    return frame(kHeaders, kEndHeaders, stream, requestHeaders(path));
}

std::string reset(std::uint32_t stream) {
    constexpr std::uint32_t kCancel = 8;
    return frame(kReset, 0, stream, bigEndian(kCancel, 4));
}

}  // namespace h2
}  // namespace weft::tests
