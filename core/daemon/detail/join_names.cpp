// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/join_names.h"

#include "core/base/file.h"
#include "core/base/log.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace weft::daemon {
namespace {

constexpr std::size_t kMostFileBytes = 64 * 1024;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

}  // namespace

JoinNames::JoinNames(Parts parts) : parts_(std::move(parts)) {
    for (const auto& host : parts_.hosts) {
        if (!net::IpAddress::parse(host).ok()) {
            known_[host] = {};
        }
    }
    read();
    isSettled_ = std::ranges::none_of(
        known_, [](const auto& each) { return each.second.addresses.empty(); });
}

JoinNames::~JoinNames() {
    *alive_ = false;
    limit_.cancel();
    worker_.reset();
}

void JoinNames::read() {
    const auto text = base::readFile(parts_.file, kMostFileBytes);
    if (!text.ok()) {
        return;
    }
    std::istringstream lines(*text);
    std::string host;
    std::string word;
    while (lines >> host >> word) {
        const auto found = known_.find(host);
        const auto address = net::IpAddress::parse(word);
        if (found != known_.end() && address.ok()
            && found->second.addresses.size() < kMostAddressesOfName) {
            found->second.addresses.push_back(*address);
        }
    }
}

void JoinNames::lookUp() {
    const auto now = parts_.loop.clock().now();
    if (known_.empty() || isLooking_ || (lastLook_ && now - *lastLook_ < kLeastPause)) {
        return;
    }
    lastLook_ = now;
    isLooking_ = true;
    if (!isSettled_) {
        limit_ = parts_.loop.after(kPatience, [this] { settle(); });
    }
    if (!worker_) {
        worker_ = std::make_unique<base::AsioLoop>("names");
    }
    std::vector<std::string> hosts;
    for (const auto& [host, known] : known_) {
        hosts.push_back(host);
    }
    worker_->post([&loop = parts_.loop,
                   hosts = std::move(hosts),
                   lookUp = parts_.lookUp,
                   alive = alive_,
                   this] {
        Answers answers;
        for (const auto& host : hosts) {
            auto found = lookUp(host);
            if (found.ok()) {
                answers[host] = *std::move(found);
            } else {
                log().debug("name not found host={} reason={}", host, messageOf(found.status()));
            }
        }
        loop.post([alive, this, answers] {
            if (*alive) {
                take(answers);
            }
        });
    });
}

void JoinNames::take(const Answers& answers) {
    isLooking_ = false;
    bool isOther = false;
    for (const auto& [host, found] : answers) {
        auto addresses = found;
        addresses.resize(std::min(addresses.size(), kMostAddressesOfName));
        auto& known = known_.at(host);
        // In another order they are the same.
        if (!addresses.empty() && !std::ranges::is_permutation(known.addresses, addresses)) {
            known.addresses = std::move(addresses);
            isOther = true;
        }
    }
    if (isOther) {
        if (const Status kept = base::writeFileAtomically(parts_.file, text()); !kept.ok()) {
            log().warn("addresses of names not kept reason={}", messageOf(kept));
        }
    }
    if (!isSettled_) {
        settle();
    } else if (isOther) {
        parts_.changed();
    }
}

void JoinNames::settle() {
    limit_.cancel();
    isSettled_ = true;
    parts_.changed();
}

std::string JoinNames::text() const {
    std::string text;
    for (const auto& [host, known] : known_) {
        for (const auto& address : known.addresses) {
            text += fmt::format("{} {}\n", host, address.toString());
        }
    }
    return text;
}

JoinNames::Addresses JoinNames::addresses() const {
    Addresses all;
    for (const auto& [host, known] : known_) {
        all.insert(all.end(), known.addresses.begin(), known.addresses.end());
    }
    return all;
}

std::optional<net::IpAddress> JoinNames::next(const std::string& host) {
    const auto found = known_.find(host);
    if (found == known_.end() || found->second.addresses.empty()) {
        return std::nullopt;
    }
    auto& known = found->second;
    return known.addresses[known.turn++ % known.addresses.size()];
}

}  // namespace weft::daemon
