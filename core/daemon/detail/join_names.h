// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/status.h"
#include "core/net/ip_address.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::daemon {

/// Addresses of one name that are kept; the first are.
inline constexpr std::size_t kMostAddressesOfName = 8;

/// Where the hosts are by whose names a mesh is joined: looked up at the start and again each time
/// that one is dialled, and kept on the disk, since a host that is locked may have nobody to ask.
/// What is known stays until something else is. Thread: confined to its loop.
class JoinNames {
public:
    using Addresses = std::vector<net::IpAddress>;

    /// How long a lock waits for the first answers.
    static constexpr std::chrono::seconds kPatience{5};
    /// From one look to the next.
    static constexpr std::chrono::seconds kLeastPause{10};

    struct Parts {
        base::Loop& loop;
        /// Addresses that alone are names are passed over.
        std::vector<std::string> hosts;
        std::filesystem::path file;
        /// Blocks, on a thread of its own.
        std::function<StatusOr<Addresses>(const std::string& host)> lookUp;
        /// Something is known that was not, or `isSettled` has become true.
        std::function<void()> changed;
    };

    explicit JoinNames(Parts parts);
    /// Waits for the look that is under way.
    ~JoinNames();
    JoinNames(const JoinNames&) = delete;
    JoinNames& operator=(const JoinNames&) = delete;

    /// Looks all names up, unless that was done a moment ago.
    void lookUp();
    /// Each name is known, or has been looked up in vain, or that took too long.
    bool isSettled() const { return isSettled_; }
    /// Of all names.
    Addresses addresses() const;
    /// One of those of this name; each in turn. nullopt: none is known.
    std::optional<net::IpAddress> next(const std::string& host);

private:
    struct Known {
        Addresses addresses;
        std::size_t turn = 0;
    };
    using Answers = std::map<std::string, Addresses>;

    void read();
    void take(const Answers& answers);
    void settle();
    std::string text() const;

    const Parts parts_;
    std::map<std::string, Known> known_;
    std::optional<TimePoint> lastLook_;
    bool isLooking_ = false;
    bool isSettled_ = false;
    Subscription limit_;
    /// Read and written on the loop alone.
    const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    /// nullptr before the first look.
    std::unique_ptr<base::AsioLoop> worker_;
};

}  // namespace weft::daemon
