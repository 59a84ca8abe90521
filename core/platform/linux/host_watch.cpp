// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host_watch.h"

#include "core/base/log.h"
#include "core/base/unique_fd.h"

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>

#include <array>
#include <cerrno>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace weft::platform {
namespace {

constexpr std::array<int, 9> kRouteGroups{
    RTNLGRP_LINK,
    RTNLGRP_IPV4_IFADDR,
    RTNLGRP_IPV6_IFADDR,
    RTNLGRP_IPV4_ROUTE,
    RTNLGRP_IPV6_ROUTE,
    RTNLGRP_IPV4_RULE,
    RTNLGRP_IPV6_RULE,
    RTNLGRP_IPV4_NETCONF,
    RTNLGRP_IPV6_NETCONF};
constexpr std::array<int, 1> kFilterGroups{NFNLGRP_NFTABLES};

StatusOr<base::UniqueFd> listen(int protocol, std::span<const int> groups) {
    base::UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol));
    if (!fd.valid()) {
        return unavailable("netlink: {}", std::generic_category().message(errno));
    }
    sockaddr_nl any{};
    any.nl_family = AF_NETLINK;
    bool isOpen = ::bind(fd.get(), reinterpret_cast<sockaddr*>(&any), sizeof any) == 0;
    for (const int group : groups) {
        isOpen =
            isOpen
            && ::setsockopt(fd.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group)
                   == 0;
    }
    if (!isOpen) {
        return unavailable(
            "listening to changes of the network: {}", std::generic_category().message(errno));
    }
    return fd;
}

/// One socket. What is read is not looked at: the kernel may have dropped some of it.
class Ear : public std::enable_shared_from_this<Ear> {
public:
    Ear(asio::io_context& context, base::UniqueFd fd, std::function<void()> changed)
        : descriptor_(context, fd.release()), changed_(std::move(changed)) {}

    void listen() {
        descriptor_.async_wait(
            asio::posix::stream_descriptor::wait_read,
            [weak = weak_from_this()](const std::error_code& error) {
                const auto self = weak.lock();
                if (self && !error) {
                    self->drain();
                    self->changed_();
                    self->listen();
                }
            });
    }
    void close() {
        std::error_code error;
        // NOLINTNEXTLINE(bugprone-unused-return-value): `error` says it too, and nothing follows
        descriptor_.close(error);
    }

private:
    void drain() {
        std::array<char, 4096> bytes{};
        // ENOBUFS says that some were dropped, and clears it.
        while (::recv(descriptor_.native_handle(), bytes.data(), bytes.size(), 0) >= 0
               || errno == EINTR || errno == ENOBUFS) {
        }
    }

    asio::posix::stream_descriptor descriptor_;
    std::function<void()> changed_;
};

class LinuxHostWatch final : public HostWatch {
public:
    explicit LinuxHostWatch(std::vector<std::shared_ptr<Ear>> ears) : ears_(std::move(ears)) {
        for (const auto& ear : ears_) {
            ear->listen();
        }
    }
    ~LinuxHostWatch() override {
        for (const auto& ear : ears_) {
            ear->close();
        }
    }

private:
    std::vector<std::shared_ptr<Ear>> ears_;
};

}  // namespace

StatusOr<std::unique_ptr<HostWatch>> watchHost(
    asio::io_context& context, std::function<void()> changed) {
    std::vector<std::shared_ptr<Ear>> ears;
    WEFT_ASSIGN_OR_RETURN(auto routes, listen(NETLINK_ROUTE, kRouteGroups));
    ears.push_back(std::make_shared<Ear>(context, std::move(routes), changed));
    // Not without CAP_NET_ADMIN, nor without the module; the rest is worth having alone.
    if (auto filters = listen(NETLINK_NETFILTER, kFilterGroups); filters.ok()) {
        ears.push_back(std::make_shared<Ear>(context, *std::move(filters), std::move(changed)));
    }
    return std::make_unique<LinuxHostWatch>(std::move(ears));
}

}  // namespace weft::platform
