// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/tunnel_callers.h"

#include "core/services/server/sockets.h"

namespace weft::services {

void TunnelCallers::add(int fd, ino_t inode, const net::Endpoint& remote) {
    Arrival arrival = arrivalOf(fd);
    if (settled_ != 0 && arrival.interfaceIndex == settled_ && !bindToInterface(fd, settled_)) {
        // The connection goes on, and proves nothing.
        arrival.interfaceIndex = 0;
    }
    known_[fd] = {inode, arrival.interfaceIndex};
    // Under the lock, so that no other paths come in between.
    const base::MutexLock lock(mutex_);
    arrival.sender = paths_.onlySenderOf(remote.address);
    arrivals_.add(fd, remote, arrival);
}

void TunnelCallers::remove(int fd) {
    arrivals_.remove(fd);
    known_.erase(fd);
}

TunnelCallers::News TunnelCallers::announce(unsigned index) {
    const base::MutexLock lock(mutex_);
    trusted_ = 0;
    if (index == 0) {
        // With the interface goes its device.
        paths_.clear();
        doubtSenders();
    }
    return {index, ++announced_};
}

void TunnelCallers::doubtSenders() {
    const auto& paths = paths_;
    arrivals_.doubt([&paths](const net::IpAddress& from, const crypto::PublicKey& sender) {
        return paths.onlySenderOf(from) == sender;
    });
}

void TunnelCallers::expectPaths(std::uint64_t number, std::shared_ptr<const TunnelPaths> paths) {
    const base::MutexLock lock(mutex_);
    paths_.expect(number, std::move(paths));
    doubtSenders();
}

void TunnelCallers::settlePaths(std::uint64_t number) {
    const base::MutexLock lock(mutex_);
    paths_.settle(number);
}

std::vector<int> TunnelCallers::settle(const News& news) {
    // The same number once more may be another interface as well.
    auto lost = settled_ != 0 || news.index == 0 ? forget(settled_) : std::vector<int>();
    settled_ = news.index;
    // Some may have come before this was told of the interface.
    tie();
    const base::MutexLock lock(mutex_);
    if (news.number == announced_) {
        trusted_ = news.index;
    }
    return lost;
}

// Whatever came before proves nothing from now on.
std::vector<int> TunnelCallers::forget(unsigned index) {
    std::vector<int> through;
    for (auto& [fd, known] : known_) {
        if (index != 0 && known.interfaceIndex == index) {
            through.push_back(fd);
        }
        known.interfaceIndex = 0;
        arrivals_.remove(fd);
    }
    return through;
}

void TunnelCallers::tie() {
    for (const auto& [fd, known] : known_) {
        if (settled_ == 0 || known.interfaceIndex != settled_) {
            continue;
        }
        bool bound = false;
        onSocket_(fd, known.inode, [this, &bound](int socket) {
            bound = bindToInterface(socket, settled_);
        });
        if (!bound) {
            arrivals_.remove(fd);
        }
    }
}

std::optional<TunnelCall> TunnelCallers::callOf(const net::Endpoint& remote) const {
    const base::MutexLock lock(mutex_);
    const auto arrival = arrivals_.of(remote);
    if (!arrival || arrival->interfaceIndex == 0 || arrival->interfaceIndex != trusted_) {
        return std::nullopt;
    }
    TunnelCall call{arrival->local, arrival->sender};
    // At the beginning of the connection, and still.
    if (call.sender != paths_.onlySenderOf(remote.address)) {
        call.sender.reset();
    }
    return call;
}

}  // namespace weft::services
