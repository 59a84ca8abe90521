// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/tunnel_paths.h"

#include <algorithm>
#include <iterator>

namespace weft::services {

TunnelPaths::TunnelPaths(const std::vector<Path>& paths) {
    std::vector<Entry> sorted;
    sorted.reserve(paths.size());
    for (const auto& path : paths) {
        sorted.push_back({path.prefix.masked(), path.key});
    }
    std::ranges::sort(sorted, {}, &Entry::prefix);
    for (auto& entry : sorted) {
        if (entries_.empty() || entries_.back().prefix != entry.prefix) {
            lengths_.push_back(entry.prefix.length());
            entries_.push_back(std::move(entry));
        } else if (entries_.back().key != entry.key) {
            entries_.back().key.reset();
        }
    }
    std::ranges::sort(lengths_, std::greater());
    lengths_.erase(std::unique(lengths_.begin(), lengths_.end()), lengths_.end());
}

std::optional<std::optional<crypto::PublicKey>> TunnelPaths::senderOf(
    const net::IpAddress& address) const {
    for (const int length : lengths_) {
        // Of IPv4, lengths of the other family mean the whole address.
        const auto prefix = net::IpPrefix(address, length).masked();
        const auto found = std::ranges::lower_bound(entries_, prefix, {}, &Entry::prefix);
        if (found != entries_.end() && found->prefix == prefix) {
            return found->key;
        }
    }
    return std::nullopt;
}

void PathsInForce::expect(std::uint64_t number, std::shared_ptr<const TunnelPaths> paths) {
    if (!inForce_.empty() && inForce_.back().number >= number) {
        return;
    }
    if (inForce_.size() > kMaxWaiting) {
        inForce_.clear();
        blindUntil_ = number;
    } else if (blindUntil_) {
        blindUntil_ = number;
    }
    inForce_.push_back({number, std::move(paths)});
}

void PathsInForce::settle(std::uint64_t number) {
    const auto taken = std::ranges::find(inForce_, number, &Numbered::number);
    if (taken == inForce_.end()) {
        return;
    }
    inForce_.erase(inForce_.begin(), taken);
    if (blindUntil_ && number >= *blindUntil_) {
        blindUntil_.reset();
    }
}

void PathsInForce::clear() {
    inForce_.clear();
    blindUntil_.reset();
}

std::optional<crypto::PublicKey> PathsInForce::onlySenderOf(const net::IpAddress& address) const {
    if (blindUntil_) {
        return std::nullopt;
    }
    std::optional<crypto::PublicKey> only;
    for (const auto& each : inForce_) {
        const auto sender = each.paths->senderOf(address);
        if (!sender) {
            continue;
        }
        if (!*sender || (only && only != *sender)) {
            return std::nullopt;
        }
        only = *sender;
    }
    return only;
}

}  // namespace weft::services
