// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/unique_fd.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <linux/netlink.h>

namespace weft::platform::detail {

/// A request of netlink (RFC 3549) under construction.
class NetlinkRequest {
public:
    /// `type` such as RTM_NEWADDR; `flags` beside NLM_F_REQUEST.
    NetlinkRequest(std::uint16_t type, std::uint16_t flags);

    /// Appends a fixed structure, before any attribute.
    template <typename Structure>
    void addBody(const Structure& structure) {
        append(&structure, sizeof structure);
    }
    void addAttribute(std::uint16_t type, std::span<const std::uint8_t> value);
    void addAttribute(std::uint16_t type, std::uint32_t value);

    /// An attribute by itself, to be the value of another.
    static std::vector<std::uint8_t> attribute(
        std::uint16_t type, std::span<const std::uint8_t> value);

private:
    friend class NetlinkSocket;

    void append(const void* bytes, std::size_t size);
    std::span<const std::uint8_t> finish(std::uint32_t sequence);

    std::vector<std::uint8_t> bytes_;
    nlmsghdr header_{};
};

/// Asks the kernel and waits for its answer.
class NetlinkSocket {
public:
    /// `protocol` such as NETLINK_ROUTE.
    /// Errors: kUnavailable.
    static StatusOr<NetlinkSocket> open(int protocol = NETLINK_ROUTE);

    /// Takes a message of an answer: its type, and what is behind its header.
    using Answer = std::function<void(std::uint16_t type, std::span<const std::uint8_t> payload)>;

    /// Sends `request` and hands every message of the answer to `answer`, up to the last. `deed`
    /// begins the texts of failures: "setting the MTU of weft0".
    /// Errors: kNotFound, kPermissionDenied, kInvalidArgument, kAlreadyExists, kUnavailable: what
    /// the
    ///         kernel said
    ///         kDataLoss  the answer makes no sense
    Status ask(NetlinkRequest request, std::string_view deed, const Answer& answer = {});

private:
    /// Hands the messages of one read to `answer`; how it ended when that was the last.
    std::optional<Status> readAnswer(
        std::span<const std::uint8_t> rest, std::string_view deed, const Answer& answer) const;

    explicit NetlinkSocket(base::UniqueFd fd) : fd_(std::move(fd)) {}

    base::UniqueFd fd_;
    std::uint32_t sequence_ = 0;
};

/// The first structure of `payload`, zeros where it is shorter.
template <typename Structure>
Structure bodyOf(std::span<const std::uint8_t> payload) {
    Structure structure{};
    std::memcpy(&structure, payload.data(), std::min(payload.size(), sizeof structure));
    return structure;
}

/// Calls `found` with each attribute of `bytes`; stops at one that does not fit.
void forEachAttribute(
    std::span<const std::uint8_t> bytes,
    const std::function<void(std::uint16_t type, std::span<const std::uint8_t> value)>& found);

/// What is behind a fixed structure of `size` bytes.
std::span<const std::uint8_t> attributesBehind(
    std::span<const std::uint8_t> payload, std::size_t size);

}  // namespace weft::platform::detail
