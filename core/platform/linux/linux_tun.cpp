// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"
#include "core/base/unique_fd.h"
#include "core/platform/linux/link.h"
#include "core/platform/linux/rights.h"
#include "core/platform/linux/vnet_header.h"
#include "core/platform/tun.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

namespace weft::platform {
namespace {

/// UDP super-packets, of Linux 6.2; not in the headers of Debian 12.
constexpr unsigned kUso4 = 0x20;
constexpr unsigned kUso6 = 0x40;
/// Packets without sense that one read skips. Behind them it says "nothing now" and is asked again,
/// so that they cannot hold the loop.
constexpr int kMostSkipped = 64;

std::string errorText(int error) {
    return std::generic_category().message(error);
}

/// What `open` has made.
struct Opened {
    base::UniqueFd fd;
    std::string name;
    std::uint32_t index = 0;
    TunOffloads offloads{};
    /// Whether a VnetHeader stands before each packet.
    bool hasHeader = false;
};

class LinuxTun final : public TunDevice {
public:
    explicit LinuxTun(Opened opened) : tun_(std::move(opened)) {}

    const std::string& name() const override { return tun_.name; }
    TunOffloads offloads() const override { return tun_.offloads; }
    base::Waitable readable() const override { return {tun_.fd.get()}; }
    TunCounters counters() const override { return counters_; }

    StatusOr<std::optional<ReadPacket>> read(std::span<std::uint8_t> buffer) override {
        if (buffer.size() < kTunReadBytes) {
            return invalidArgument(
                "reading a packet takes {} bytes, not {}", kTunReadBytes, buffer.size());
        }
        for (int skipped = 0; skipped < kMostSkipped;) {
            detail::VnetHeader header;
            const auto count = readInto(header, buffer);
            if (count < 0) {
                if (errno == EINTR) {
                    continue;
                }
                if (errno == EAGAIN || errno == EWOULDBLOCK) {
                    break;
                }
                return readError(errno);
            }
            const auto packet = packetOf(header, buffer, static_cast<std::size_t>(count));
            if (packet) {
                ++counters_.reads;
                counters_.superReads += packet->offload.kind != Offload::Kind::None ? 1 : 0;
                return packet;
            }
            ++counters_.malformedReads;
            ++skipped;
        }
        return std::optional<ReadPacket>();
    }

    Status write(const TunPacket& packet) override {
        auto status = writePieces(packet);
        if (!status.ok()) {
            ++counters_.refusedWrites;
            return status;
        }
        ++counters_.writes;
        counters_.superWrites += packet.offload.kind != Offload::Kind::None ? 1 : 0;
        return status;
    }

    StatusOr<std::size_t> mtu() const override {
        const auto state = detail::linkState(tun_.index, "asking for the MTU of " + tun_.name);
        if (!state.ok()) {
            return mineIsGone(state.status());
        }
        return state->mtu;
    }

    Status setMtu(std::size_t mtu) override {
        if (mtu < kLeastMtu || mtu > kMostMtu) {
            return invalidArgument(
                "an MTU of {} is not between {} and {}", mtu, kLeastMtu, kMostMtu);
        }
        return mineIsGone(
            detail::changeLink(tun_.index, {.mtu = mtu}, "setting the MTU of " + tun_.name));
    }

private:
    ssize_t readInto(detail::VnetHeader& header, std::span<std::uint8_t> buffer) const {
        if (!tun_.hasHeader) {
            return ::read(tun_.fd.get(), buffer.data(), buffer.size());
        }
        const std::array<iovec, 2> pieces{
            {{&header, sizeof header}, {buffer.data(), buffer.size()}}};
        return ::readv(tun_.fd.get(), pieces.data(), static_cast<int>(pieces.size()));
    }

    std::optional<ReadPacket> packetOf(
        const detail::VnetHeader& header, std::span<std::uint8_t> buffer, std::size_t count) const {
        if (!tun_.hasHeader) {
            return count > 0 ? std::optional(ReadPacket{buffer.first(count)}) : std::nullopt;
        }
        if (count <= sizeof header) {
            return std::nullopt;
        }
        const auto bytes = buffer.first(count - sizeof header);
        const auto offload = detail::readVnetHeader(header, bytes);
        return offload ? std::optional(ReadPacket{bytes, *offload}) : std::nullopt;
    }

    Status readError(int error) const {
        if (error == EBADFD) {
            return failedPrecondition("the interface {} was removed", tun_.name);
        }
        return unavailable("reading from {}: {}", tun_.name, errorText(error));
    }

    /// A missing interface is not a wrong name here: somebody removed it.
    Status mineIsGone(const Status& status) const {
        return status.code() == StatusCode::kNotFound
                   ? failedPrecondition("the interface {} was removed", tun_.name)
                   : status;
    }

    bool isAgreed(const Offload& offload) const {
        const auto& agreed = tun_.offloads;
        switch (offload.kind) {
        case Offload::Kind::None:
            return !offload.needsChecksum || agreed.checksum;
        case Offload::Kind::Tcp4:
            return agreed.tcp4;
        case Offload::Kind::Tcp6:
            return agreed.tcp6;
        case Offload::Kind::Udp4:
            return agreed.udp4;
        case Offload::Kind::Udp6:
            return agreed.udp6;
        }
        return false;
    }

    Status writePieces(const TunPacket& packet) {
        const std::size_t bytes = packet.bytes();
        if (bytes == 0 || bytes > kTunMostWriteBytes || packet.pieces.size() > kTunMostPieces
            || !isAgreed(packet.offload)) {
            return makeStatus(StatusCode::kInvalidArgument, {});
        }
        auto header = detail::writeVnetHeader(packet.offload);
        std::size_t count = 0;
        if (tun_.hasHeader) {
            pieces_.at(count++) = {&header, sizeof header};
        }
        for (const auto& piece : packet.pieces) {
            // The system's call takes what it only reads without const.
            // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): see above
            auto* const start = const_cast<std::uint8_t*>(piece.data());
            pieces_.at(count++) = {start, piece.size()};
        }
        for (;;) {
            if (::writev(tun_.fd.get(), pieces_.data(), static_cast<int>(count)) >= 0) {
                return okStatus();
            }
            if (errno != EINTR) {
                return writeError(errno);
            }
        }
    }

    static Status writeError(int error) {
        switch (error) {
        case EIO:
        case ENETDOWN:
            return makeStatus(StatusCode::kUnavailable, {});
        case EBADFD:
            return makeStatus(StatusCode::kFailedPrecondition, {});
        case EAGAIN:
        case ENOMEM:
        case ENOBUFS:
            return makeStatus(StatusCode::kResourceExhausted, {});
        default:
            return makeStatus(StatusCode::kInvalidArgument, {});
        }
    }

    Opened tun_;
    TunCounters counters_;
    /// One more for the header.
    std::array<iovec, kTunMostPieces + 1> pieces_{};
};

StatusOr<base::UniqueFd> openDriver() {
    base::UniqueFd fd(::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (fd.valid()) {
        return fd;
    }
    switch (const int error = errno) {
    case EACCES:
    case EPERM:
        return detail::missingRight("creating a tunnel interface");
    case ENOENT:
    case ENODEV:
    case ENXIO:
        return unavailable(
            "the system has no tunnel driver at /dev/net/tun; loading it may help: modprobe tun");
    default:
        return unavailable("opening /dev/net/tun: {}", errorText(error));
    }
}

/// The error number of the call, 0 when there is an interface.
int makeInterface(const base::UniqueFd& fd, const std::string& name, bool header, ifreq& request) {
    request = {};
    std::ranges::copy(name, request.ifr_name);
    // Exclusive: an interface of somebody else is not taken over.
    const int flags = IFF_TUN | IFF_NO_PI | IFF_TUN_EXCL | (header ? IFF_VNET_HDR : 0);
    request.ifr_flags = static_cast<short>(flags);
    return ::ioctl(fd.get(), TUNSETIFF, &request) == 0 ? 0 : errno;
}

Status interfaceError(int error, const std::string& name) {
    switch (error) {
    case EPERM:
    case EACCES:
        return detail::missingRight("creating a tunnel interface");
    case EBUSY:
    case EEXIST:
        return failedPrecondition("there is an interface called {} already", base::quoted(name));
    default:
        return unavailable(
            "creating the tunnel interface {}: {}", base::quoted(name), errorText(error));
    }
}

unsigned flagsOf(const TunOffloads& offloads) {
    unsigned flags = offloads.checksum ? TUN_F_CSUM : 0U;
    flags |= offloads.tcp4 ? TUN_F_TSO4 | TUN_F_TSO_ECN : 0U;
    flags |= offloads.tcp6 ? TUN_F_TSO6 | TUN_F_TSO_ECN : 0U;
    flags |= offloads.udp4 ? kUso4 : 0U;
    flags |= offloads.udp6 ? kUso6 : 0U;
    return flags;
}

/// Agrees with the system on as much of `wanted` as it knows, from much to little.
TunOffloads agreeOffloads(const base::UniqueFd& fd, TunOffloads wanted) {
    // Each needs owed checksums, and the system has UDP for both families or for none.
    if (!wanted.checksum) {
        wanted = {};
    }
    wanted.udp4 = wanted.udp6 = wanted.udp4 && wanted.udp6;
    auto withoutUdp = wanted;
    withoutUdp.udp4 = withoutUdp.udp6 = false;
    const TunOffloads checksumOnly{.checksum = wanted.checksum};
    for (const auto& step : {wanted, withoutUdp, checksumOnly}) {
        if (::ioctl(fd.get(), TUNSETOFFLOAD, flagsOf(step)) == 0) {
            return step;
        }
    }
    return {};
}

}  // namespace

StatusOr<std::unique_ptr<TunDevice>> openTun(const TunOptions& options) {
    WEFT_RETURN_IF_ERROR(options.validate());
    Opened made;
    WEFT_ASSIGN_OR_RETURN(made.fd, openDriver());
    made.hasHeader = options.offloads != TunOffloads();
    ifreq request{};
    int error = makeInterface(made.fd, options.name, made.hasHeader, request);
    if (error == EINVAL && made.hasHeader) {
        made.hasHeader = false;
        error = makeInterface(made.fd, options.name, made.hasHeader, request);
    }
    if (error != 0) {
        return interfaceError(error, options.name);
    }
    made.name = request.ifr_name;
    made.index = ::if_nametoindex(request.ifr_name);
    if (made.hasHeader) {
        made.offloads = agreeOffloads(made.fd, options.offloads);
    }
    WEFT_RETURN_IF_ERROR(detail::changeLink(
        made.index,
        {.mtu = options.mtu, .queuePackets = options.queuePackets},
        "setting up " + made.name));
    // Fails where there is no IPv6, and then there is nothing to prevent.
    static_cast<void>(detail::leaveWithoutLinkLocal(made.index, "setting up " + made.name));
    return std::make_unique<LinuxTun>(std::move(made));
}

}  // namespace weft::platform
