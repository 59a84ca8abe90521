// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/netlink.h"

#include "core/base/log.h"
#include "core/platform/linux/rights.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <sys/socket.h>
#include <sys/time.h>

namespace weft::platform::detail {
namespace {

/// What the kernel writes at most at once (it makes its dumps from 32 KiB pieces).
constexpr std::size_t kAnswerBytes = 65'536;
/// Far above any dump of one interface: an answer without an end does not hold us.
constexpr int kMostReads = 4096;
/// The kernel answers at once; this is for one that does not.
constexpr timeval kPatience{5, 0};

std::size_t aligned(std::size_t size) {
    return (size + NLMSG_ALIGNTO - 1) / NLMSG_ALIGNTO * NLMSG_ALIGNTO;
}

Status failure(int error, std::string_view deed, std::string_view words) {
    const auto text = words.empty() ? std::generic_category().message(error) : base::quoted(words);
    switch (error) {
    case EPERM:
        return missingRight(deed);
    case ENODEV:
    case ENXIO:
    case EADDRNOTAVAIL:
    case ENOENT:
    case ESRCH:
        return notFound("{}: {}", deed, text);
    case EEXIST:
        return alreadyExists("{}: {}", deed, text);
    case EINVAL:
    case ERANGE:
    case EOPNOTSUPP:
    case EMSGSIZE:
        return invalidArgument("{}: {}", deed, text);
    default:
        return unavailable("{}: {}", deed, text);
    }
}

/// The kernel's own words about a failure, behind its number.
std::string wordsOf(std::span<const std::uint8_t> payload) {
    std::string words;
    forEachAttribute(
        attributesBehind(payload, sizeof(nlmsgerr)), [&](std::uint16_t type, auto value) {
            if (type == NLMSGERR_ATTR_MSG) {
                words.assign(value.begin(), std::ranges::find(value, std::uint8_t{0}));
            }
        });
    return words;
}

/// One message out of what was read; nullopt when the rest holds none.
struct Message {
    nlmsghdr header;
    std::span<const std::uint8_t> payload;
};

std::optional<Message> takeMessage(std::span<const std::uint8_t>& rest) {
    if (rest.size() < sizeof(nlmsghdr)) {
        return std::nullopt;
    }
    const auto header = bodyOf<nlmsghdr>(rest);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > rest.size()) {
        return std::nullopt;
    }
    const auto payload = rest.first(header.nlmsg_len).subspan(sizeof header);
    rest = rest.subspan(std::min(rest.size(), aligned(header.nlmsg_len)));
    return Message{header, payload};
}

}  // namespace

NetlinkRequest::NetlinkRequest(std::uint16_t type, std::uint16_t flags) {
    header_.nlmsg_type = type;
    header_.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    bytes_.resize(sizeof header_);
}

void NetlinkRequest::append(const void* bytes, std::size_t size) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + aligned(size));
    std::memcpy(bytes_.data() + at, bytes, size);
}

void NetlinkRequest::addAttribute(std::uint16_t type, std::span<const std::uint8_t> value) {
    const auto bytes = attribute(type, value);
    append(bytes.data(), bytes.size());
}

std::vector<std::uint8_t> NetlinkRequest::attribute(
    std::uint16_t type, std::span<const std::uint8_t> value) {
    nlattr header{};
    header.nla_len = static_cast<std::uint16_t>(sizeof header + value.size());
    header.nla_type = type;
    std::vector<std::uint8_t> bytes(aligned(header.nla_len));
    std::memcpy(bytes.data(), &header, sizeof header);
    std::ranges::copy(value, bytes.begin() + sizeof header);
    return bytes;
}

void NetlinkRequest::addAttribute(std::uint16_t type, std::uint32_t value) {
    std::uint8_t bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    addAttribute(type, bytes);
}

std::span<const std::uint8_t> NetlinkRequest::finish(std::uint32_t sequence) {
    header_.nlmsg_len = static_cast<std::uint32_t>(bytes_.size());
    header_.nlmsg_seq = sequence;
    std::memcpy(bytes_.data(), &header_, sizeof header_);
    return bytes_;
}

StatusOr<NetlinkSocket> NetlinkSocket::open(int protocol) {
    base::UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol));
    if (!fd.valid()) {
        return unavailable("netlink: {}", std::generic_category().message(errno));
    }
    const int on = 1;
    // The kernel's words with a failure, at a known place; without them the number has to do. The
    // strict check makes it obey the filter of a dump.
    ::setsockopt(fd.get(), SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
    ::setsockopt(fd.get(), SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
    ::setsockopt(fd.get(), SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof on);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    return NetlinkSocket(std::move(fd));
}

Status NetlinkSocket::ask(NetlinkRequest request, std::string_view deed, const Answer& answer) {
    const auto bytes = request.finish(++sequence_);
    if (::send(fd_.get(), bytes.data(), bytes.size(), 0) < 0) {
        return failure(errno, deed, {});
    }
    std::vector<std::uint8_t> buffer(kAnswerBytes);
    for (int reads = 0; reads < kMostReads; ++reads) {
        const auto count = ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_TRUNC);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return unavailable("{}: {}", deed, std::generic_category().message(errno));
        }
        if (static_cast<std::size_t>(count) > buffer.size()) {
            return dataLoss("{}: the answer of the kernel is too long", deed);
        }
        const auto read = std::span(buffer).first(static_cast<std::size_t>(count));
        if (const auto end = readAnswer(read, deed, answer)) {
            return *end;
        }
    }
    return dataLoss("{}: the answer of the kernel has no end", deed);
}

std::optional<Status> NetlinkSocket::readAnswer(
    std::span<const std::uint8_t> rest, std::string_view deed, const Answer& answer) const {
    while (const auto message = takeMessage(rest)) {
        if (message->header.nlmsg_seq != sequence_) {
            continue;
        }
        if (message->header.nlmsg_type == NLMSG_DONE) {
            return okStatus();
        }
        if (message->header.nlmsg_type == NLMSG_ERROR) {
            const int error = -bodyOf<nlmsgerr>(message->payload).error;
            return error == 0 ? okStatus() : failure(error, deed, wordsOf(message->payload));
        }
        if (answer) {
            answer(message->header.nlmsg_type, message->payload);
        }
    }
    return std::nullopt;
}

void forEachAttribute(
    std::span<const std::uint8_t> bytes,
    const std::function<void(std::uint16_t type, std::span<const std::uint8_t> value)>& found) {
    while (bytes.size() >= sizeof(nlattr)) {
        const auto header = bodyOf<nlattr>(bytes);
        if (header.nla_len < sizeof header || header.nla_len > bytes.size()) {
            return;
        }
        found(header.nla_type & NLA_TYPE_MASK, bytes.first(header.nla_len).subspan(sizeof header));
        bytes = bytes.subspan(std::min(bytes.size(), aligned(header.nla_len)));
    }
}

std::span<const std::uint8_t> attributesBehind(
    std::span<const std::uint8_t> payload, std::size_t size) {
    return payload.subspan(std::min(payload.size(), aligned(size)));
}

}  // namespace weft::platform::detail
