// SPDX-License-Identifier: Apache-2.0
#include "core/base/unique_fd.h"
#include "core/platform/echo.h"
#include "core/platform/linux/echo_packet.h"

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <system_error>
#include <utility>

#include <linux/errqueue.h>
#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace weft::platform {
namespace {

// At once for one wake-up; what is left wakes it again.
constexpr int kMostReads = 64;
constexpr std::size_t kIpv4HopLimitAt = 8;

std::string wordsOf(int error) {
    return std::generic_category().message(error);
}

/// A socket for echo requests, which need a right or a group that the system names.
struct Opened {
    base::UniqueFd fd;
    /// Gets the packets of everybody, and of IPv4 with their header.
    bool isRaw = false;
};

/// The kind that needs no right comes first: the kernel hands it nothing but answers to what it has
/// sent. It is for members of the groups in ping_group_range alone, which is closed to begin with.
StatusOr<Opened> openSocket(bool v4) {
    constexpr int kFlags = SOCK_CLOEXEC | SOCK_NONBLOCK;
    const int family = v4 ? AF_INET : AF_INET6;
    const int protocol = v4 ? static_cast<int>(IPPROTO_ICMP) : static_cast<int>(IPPROTO_ICMPV6);
    if (base::UniqueFd fd(::socket(family, SOCK_DGRAM | kFlags, protocol)); fd.valid()) {
        return Opened{.fd = std::move(fd), .isRaw = false};
    }
    if (base::UniqueFd fd(::socket(family, SOCK_RAW | kFlags, protocol)); fd.valid()) {
        return Opened{.fd = std::move(fd), .isRaw = true};
    }
    const int error = errno;
    if (error == EPERM || error == EACCES) {
        return permissionDenied(
            "this program may not send echo requests: use the packaged service (systemctl enable "
            "--now weftd), give the program CAP_NET_RAW, or let its group in with \"sysctl "
            "net.ipv4.ping_group_range\"");
    }
    return unavailable("a socket for echo requests: {}", wordsOf(error));
}

template <typename Value>
bool setOption(int fd, int level, int name, const Value& value) {
    return ::setsockopt(fd, level, name, &value, sizeof value) == 0;
}

/// Errors of the network come by a queue of their own, with the packet that they are about.
bool setUp(const Opened& socket, const EchoOptions& options) {
    const int fd = socket.fd.get();
    const int on = 1;
    bool isSet = ::setsockopt(
                     fd,
                     SOL_SOCKET,
                     SO_BINDTODEVICE,
                     options.interface.c_str(),
                     static_cast<socklen_t>(options.interface.size()))
                 == 0;
    if (options.target.isV4()) {
        isSet = isSet && setOption(fd, IPPROTO_IP, IP_RECVERR, on)
                && setOption(fd, IPPROTO_IP, IP_RECVTTL, on);
        if (socket.isRaw) {
            icmp_filter replies{};
            replies.data = ~(1U << static_cast<unsigned>(ICMP_ECHOREPLY));
            isSet = isSet && setOption(fd, SOL_RAW, ICMP_FILTER, replies);
        }
    } else {
        isSet = isSet && setOption(fd, IPPROTO_IPV6, IPV6_RECVERR, on)
                && setOption(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, on);
        if (socket.isRaw) {
            icmp6_filter replies{};
            ICMP6_FILTER_SETBLOCKALL(&replies);
            ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &replies);
            isSet = isSet && setOption(fd, IPPROTO_ICMPV6, ICMP6_FILTER, replies);
        }
    }
    return isSet;
}

/// Others than the target are not heard.
bool connectTo(int fd, const net::IpAddress& target) {
    if (target.isV4()) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        std::memcpy(&address.sin_addr, target.bytes().data(), target.bytes().size());
        return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    std::memcpy(&address.sin6_addr, target.bytes().data(), target.bytes().size());
    return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

detail::EchoToken makeToken() {
    std::random_device random;
    std::uniform_int_distribution<unsigned> byte(0, 255);
    detail::EchoToken token{};
    for (auto& each : token) {
        each = static_cast<std::uint8_t>(byte(random));
    }
    return token;
}

/// One read with what the system says besides.
class Message {
public:
    /// Whether there was one.
    bool receive(int fd, int flags) {
        part_ = {bytes_.data(), bytes_.size()};
        header_ = {};
        header_.msg_iov = &part_;
        header_.msg_iovlen = 1;
        header_.msg_control = control_.data();
        header_.msg_controllen = control_.size();
        const auto size = ::recvmsg(fd, &header_, flags);
        size_ = size < 0 ? 0 : static_cast<std::size_t>(size);
        return size >= 0;
    }
    std::span<const std::uint8_t> bytes() const { return std::span(bytes_).first(size_); }
    std::uint8_t hopLimit() const {
        int value = 0;
        if (!find(IPPROTO_IP, IP_TTL, &value)) {
            find(IPPROTO_IPV6, IPV6_HOPLIMIT, &value);
        }
        return static_cast<std::uint8_t>(value);
    }
    /// Of a read from the queue of errors.
    std::optional<sock_extended_err> error() const {
        sock_extended_err error{};
        const bool isThere =
            find(IPPROTO_IP, IP_RECVERR, &error) || find(IPPROTO_IPV6, IPV6_RECVERR, &error);
        return isThere ? std::optional(error) : std::nullopt;
    }

private:
    template <typename Value>
    bool find(int level, int type, Value* value) const {
        // The macros want it writable, and do not write.
        auto header = header_;
        for (auto* at = CMSG_FIRSTHDR(&header); at != nullptr; at = CMSG_NXTHDR(&header, at)) {
            if (at->cmsg_level == level && at->cmsg_type == type
                && at->cmsg_len >= CMSG_LEN(sizeof *value)) {
                std::memcpy(value, CMSG_DATA(at), sizeof *value);
                return true;
            }
        }
        return false;
    }

    std::array<std::uint8_t, 2048> bytes_{};
    alignas(cmsghdr) std::array<std::uint8_t, 512> control_{};
    iovec part_{};
    msghdr header_{};
    std::size_t size_ = 0;
};

/// Kept by the wait that is under way, too.
class Echo : public std::enable_shared_from_this<Echo> {
public:
    Echo(
        asio::io_context& context,
        Opened socket,
        const net::IpAddress& target,
        std::function<void(const EchoAnswer&)> answered)
        : isRaw_(socket.isRaw)
        , family_(target.family())
        , token_(makeToken())
        , identifier_(static_cast<std::uint16_t>((token_[0] << 8U) | token_[1]))
        , descriptor_(context, socket.fd.release())
        , answered_(std::move(answered)) {}

    void listen() {
        descriptor_.async_wait(
            asio::posix::stream_descriptor::wait_read,
            [weak = weak_from_this()](const std::error_code& error) {
                const auto self = weak.lock();
                if (self && !error) {
                    self->read();
                }
            });
    }
    void close() {
        isClosed_ = true;
        std::error_code error;
        // NOLINTNEXTLINE(bugprone-unused-return-value): `error` says it too, and nothing follows
        descriptor_.close(error);
    }
    Status send(std::uint16_t sequence) {
        const auto packet = detail::echoRequest(family_, identifier_, sequence, token_);
        // The first may fail for what came of an earlier one, which is told elsewhere.
        const bool isSent = trySend(packet) || trySend(packet);
        return isSent ? okStatus() : unavailable("{}", wordsOf(errno));
    }

private:
    bool trySend(const detail::EchoPacket& packet) {
        return ::send(descriptor_.native_handle(), packet.data(), packet.size(), MSG_NOSIGNAL) >= 0;
    }
    void read() {
        Message message;
        for (int reads = 0; reads < kMostReads && !isClosed_; ++reads) {
            if (message.receive(descriptor_.native_handle(), MSG_ERRQUEUE)) {
                onError(message);
            } else if (message.receive(descriptor_.native_handle(), 0)) {
                onMessage(message);
            } else if (errno == EAGAIN) {
                break;
            }
        }
        if (!isClosed_) {
            listen();
        }
    }
    void onError(const Message& message) {
        const auto error = message.error();
        const auto sequence = detail::sequenceOfRequest(family_, message.bytes());
        if (error && sequence) {
            answered_(
                {.sequence = *sequence, .unreachable = wordsOf(static_cast<int>(error->ee_errno))});
        }
    }
    void onMessage(const Message& message) {
        auto bytes = message.bytes();
        std::uint8_t hopLimit = message.hopLimit();
        if (isRaw_ && family_ == net::Family::V4) {
            const auto inner = detail::behindIpv4Header(bytes);
            hopLimit = inner.empty() ? 0 : bytes[kIpv4HopLimitAt];
            bytes = inner;
        }
        if (const auto sequence = detail::sequenceOfReply(family_, bytes, token_)) {
            answered_({.sequence = *sequence, .hopLimit = hopLimit});
        }
    }

    const bool isRaw_;
    const net::Family family_;
    const detail::EchoToken token_;
    const std::uint16_t identifier_;
    asio::posix::stream_descriptor descriptor_;
    const std::function<void(const EchoAnswer&)> answered_;
    bool isClosed_ = false;
};

class LinuxEchoSocket final : public EchoSocket {
public:
    explicit LinuxEchoSocket(std::shared_ptr<Echo> echo) : echo_(std::move(echo)) {
        echo_->listen();
    }
    ~LinuxEchoSocket() override { echo_->close(); }
    Status send(std::uint16_t sequence) override { return echo_->send(sequence); }

private:
    std::shared_ptr<Echo> echo_;
};

}  // namespace

StatusOr<std::unique_ptr<EchoSocket>> openEcho(
    asio::io_context& context,
    const EchoOptions& options,
    std::function<void(const EchoAnswer&)> answered) {
    WEFT_ASSIGN_OR_RETURN(auto socket, openSocket(options.target.isV4()));
    if (!setUp(socket, options) || !connectTo(socket.fd.get(), options.target)) {
        return unavailable(
            "{} through {}: {}", options.target.toString(), options.interface, wordsOf(errno));
    }
    return std::make_unique<LinuxEchoSocket>(
        std::make_shared<Echo>(context, std::move(socket), options.target, std::move(answered)));
}

}  // namespace weft::platform
