// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp/linux/control_message.h"

#include "core/transport/udp/linux/socket_address.h"

#include <cstring>
#include <optional>
#include <span>

#include <netinet/udp.h>

namespace weft::transport::detail {
namespace {

/// Appends control messages without the pointer arithmetic of the system's macros.
class Writer {
public:
    explicit Writer(SendControl& out) : out_(out) {}

    template <typename Value>
    void add(int level, int type, const Value& value) {
        cmsghdr header{};
        header.cmsg_len = CMSG_LEN(sizeof value);
        header.cmsg_level = level;
        header.cmsg_type = type;
        const std::span<std::uint8_t> room =
            std::span(out_).subspan(used_, CMSG_SPACE(sizeof value));
        std::memset(room.data(), 0, room.size());
        std::memcpy(room.data(), &header, sizeof header);
        std::memcpy(room.subspan(CMSG_LEN(0)).data(), &value, sizeof value);
        used_ += room.size();
    }

    std::size_t used() const { return used_; }

private:
    SendControl& out_;
    std::size_t used_ = 0;
};

void addSource(Writer& writer, net::Family family, const DatagramAddress& source) {
    const bool hasLocal = source.local.family() == family && !source.local.isUnspecified();
    if (family == net::Family::V4) {
        in_pktinfo info{};
        info.ipi_ifindex = static_cast<int>(source.interface);
        info.ipi_spec_dst = hasLocal ? toSystemV4(source.local) : in_addr{};
        writer.add(IPPROTO_IP, IP_PKTINFO, info);
        return;
    }
    in6_pktinfo info{};
    info.ipi6_ifindex = source.interface;
    info.ipi6_addr = hasLocal ? toSystemV6(source.local) : in6_addr{};
    writer.add(IPPROTO_IPV6, IPV6_PKTINFO, info);
}

/// The value of a control message, when it is long enough to hold one.
template <typename Value>
std::optional<Value> valueOf(const cmsghdr& header) {
    Value value{};
    if (header.cmsg_len < CMSG_LEN(sizeof value)) {
        return std::nullopt;
    }
    std::memcpy(&value, CMSG_DATA(&header), sizeof value);
    return value;
}

void readV4(const cmsghdr& header, ReceiveExtras& extras) {
    if (header.cmsg_type == IP_PKTINFO) {
        if (const auto info = valueOf<in_pktinfo>(header)) {
            // Not the destination of the packet, which may be a broadcast address.
            extras.local = fromSystem(info->ipi_spec_dst);
            extras.interface = static_cast<std::uint32_t>(info->ipi_ifindex);
        }
    } else if (header.cmsg_type == IP_TOS) {
        extras.trafficClass = valueOf<std::uint8_t>(header).value_or(0);
    }
}

void readV6(const cmsghdr& header, ReceiveExtras& extras) {
    if (header.cmsg_type == IPV6_PKTINFO) {
        if (const auto info = valueOf<in6_pktinfo>(header)) {
            const auto local = fromSystem(info->ipi6_addr);
            extras.local = local.isMulticast() ? net::IpAddress() : local;
            extras.interface = info->ipi6_ifindex;
        }
    } else if (header.cmsg_type == IPV6_TCLASS) {
        extras.trafficClass = static_cast<std::uint8_t>(valueOf<int>(header).value_or(0));
    }
}

void readGeneral(const cmsghdr& header, ReceiveExtras& extras) {
    if (header.cmsg_level == IPPROTO_UDP && header.cmsg_type == UDP_GRO) {
        const int bytes = valueOf<int>(header).value_or(0);
        extras.segmentBytes = bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
    } else if (header.cmsg_level == SOL_SOCKET && header.cmsg_type == SO_RXQ_OVFL) {
        extras.dropped = valueOf<std::uint32_t>(header).value_or(0);
    }
}

}  // namespace

std::size_t writeControl(net::Family family, const SendExtras& extras, SendControl& out) {
    Writer writer(out);
    if (extras.source != nullptr) {
        addSource(writer, family, *extras.source);
    }
    if (extras.trafficClass != 0) {
        const int value = extras.trafficClass;
        if (family == net::Family::V4) {
            writer.add(IPPROTO_IP, IP_TOS, value);
        } else {
            writer.add(IPPROTO_IPV6, IPV6_TCLASS, value);
        }
    }
    if (extras.segmentBytes != 0) {
        writer.add(IPPROTO_UDP, UDP_SEGMENT, extras.segmentBytes);
    }
    return writer.used();
}

ReceiveExtras readControl(const msghdr& message) {
    ReceiveExtras extras;
    // The macros of the system walk a message that may change; ours does not.
    msghdr copy = message;
    for (cmsghdr* header = CMSG_FIRSTHDR(&copy); header != nullptr;
         header = CMSG_NXTHDR(&copy, header)) {
        if (header->cmsg_level == IPPROTO_IP) {
            readV4(*header, extras);
        } else if (header->cmsg_level == IPPROTO_IPV6) {
            readV6(*header, extras);
        } else {
            readGeneral(*header, extras);
        }
    }
    return extras;
}

}  // namespace weft::transport::detail
