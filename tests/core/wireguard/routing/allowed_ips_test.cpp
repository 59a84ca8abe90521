// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/routing/allowed_ips.h"

#include "tests/support/random_seed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <string>

namespace weft::wireguard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr PeerIndex kAlpha{1};
constexpr PeerIndex kBeta{2};

net::IpPrefix prefix(std::string_view text) {
    return net::IpPrefix::parse(text).value();
}

net::IpAddress address(std::string_view text) {
    return net::IpAddress::parse(text).value();
}

void give(AllowedIps& table, std::string_view text, PeerIndex peer) {
    ASSERT_EQ(table.insert(prefix(text), peer), okStatus()) << text;
}

TEST(AllowedIps, FindsTheOwnerOfTheLongestPrefix) {
    AllowedIps table;
    give(table, "0.0.0.0/0", PeerIndex{10});
    give(table, "10.0.0.0/8", PeerIndex{11});
    give(table, "10.1.0.0/16", PeerIndex{12});
    give(table, "10.1.2.3/32", PeerIndex{13});
    give(table, "fd00::/8", PeerIndex{20});
    give(table, "fd00:0:0:1::/64", PeerIndex{21});
    give(table, "fd00:0:0:1::5/128", PeerIndex{22});
    give(table, "fd00:0:0:1::8/125", PeerIndex{23});

    EXPECT_EQ(table.lookup(address("192.0.2.1")), PeerIndex{10});
    EXPECT_EQ(table.lookup(address("10.2.0.1")), PeerIndex{11});
    EXPECT_EQ(table.lookup(address("10.1.2.4")), PeerIndex{12});
    EXPECT_EQ(table.lookup(address("10.1.2.3")), PeerIndex{13});
    EXPECT_EQ(table.lookup(address("fd01::1")), PeerIndex{20});
    EXPECT_EQ(table.lookup(address("fd00:0:0:1::1")), PeerIndex{21});
    EXPECT_EQ(table.lookup(address("fd00:0:0:1::5")), PeerIndex{22});
    EXPECT_EQ(table.lookup(address("fd00:0:0:1::f")), PeerIndex{23});
    EXPECT_EQ(table.lookup(address("2001:db8::1")), kNoPeer);
    EXPECT_EQ(table.size(), 8U);
}

TEST(AllowedIps, TakesAddressesInEveryForm) {
    AllowedIps table;
    give(table, "10.1.2.3/32", kAlpha);
    give(table, "fd00::1/128", kBeta);
    std::array<std::uint8_t, 16> v6 = {0xfd};
    v6[15] = 1;

    EXPECT_EQ(table.lookup(0x0a010203U), kAlpha);
    EXPECT_EQ(table.lookup(std::array<std::uint8_t, 4>{10, 1, 2, 3}), kAlpha);
    EXPECT_EQ(table.lookup(v6), kBeta);
    EXPECT_EQ(table.lookup(std::span(v6).first(15)), kNoPeer);
    EXPECT_EQ(table.lookup(std::span<const std::uint8_t>()), kNoPeer);
}

TEST(AllowedIps, MovesAPrefixToItsNewOwner) {
    AllowedIps table;
    give(table, "10.0.0.0/24", kAlpha);
    give(table, "10.0.0.77/24", kBeta);

    EXPECT_EQ(table.size(), 1U);
    EXPECT_EQ(table.lookup(address("10.0.0.1")), kBeta);
    EXPECT_THAT(table.prefixesOf(kAlpha), IsEmpty());
    EXPECT_THAT(table.prefixesOf(kBeta), ElementsAre(prefix("10.0.0.0/24")));
}

TEST(AllowedIps, TakesAPrefixFromItsOwnerOnly) {
    AllowedIps table;
    give(table, "10.0.0.0/24", kAlpha);

    EXPECT_FALSE(table.remove(prefix("10.0.0.0/24"), kBeta));
    EXPECT_FALSE(table.remove(prefix("10.0.0.0/25"), kAlpha));
    EXPECT_EQ(table.lookup(address("10.0.0.1")), kAlpha);
    EXPECT_TRUE(table.remove(prefix("10.0.0.9/24"), kAlpha));
    EXPECT_FALSE(table.remove(prefix("10.0.0.0/24"), kAlpha));
    EXPECT_EQ(table.lookup(address("10.0.0.1")), kNoPeer);
    EXPECT_EQ(table.size(), 0U);
}

TEST(AllowedIps, TakesAllThatAPeerHas) {
    AllowedIps table;
    give(table, "10.0.0.0/24", kAlpha);
    give(table, "10.0.1.0/24", kBeta);
    give(table, "fd00::/64", kAlpha);
    give(table, "0.0.0.0/0", kAlpha);

    EXPECT_THAT(
        table.prefixesOf(kAlpha),
        ElementsAre(prefix("0.0.0.0/0"), prefix("10.0.0.0/24"), prefix("fd00::/64")));
    table.removeAll(kAlpha);
    table.removeAll(PeerIndex{77});
    table.removeAll(kNoPeer);

    EXPECT_EQ(table.size(), 1U);
    EXPECT_THAT(table.prefixesOf(kAlpha), IsEmpty());
    EXPECT_EQ(table.lookup(address("10.0.0.1")), kNoPeer);
    EXPECT_EQ(table.lookup(address("fd00::1")), kNoPeer);
    EXPECT_EQ(table.lookup(address("10.0.1.1")), kBeta);
}

TEST(AllowedIps, RefusesAnIndexThatNoPeerHas) {
    AllowedIps table;

    EXPECT_EQ(table.insert(prefix("::/0"), kNoPeer).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        table.insert(prefix("::/0"), PeerIndex{AllowedIps::kMaxPeers}).code(),
        StatusCode::kInvalidArgument);
    give(table, "::/0", PeerIndex{AllowedIps::kMaxPeers - 1});
    EXPECT_EQ(table.size(), 1U);
}

TEST(AllowedIps, HoldsAllEntriesAndSaysWhenItIsFull) {
    AllowedIps table;
    const auto v4 = [](std::size_t index) {
        return net::IpPrefix::host(net::IpAddress::v4(static_cast<std::uint32_t>(index * 7919)));
    };
    // The other family counts too.
    give(table, "fd00::/64", kAlpha);
    for (std::size_t index = 1; index < AllowedIps::kMaxEntries; ++index) {
        ASSERT_TRUE(table.insert(v4(index), kAlpha).ok()) << index;
    }
    ASSERT_EQ(table.size(), AllowedIps::kMaxEntries);

    const auto full = table.insert(prefix("192.0.2.0/24"), kBeta);
    EXPECT_EQ(full.code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(messageOf(full), "allowed address 192.0.2.0/24: there are 131072 already");
    EXPECT_EQ(table.insert(prefix("fd00:1::/64"), kBeta).code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(table.insert(v4(5), kBeta), okStatus()) << "what is there can still move";
    EXPECT_EQ(table.lookup(v4(5).address()), kBeta);

    EXPECT_TRUE(table.remove(v4(6), kAlpha));
    give(table, "192.0.2.0/24", kBeta);
    for (std::size_t index = 7; index < AllowedIps::kMaxEntries; ++index) {
        ASSERT_EQ(table.lookup(v4(index).address()), kAlpha) << index;
    }
    table.removeAll(kAlpha);
    EXPECT_EQ(table.size(), 2U);
}

TEST(AllowedIps, FillsOneFamilyToTheCap) {
    AllowedIps table;
    for (std::size_t index = 0; index < AllowedIps::kMaxEntries; ++index) {
        std::array<std::uint8_t, 16> bytes = {0xfd};
        bytes[13] = static_cast<std::uint8_t>(index >> 16U);
        bytes[14] = static_cast<std::uint8_t>(index >> 8U);
        bytes[15] = static_cast<std::uint8_t>(index);
        ASSERT_TRUE(table.insert(net::IpPrefix::host(net::IpAddress::v6(bytes)), kAlpha).ok());
    }

    EXPECT_EQ(table.insert(prefix("::/0"), kAlpha).code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(table.lookup(address("fd00::1:ffff")), kAlpha);
    EXPECT_EQ(table.lookup(address("fd00::2:0")), kNoPeer);
}

TEST(AllowedIps, TakesLittleMemoryForTenThousandPeers) {
    AllowedIps table;
    for (std::uint32_t index = 0; index < 10'000; ++index) {
        const auto host = net::IpPrefix::host(net::IpAddress::v4(0x0a000000U + index));
        ASSERT_TRUE(table.insert(host, PeerIndex{index}).ok());
    }

    EXPECT_LT(table.memoryBytes(), 1'000'000U);
}

TEST(AllowedIps, DoesNotGrowWhileEntriesComeAndGo) {
    AllowedIps table;
    const auto churn = [&table](std::uint32_t rounds) {
        for (std::uint32_t round = 0; round < rounds; ++round) {
            const auto host = net::IpPrefix::host(net::IpAddress::v4(round * 2654435761U));
            EXPECT_TRUE(table.insert(host, kAlpha).ok());
            if (table.size() == 100) {
                table.removeAll(kAlpha);
            }
        }
    };
    churn(2'000);
    const auto before = table.memoryBytes();

    churn(50'000);

    EXPECT_EQ(table.memoryBytes(), before);
}

/// What the table should say, found the slow way.
class Oracle {
public:
    void insert(const net::IpPrefix& prefix, PeerIndex peer) { owners_[prefix.masked()] = peer; }
    bool remove(const net::IpPrefix& prefix, PeerIndex peer) {
        const auto found = owners_.find(prefix.masked());
        if (found == owners_.end() || found->second != peer) {
            return false;
        }
        owners_.erase(found);
        return true;
    }
    void removeAll(PeerIndex peer) {
        std::erase_if(owners_, [peer](const auto& owner) { return owner.second == peer; });
    }
    PeerIndex lookup(const net::IpAddress& address) const {
        PeerIndex best = kNoPeer;
        int longest = -1;
        for (const auto& [prefix, peer] : owners_) {
            if (prefix.length() > longest && prefix.contains(address)) {
                best = peer;
                longest = prefix.length();
            }
        }
        return best;
    }
    std::vector<net::IpPrefix> prefixesOf(PeerIndex peer) const {
        std::vector<net::IpPrefix> found;
        for (const auto& [prefix, owner] : owners_) {
            if (owner == peer) {
                found.push_back(prefix);
            }
        }
        return found;
    }
    std::size_t size() const { return owners_.size(); }

private:
    std::map<net::IpPrefix, PeerIndex> owners_;
};

/// Addresses that share long beginnings, so that prefixes hold each other.
net::IpAddress randomAddress(std::mt19937_64& random) {
    if (random() % 2 == 0) {
        const auto bits = static_cast<std::uint32_t>(random());
        return net::IpAddress::v4(random() % 4 == 0 ? bits : 0x0a000000U | (bits & 0x00030303U));
    }
    std::array<std::uint8_t, 16> bytes = {0xfd};
    const auto places = random() % 4 == 0 ? 16U : 3U;
    for (unsigned count = 0; count < places; ++count) {
        bytes[random() % 16] = static_cast<std::uint8_t>(random() % 4);
    }
    return net::IpAddress::v6(bytes);
}

TEST(AllowedIps, AgreesWithASlowTableInRandomUse) {
    const auto seed = tests::randomSeed();
    std::mt19937_64 random(seed);
    AllowedIps table(seed);
    Oracle oracle;
    for (int round = 0; round < 2500; ++round) {
        const auto host = randomAddress(random);
        const net::IpPrefix some(
            host, static_cast<int>(random() % static_cast<unsigned>(host.bits() + 1)));
        const PeerIndex peer{static_cast<std::uint32_t>(random() % 8)};
        const auto what = random() % 100;
        if (what < 60) {
            ASSERT_TRUE(table.insert(some, peer).ok());
            oracle.insert(some, peer);
        } else if (what < 99) {
            const auto owned = oracle.prefixesOf(peer);
            const auto victim = owned.empty() ? some : owned[random() % owned.size()];
            ASSERT_EQ(table.remove(victim, peer), oracle.remove(victim, peer));
        } else {
            table.removeAll(peer);
            oracle.removeAll(peer);
        }
        ASSERT_EQ(table.size(), oracle.size()) << "round " << round;
        for (int look = 0; look < 4; ++look) {
            const auto wanted = look == 0 ? host : randomAddress(random);
            ASSERT_EQ(table.lookup(wanted), oracle.lookup(wanted))
                << wanted.toString() << " in round " << round;
        }
        ASSERT_EQ(table.prefixesOf(peer), oracle.prefixesOf(peer)) << "round " << round;
    }
}

}  // namespace
}  // namespace weft::wireguard
