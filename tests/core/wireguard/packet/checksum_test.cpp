// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/checksum.h"

#include "tests/core/wireguard/packet/packets.h"
#include "tests/support/random_seed.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace weft::wireguard {
namespace {

using testing::Bytes;
using testing::slowChecksum;
using testing::someBytes;

/// As a reader of the wire sees it.
std::uint16_t hostOrder(std::uint16_t word) {
    std::array<std::uint8_t, 2> bytes{};
    storeWord(bytes.data(), word);
    return testing::wordAt(bytes, 0);
}

TEST(Checksum, IsThatOfTheExampleInRfc1071) {
    const Bytes bytes = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};

    EXPECT_EQ(hostOrder(foldSum(addToSum(bytes))), 0xddf2);
    EXPECT_EQ(hostOrder(checksumOf(addToSum(bytes))), 0x220d);
}

TEST(Checksum, AgreesWithTheSlowOneForEveryLengthAndPlace) {
    const auto bytes = someBytes(2100);
    for (std::size_t length = 0; length <= 2050; ++length) {
        const std::size_t start = length % 33;
        const auto piece = std::span(bytes).subspan(start, length);
        ASSERT_EQ(hostOrder(checksumOf(addToSum(piece))), slowChecksum(piece))
            << length << " bytes at " << start;
    }
}

TEST(Checksum, KeepsEveryCarryOfTheLargestPacket) {
    const Bytes bytes(65535, 0xff);

    EXPECT_EQ(hostOrder(checksumOf(addToSum(bytes))), slowChecksum(bytes));
    EXPECT_EQ(foldSum(~std::uint64_t{0}), 0xffff);
    EXPECT_EQ(foldSum(0), 0);
}

TEST(Checksum, SumsPiecesAsTheWhole) {
    const auto bytes = someBytes(1001);
    const std::span<const std::uint8_t> all(bytes);

    const auto sum =
        addToSum(all.subspan(62), addToSum(all.subspan(40, 22), addToSum(all.first(40))));

    EXPECT_EQ(checksumOf(sum), checksumOf(addToSum(all)));
}

TEST(Checksum, NeverSaysZeroWhereZeroMeansNone) {
    const Bytes bytes = {0xff, 0xff};

    EXPECT_EQ(checksumOf(addToSum(bytes)), 0);
    EXPECT_EQ(checksumNotZero(addToSum(bytes)), 0xffff);
    EXPECT_EQ(checksumNotZero(addToSum(Bytes{0, 1})), checksumOf(addToSum(Bytes{0, 1})));
}

TEST(Checksum, SumsPseudoHeadersOfBothFamilies) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        testing::PacketSpec spec;
        spec.family = family;
        spec.payload = someBytes(777);
        const auto packet = testing::makePacket(spec);
        const auto start = testing::transportAt(packet);
        const auto addresses = std::span(packet).subspan(
            family == net::Family::V4 ? 12 : 8, family == net::Family::V4 ? 8 : 32);

        const auto sum = pseudoHeaderSum(addresses, packet.size() - start, spec.protocol);

        EXPECT_EQ(hostOrder(foldSum(sum)), testing::slowPseudoSum(packet, start, spec.protocol));
    }
}

TEST(Checksum, IsCorrectedForOneWordAsIfItWereSummedAnew) {
    std::mt19937_64 random(tests::randomSeed());
    for (int round = 0; round < 20000; ++round) {
        Bytes header(20);
        for (auto& byte : header) {
            // Many zeros and ones: the two forms of zero are where mistakes hide.
            const auto roll = random() % 4;
            byte = roll == 0 ? 0 : roll == 1 ? 0xff : static_cast<std::uint8_t>(random());
        }
        header[0] = 0x45;
        storeWord(&header[10], 0);
        storeWord(&header[10], checksumOf(addToSum(header)));
        const auto before = loadWord(&header[4]);
        testing::putWord(
            header, 4, random() % 2 == 0 ? 0U : static_cast<unsigned>(random()) & 0xffffU);

        updateChecksum(&header[10], before, loadWord(&header[4]));

        ASSERT_EQ(slowChecksum(header), 0) << "round " << round;
    }
}

}  // namespace
}  // namespace weft::wireguard
