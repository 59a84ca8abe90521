// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/identity.h"

#include "core/wireguard/noise/detail/labels.h"
#include "core/wireguard/noise/messages.h"

#include <algorithm>
#include <utility>

namespace weft::wireguard {
namespace {

crypto::Blake2sDigest mac1KeyOf(const crypto::WireGuardPublicKey& key) {
    return crypto::blake2s256({detail::asBytes(detail::kMac1Label), key.bytes});
}

}  // namespace

LocalIdentity::LocalIdentity(crypto::X25519PrivateKey key)
    : key_(std::move(key)), mac1_(mac1KeyOf(key_.publicKey())) {
    key_.prepareForMany();
}

bool LocalIdentity::verifyMac1(std::span<const std::uint8_t> message) const {
    if (message.size() < kBothMacsBytes) {
        return false;
    }
    const auto signedBytes = message.size() - kBothMacsBytes;
    const auto expected = mac1_.of(message.first(signedBytes));
    return crypto::equalInConstantTime(expected, message.subspan(signedBytes, kMacBytes));
}

StatusOr<const crypto::SecretKey32*> RemoteIdentity::sharedWith(const LocalIdentity& local) {
    if (state_ == Shared::Unknown) {
        auto shared = local.key().agree(key_);
        state_ = shared.ok() ? Shared::Known : Shared::Refused;
        if (shared.ok()) {
            shared_ = *std::move(shared);
        }
    }
    if (state_ == Shared::Refused) {
        return invalidArgument("the peer's public key is of small order");
    }
    return &shared_;
}

void RemoteIdentity::forgetShared() {
    shared_.wipe();
    state_ = Shared::Unknown;
}

void writeMac1(std::span<std::uint8_t> message, const crypto::WireGuardPublicKey& recipient) {
    const auto signedBytes = message.size() - kBothMacsBytes;
    const auto mac = crypto::blake2sMac16(mac1KeyOf(recipient), {message.first(signedBytes)});
    const auto macs = message.subspan(signedBytes);
    std::copy(mac.begin(), mac.end(), macs.begin());
    std::fill(macs.begin() + kMacBytes, macs.end(), std::uint8_t{0});
}

}  // namespace weft::wireguard
