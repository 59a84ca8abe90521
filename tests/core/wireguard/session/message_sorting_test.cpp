// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/message_sorting.h"

#include "tests/core/wireguard/session/pair.h"

namespace {

using weft::tests::Datagram;
using weft::transport::DatagramPattern;
using weft::wireguard::messageSorting;

bool looksLike(const DatagramPattern& pattern, const std::vector<std::uint8_t>& bytes) {
    return bytes.size() >= pattern.leastBytes
           && std::ranges::all_of(pattern.bits, [&bytes](const auto& bits) {
                  std::uint32_t word = 0;
                  for (std::size_t i = 0; i < sizeof word; ++i) {
                      word = word << 8U | bytes.at(bits.offset + i);
                  }
                  return (word & bits.mask) == bits.value;
              });
}

bool has(const std::vector<DatagramPattern>& patterns, const std::vector<std::uint8_t>& bytes) {
    return std::ranges::any_of(
        patterns, [&bytes](const auto& pattern) { return looksLike(pattern, bytes); });
}

class MessageSorting : public weft::tests::PairTest {
protected:
    /// Every message between the two, as a handshake under load, data and keepalives need them.
    void exchange() {
        world.keep = true;
        for (std::uint32_t i = 0; i < 400; ++i) {
            world.inject(right, strangersInitiation(right, 0x14000000 + i));
        }
        world.send(left, right, 1);
        world.run(std::chrono::seconds(30));
    }
};

TEST_F(MessageSorting, KnowsEveryMessageOfAnEngine) {
    exchange();

    std::array<int, 5> seen{};
    for (const Datagram& datagram : world.history) {
        if (datagram.to != left.endpoint && datagram.to != right.endpoint) {
            continue;
        }
        const auto& receiver = datagram.to == left.endpoint ? left : right;
        const auto sorting = messageSorting(receiver.engine->indexTag());
        ++seen.at(static_cast<std::size_t>(datagram.type()));
        ASSERT_EQ(has(sorting.bulk, datagram.bytes), datagram.type() == 4);
        ASSERT_EQ(has(sorting.control, datagram.bytes), datagram.type() != 4);
    }
    for (const std::size_t type : {1U, 2U, 3U, 4U}) {
        EXPECT_GT(seen.at(type), 0) << type;
    }
}

TEST_F(MessageSorting, KnowsNothingElse) {
    exchange();
    const auto sorting = messageSorting(right.engine->indexTag());
    const auto known = [&](const std::vector<std::uint8_t>& bytes) {
        return has(sorting.bulk, bytes) || has(sorting.control, bytes);
    };

    for (const Datagram& datagram : world.history) {
        if (datagram.to != right.endpoint) {
            continue;
        }
        auto other = datagram.bytes;
        other[0] = static_cast<std::uint8_t>(other[0] + 4);
        ASSERT_FALSE(known(other));
        other = datagram.bytes;
        other[3] = 1;
        ASSERT_FALSE(known(other));
        const std::size_t tagAt = datagram.type() == 2 ? 11 : 7;
        other = datagram.bytes;
        other[tagAt] ^= 0x10U;
        ASSERT_EQ(known(other), datagram.type() == 1);
    }
    EXPECT_FALSE(known(std::vector<std::uint8_t>(31, 4)));
    EXPECT_EQ(sorting.validate(), weft::okStatus());
}

}  // namespace
