// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/set_operation.h"

#include "core/wireguard/control/detail/values.h"

#include <utility>

namespace weft::wireguard {
namespace {

/// Takes over a value that could be read.
template <typename Value>
int assign(std::optional<Value>& field, std::optional<Value> value) {
    if (!value) {
        return kErrorInvalid;
    }
    field = std::move(value);
    return 0;
}

}  // namespace

int SetOperation::line(std::string_view line) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) {
        return kErrorProtocol;
    }
    const auto key = line.substr(0, equals);
    const auto value = line.substr(equals + 1);
    if (key == "public_key") {
        return startPeer(value);
    }
    return current_ ? peerLine(key, value) : interfaceLine(key, value);
}

int SetOperation::finish() {
    endPeer();
    if (const int error = applyInterface(); error != 0) {
        return error;
    }
    return applyPeers();
}

int SetOperation::startPeer(std::string_view value) {
    endPeer();
    if (const int error = applyInterface(); error != 0) {
        return error;
    }
    if (const int error = applyIfMany(); error != 0) {
        return error;
    }
    const auto key = detail::parseKey(value);
    if (!key) {
        // The peers before this one were whole.
        const int error = applyPeers();
        return error != 0 ? error : kErrorInvalid;
    }
    current_.emplace();
    current_->key.bytes = *key;
    divided_ = false;
    updateOnlyGiven_ = false;
    removed_ = false;
    return 0;
}

int SetOperation::interfaceLine(std::string_view key, std::string_view value) {
    if (key == "private_key") {
        return assign(interface_.privateKey, detail::parsePrivateKey(value));
    }
    if (key == "listen_port") {
        return assign(interface_.listenPort, detail::parseNumber<std::uint16_t>(value));
    }
    if (key == "fwmark") {
        return assign(interface_.firewallMark, detail::parseNumber<std::uint32_t>(value));
    }
    if (key == "replace_peers" && value == "true") {
        interface_.replacePeers = true;
        return 0;
    }
    return kErrorInvalid;
}

int SetOperation::peerLine(std::string_view key, std::string_view value) {
    int error = kErrorInvalid;
    if (key == "preshared_key") {
        error = assign(current_->presharedKey, detail::parseSecretKey(value));
    } else if (key == "endpoint") {
        error = assign(current_->endpoint, detail::parseEndpoint(value));
    } else if (key == "persistent_keepalive_interval") {
        error = assign(current_->persistentKeepalive, detail::parseNumber<std::uint16_t>(value));
    } else if (key == "allowed_ip") {
        error = allowedIpLine(value);
    } else if (key == "protocol_version") {
        error = value == "1" ? 0 : kErrorInvalid;
    } else {
        error = flagLine(key, value);
    }
    if (error != 0) {
        current_.reset();
        const int earlier = applyPeers();
        return earlier != 0 ? earlier : error;
    }
    return 0;
}

int SetOperation::flagLine(std::string_view key, std::string_view value) {
    if (value != "true") {
        return kErrorInvalid;
    }
    if (key == "remove") {
        removed_ = true;
        return 0;
    }
    if (key == "update_only") {
        // A peer that exists because of the addresses before this line cannot be unmade.
        if (divided_ && !updateOnlyGiven_) {
            return kErrorInvalid;
        }
        updateOnlyGiven_ = true;
        current_->updateOnly = true;
        return 0;
    }
    if (key == "replace_allowed_ips") {
        if (!current_->allowedIps.empty() && !removed_) {
            dividePeer();
        }
        current_->replaceAllowedIps = true;
        return 0;
    }
    return kErrorInvalid;
}

int SetOperation::allowedIpLine(std::string_view value) {
    const auto change = detail::parseAllowedIp(value);
    if (!change) {
        return kErrorInvalid;
    }
    if (removed_) {
        return 0;
    }
    current_->allowedIps.push_back(*change);
    if (current_->allowedIps.size() < kMostAddressesWaiting) {
        return 0;
    }
    dividePeer();
    return applyPeers();
}

int SetOperation::applyInterface() {
    if (interface_.empty()) {
        return 0;
    }
    return errorNumberOf(target_.applyInterface(std::exchange(interface_, {})));
}

void SetOperation::endPeer() {
    if (!current_) {
        return;
    }
    if (removed_) {
        PeerChange gone;
        gone.key = current_->key;
        gone.remove = true;
        current_ = std::move(gone);
    }
    addressesWaiting_ += current_->allowedIps.size();
    waiting_.push_back(*std::move(current_));
    current_.reset();
}

void SetOperation::dividePeer() {
    const auto key = current_->key;
    endPeer();
    current_.emplace();
    current_->key = key;
    // The first change has made the peer, or has found that it may not.
    current_->updateOnly = true;
    divided_ = true;
}

int SetOperation::applyIfMany() {
    const bool many =
        waiting_.size() >= kMostPeersWaiting || addressesWaiting_ >= kMostAddressesWaiting;
    return many ? applyPeers() : 0;
}

int SetOperation::applyPeers() {
    addressesWaiting_ = 0;
    if (waiting_.empty()) {
        return 0;
    }
    return errorNumberOf(target_.applyPeers(std::exchange(waiting_, {})));
}

}  // namespace weft::wireguard
