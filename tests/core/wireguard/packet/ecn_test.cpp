// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/ecn.h"

#include "core/wireguard/packet/inner_packet.h"
#include "tests/core/wireguard/packet/packets.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>

namespace weft::wireguard {
namespace {

using testing::makePacket;
using testing::PacketSpec;

constexpr std::array kAll = {Ecn::NotCapable, Ecn::Capable0, Ecn::Capable1, Ecn::Congested};

TEST(Ecn, IsCopiedToTheOuterPacketWithoutTheServiceClass) {
    EXPECT_EQ(encapsulatedTrafficClass(0xb8), 0);
    EXPECT_EQ(encapsulatedTrafficClass(0xb9), 1);
    EXPECT_EQ(encapsulatedTrafficClass(0xfe), 2);
    EXPECT_EQ(encapsulatedTrafficClass(0x03), 3);
}

TEST(Ecn, ComesOutAsFigure4OfRfc6040Says) {
    const auto drop = std::optional<Ecn>();
    const auto result = [](Ecn inner, Ecn outer) { return decapsulatedEcn(outer, inner); };
    // A row for each inner field, a column for each outer one, in the order of kAll.
    const std::array<std::array<std::optional<Ecn>, 4>, 4> figure = {{
        {Ecn::NotCapable, Ecn::NotCapable, Ecn::NotCapable, drop},
        {Ecn::Capable0, Ecn::Capable0, Ecn::Capable1, Ecn::Congested},
        {Ecn::Capable1, Ecn::Capable1, Ecn::Capable1, Ecn::Congested},
        {Ecn::Congested, Ecn::Congested, Ecn::Congested, Ecn::Congested},
    }};

    for (std::size_t row = 0; row < kAll.size(); ++row) {
        for (std::size_t column = 0; column < kAll.size(); ++column) {
            EXPECT_EQ(result(kAll[row], kAll[column]), figure[row][column])
                << "inner " << row << " outer " << column;
        }
    }
}

TEST(Ecn, IsWrittenWithoutHarmToTheRest) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        for (unsigned trafficClass = 0; trafficClass < 256; ++trafficClass) {
            for (const auto ecn : kAll) {
                PacketSpec spec;
                spec.family = family;
                spec.trafficClass = static_cast<std::uint8_t>(trafficClass);
                auto packet = makePacket(spec);
                spec.trafficClass =
                    static_cast<std::uint8_t>((trafficClass & 0xfcU) | static_cast<unsigned>(ecn));

                setEcn(packet, ecn);

                ASSERT_EQ(packet, makePacket(spec)) << trafficClass;
                ASSERT_EQ(parseInner(packet)->ecn(), ecn);
            }
        }
    }
}

TEST(Ecn, OfTheOuterPacketIsAppliedOrDropsTheInnerOne) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        PacketSpec spec;
        spec.family = family;
        spec.trafficClass = 0xb8;
        auto packet = makePacket(spec);
        const auto untouched = packet;

        EXPECT_FALSE(applyOuterEcn(packet, 3));
        EXPECT_TRUE(applyOuterEcn(packet, 0xfe));
        EXPECT_EQ(packet, untouched);

        spec.trafficClass = 0xba;
        packet = makePacket(spec);
        EXPECT_TRUE(applyOuterEcn(packet, 3));
        EXPECT_EQ(parseInner(packet)->trafficClass, 0xbb);
        EXPECT_EQ(testing::faultOf(packet), "");
    }
}

}  // namespace
}  // namespace weft::wireguard
