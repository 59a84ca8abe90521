// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/flood_messages.h"

#include "core/crypto/random_source.h"
#include "core/crypto/x25519.h"
#include "core/wireguard/noise/handshake.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace weft::tests {
namespace {

constexpr std::size_t kVariants = 512;
constexpr std::size_t kDataBytes = wireguard::kTransportHeaderBytes + 96 + wireguard::kTagBytes;

constexpr std::array<std::pair<std::string_view, Attack>, 7> kAttacks{{
    {"initiations", Attack::Initiations},
    {"stale-cookies", Attack::StaleCookies},
    {"bad-mac1", Attack::BadMac1},
    {"bad-data", Attack::BadData},
    {"replay", Attack::Replay},
    {"forged", Attack::Forged},
    {"zero-keys", Attack::ZeroKeys},
}};

StatusOr<Datagram> initiation(
    const crypto::WireGuardPublicKey& victim, crypto::RandomSource& random, std::uint32_t index) {
    const wireguard::LocalIdentity stranger(crypto::X25519PrivateKey::generate(random));
    wireguard::RemoteIdentity remote(victim);
    Datagram out(wireguard::kInitiationBytes);
    const auto state = wireguard::begin(
        stranger,
        remote,
        crypto::X25519PrivateKey::generate(random),
        wireguard::Tai64n::from(std::chrono::system_clock::now()),
        index,
        std::span<std::uint8_t, wireguard::kInitiationBytes>(out));
    WEFT_RETURN_IF_ERROR(state.status());
    return out;
}

StatusOr<std::vector<Datagram>> initiations(
    const crypto::WireGuardPublicKey& victim, bool staleCookie) {
    crypto::SystemRandom random;
    std::vector<Datagram> made;
    for (std::size_t i = 0; i < kVariants; ++i) {
        WEFT_ASSIGN_OR_RETURN(
            auto datagram, initiation(victim, random, static_cast<std::uint32_t>(i)));
        if (staleCookie) {
            random.fill(std::span(datagram).last(wireguard::kMacBytes));
        }
        made.push_back(std::move(datagram));
    }
    return made;
}

std::vector<Datagram> noise(wireguard::MessageType type, std::size_t bytes) {
    crypto::SystemRandom random;
    std::vector<Datagram> made(kVariants, Datagram(bytes));
    for (auto& datagram : made) {
        random.fill(datagram);
        std::fill_n(datagram.begin(), 4, std::uint8_t{0});
        datagram.front() = static_cast<std::uint8_t>(type);
    }
    return made;
}

/// An all-zero ephemeral key, whose every secret would be zero: MAC1 is right, the rest noise.
std::vector<Datagram> zeroKeys(const crypto::WireGuardPublicKey& victim) {
    constexpr std::size_t kEphemeralAt = 8;
    auto made = noise(wireguard::MessageType::Initiation, wireguard::kInitiationBytes);
    for (auto& datagram : made) {
        std::fill_n(datagram.begin() + kEphemeralAt, 32, std::uint8_t{0});
        wireguard::writeMac1(datagram, victim);
    }
    return made;
}

StatusOr<std::vector<Datagram>> readCaptured(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<Datagram> made;
    std::array<char, 2> head{};
    while (made.size() < kVariants && file.read(head.data(), head.size())) {
        const auto low = static_cast<std::uint8_t>(head[0]);
        const auto high = static_cast<std::uint8_t>(head[1]);
        std::vector<char> bytes(
            static_cast<std::size_t>(low) | static_cast<std::size_t>(high) << 8U);
        if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
            break;
        }
        made.emplace_back(bytes.begin(), bytes.end());
    }
    if (made.empty()) {
        return invalidArgument("no datagrams in {}", path.string());
    }
    return made;
}

}  // namespace

std::optional<Attack> attackOf(std::string_view name) {
    const auto* const found = std::find_if(
        kAttacks.begin(), kAttacks.end(), [name](const auto& each) { return each.first == name; });
    return found == kAttacks.end() ? std::nullopt : std::optional(found->second);
}

StatusOr<std::vector<Datagram>> makeAttack(
    Attack attack,
    const crypto::WireGuardPublicKey& victim,
    const std::filesystem::path& captured) {
    switch (attack) {
    case Attack::Initiations:
        return initiations(victim, false);
    case Attack::StaleCookies:
        return initiations(victim, true);
    case Attack::BadMac1:
        return noise(wireguard::MessageType::Initiation, wireguard::kInitiationBytes);
    case Attack::BadData:
        return noise(wireguard::MessageType::Transport, kDataBytes);
    case Attack::ZeroKeys:
        return zeroKeys(victim);
    case Attack::Replay:
    case Attack::Forged:
        break;
    }
    WEFT_ASSIGN_OR_RETURN(auto made, readCaptured(captured));
    if (attack == Attack::Forged) {
        constexpr std::size_t kCounterAt = 8;
        for (auto& datagram : made) {
            if (datagram.size() >= wireguard::kTransportMinBytes) {
                datagram.at(kCounterAt + 3) ^= 0x40U;
            }
        }
    }
    return made;
}

}  // namespace weft::tests
