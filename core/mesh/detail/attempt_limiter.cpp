// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/attempt_limiter.h"

#include "core/net/endpoint.h"
#include "core/net/ip_prefix.h"

#include <algorithm>

namespace weft::mesh::detail {
namespace {

constexpr int kSourcePrefixLength = 64;
constexpr std::size_t kMaxSourceBytes = 64;

}  // namespace

bool AttemptLimiter::mayTry(std::string_view source, TimePoint now) const {
    const auto found = failures_.find(source);
    return found == failures_.end() || now - found->second.since >= kWindow
           || found->second.count < kMaxFailures;
}

void AttemptLimiter::noteFailure(std::string_view source, TimePoint now) {
    auto found = failures_.find(source);
    if (found == failures_.end()) {
        makeRoom(now);
        found = failures_.emplace(source, Failures{now, 0}).first;
    }
    auto& failures = found->second;
    if (now - failures.since >= kWindow) {
        failures = {now, 0};
    }
    ++failures.count;
}

void AttemptLimiter::makeRoom(TimePoint now) {
    if (failures_.size() < kMaxSources) {
        return;
    }
    std::erase_if(
        failures_, [now](const auto& entry) { return now - entry.second.since >= kWindow; });
    if (failures_.size() >= kMaxSources) {
        failures_.erase(std::ranges::min_element(
            failures_, {}, [](const auto& entry) { return entry.second.since; }));
    }
}

std::string limiterSource(std::string_view remote) {
    auto address = net::IpAddress::parse(remote);
    if (!address.ok()) {
        const auto endpoint = net::Endpoint::parse(remote);
        if (!endpoint.ok()) {
            return std::string(remote.substr(0, kMaxSourceBytes));
        }
        address = endpoint->address;
    }
    const auto plain = address->unmapped();
    return plain.isV4() ? plain.toString()
                        : net::IpPrefix(plain, kSourcePrefixLength).masked().toString();
}

}  // namespace weft::mesh::detail
