// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/routing/allowed_ips.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace weft::wireguard {
namespace {

constexpr std::uint32_t kRounds = 20'000;
constexpr PeerIndex kConstant{0};
constexpr PeerIndex kNoise{1};

net::IpPrefix prefix(std::string_view text) {
    return net::IpPrefix::parse(text).value();
}

/// Runs `read` on two threads, again and again, until `write` has returned.
void readWhile(const std::function<void()>& write, const std::function<void()>& read) {
    std::atomic<bool> done = false;
    std::atomic<int> started = 0;
    std::vector<std::thread> readers;
    readers.reserve(2);
    for (int count = 0; count < 2; ++count) {
        readers.emplace_back([&] {
            started.fetch_add(1);
            do {
                read();
            } while (!done.load());
        });
    }
    while (started.load() < 2) {
        std::this_thread::yield();
    }
    write();
    done.store(true);
    for (auto& reader : readers) {
        reader.join();
    }
}

TEST(AllowedIpsUnderChange, LeavesAloneWhatDoesNotChange) {
    AllowedIps table;
    ASSERT_TRUE(table.insert(prefix("10.0.0.0/8"), kConstant).ok());
    ASSERT_TRUE(table.insert(prefix("10.9.9.9/32"), kConstant).ok());
    ASSERT_TRUE(table.insert(prefix("fd00::/64"), kConstant).ok());
    const auto v6 = net::IpAddress::parse("fd00::77").value();
    std::atomic<int> wrong = 0;

    readWhile(
        [&table] {
            // Grows, is emptied and is filled anew, in all lengths that others have too.
            for (std::uint32_t round = 0; round < kRounds; ++round) {
                const auto host = net::IpAddress::v4(0xc0000000U + round * 4099U);
                static_cast<void>(table.insert(net::IpPrefix::host(host), kNoise));
                static_cast<void>(
                    table.insert(net::IpPrefix(host, 9 + static_cast<int>(round % 23)), kNoise));
                if (round % 3000 == 2999) {
                    table.removeAll(kNoise);
                }
            }
        },
        [&] {
            if (table.lookup(0x0a010203U) != kConstant || table.lookup(0x0a090909U) != kConstant
                || table.lookup(v6) != kConstant || table.lookup(0x7f000001U) != kNoPeer) {
                wrong.fetch_add(1);
            }
        });

    EXPECT_EQ(wrong.load(), 0);
}

/// The address is always in one of two prefixes, of which the newer one has the greater peer and is
/// in front. A reader that mixed two moments would see a gap or an owner of the past.
TEST(AllowedIpsUnderChange, ShowsOneMomentAtATime) {
    constexpr std::uint32_t kAddress = 0x0a010203U;
    const auto narrow = prefix("10.1.2.3/32");
    const auto wide = prefix("10.1.2.0/24");
    AllowedIps table;
    ASSERT_TRUE(table.insert(wide, PeerIndex{0}).ok());
    std::atomic<int> gaps = 0;
    std::atomic<int> backwards = 0;
    std::array<std::atomic<std::uint32_t>, 2> slots{};
    std::atomic<std::size_t> nextSlot = 0;

    readWhile(
        [&] {
            for (std::uint32_t round = 1; round < kRounds; round += 2) {
                static_cast<void>(table.insert(narrow, PeerIndex{round}));
                table.remove(wide, PeerIndex{round - 1});
                // Uses the places again that were just left.
                static_cast<void>(table.insert(prefix("172.16.0.0/24"), PeerIndex{0}));
                static_cast<void>(table.insert(wide, PeerIndex{round + 1}));
                table.remove(prefix("172.16.0.0/24"), PeerIndex{0});
                table.remove(narrow, PeerIndex{round});
            }
        },
        [&] {
            thread_local const std::size_t mine = nextSlot.fetch_add(1);
            const auto peer = table.lookup(kAddress);
            const auto number = static_cast<std::uint32_t>(peer);
            if (peer == kNoPeer) {
                gaps.fetch_add(1);
                return;
            }
            if (number < slots[mine].load()) {
                backwards.fetch_add(1);
            }
            slots[mine].store(number);
        });

    EXPECT_EQ(gaps.load(), 0);
    EXPECT_EQ(backwards.load(), 0);
}

}  // namespace
}  // namespace weft::wireguard
