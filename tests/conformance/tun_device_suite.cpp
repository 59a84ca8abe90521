// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/tun_device_suite.h"

#include "core/base/poller.h"

#include <chrono>

namespace weft::tests {

using platform::Offload;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t kUdp = 17;
constexpr std::size_t kIpHeaderBytes = 20;
constexpr std::size_t kUdpChecksumAt = 6;

void put16(std::span<std::uint8_t> out, std::size_t at, std::size_t value) {
    out[at] = static_cast<std::uint8_t>(value >> 8U);
    out[at + 1] = static_cast<std::uint8_t>(value);
}

void put32(std::span<std::uint8_t> out, std::size_t at, std::uint32_t value) {
    put16(out, at, value >> 16U);
    put16(out, at + 2, value & 0xFFFFU);
}

std::uint32_t sumOf(std::span<const std::uint8_t> bytes) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        sum += static_cast<std::uint32_t>(bytes[i]) << (i % 2 == 0 ? 8U : 0U);
    }
    return sum;
}

std::uint16_t fold(std::uint32_t sum) {
    while (sum > 0xFFFF) {
        sum = (sum & 0xFFFFU) + (sum >> 16U);
    }
    return static_cast<std::uint16_t>(sum);
}

Offload owedUdpChecksum() {
    return {
        .needsChecksum = true, .checksumStart = kIpHeaderBytes, .checksumOffset = kUdpChecksumAt};
}

std::string payloadOf(std::span<const std::uint8_t> packet) {
    const auto payload = packet.subspan(kUdp4HeaderBytes);
    return {payload.begin(), payload.end()};
}

}  // namespace

std::vector<std::uint8_t> udpPacket(
    const UdpEnds& ends, const std::string& payload, bool owesChecksum) {
    std::vector<std::uint8_t> packet(kUdp4HeaderBytes);
    packet.insert(packet.end(), payload.begin(), payload.end());
    packet[0] = 0x45;
    put16(packet, 2, packet.size());
    packet[8] = 64;
    packet[9] = kUdp;
    put32(packet, 12, ends.from);
    put32(packet, 16, ends.to);
    put16(packet, 10, ~fold(sumOf(std::span(packet).first(kIpHeaderBytes))) & 0xFFFFU);
    const std::span udp = std::span(packet).subspan(kIpHeaderBytes);
    put16(udp, 0, ends.fromPort);
    put16(udp, 2, ends.toPort);
    put16(udp, 4, udp.size());
    const std::uint32_t pseudo =
        sumOf(std::span(packet).subspan(12, 8)) + kUdp + static_cast<std::uint32_t>(udp.size());
    const std::uint32_t whole = pseudo + sumOf(udp);
    put16(udp, kUdpChecksumAt, owesChecksum ? fold(pseudo) : ~fold(whole) & 0xFFFFU);
    return packet;
}

void TunDeviceSuite::SetUp() {
    host_ = GetParam().create(GetParam().offloads);
    if (host_ == nullptr) {
        GTEST_SKIP() << GetParam().name << " needs root for a network namespace";
    }
    buffer_.resize(platform::kTunReadBytes);
}

Status TunDeviceSuite::write(
    const std::vector<std::span<const std::uint8_t>>& pieces, const Offload& offload) {
    return tun().write({pieces, offload});
}

std::optional<platform::ReadPacket> TunDeviceSuite::read() {
    for (;;) {
        const auto packet = tun().read(buffer_);
        EXPECT_EQ(packet.status(), okStatus());
        if (!packet.ok() || !packet->has_value()) {
            return std::nullopt;
        }
        if ((*packet)->bytes.size() >= kUdp4HeaderBytes && (*packet)->bytes[9] == kUdp) {
            return *packet;
        }
    }
}

std::vector<std::string> TunDeviceSuite::receiveAll() {
    std::vector<std::string> all;
    while (auto payload = host().receive()) {
        all.push_back(*std::move(payload));
    }
    return all;
}

TEST_P(TunDeviceSuite, GivesNothingWhenTheHostSentNothing) {
    EXPECT_FALSE(read().has_value());
    EXPECT_FALSE(tun().name().empty());
    // An older system agrees on less than it is asked for, none on more.
    const auto& wanted = GetParam().offloads;
    const auto agreed = tun().offloads();
    EXPECT_LE(agreed.checksum, wanted.checksum);
    EXPECT_LE(agreed.tcp4, wanted.tcp4);
    EXPECT_LE(agreed.tcp6, wanted.tcp6);
    EXPECT_LE(agreed.udp4, wanted.udp4);
    EXPECT_LE(agreed.udp6, wanted.udp6);
}

TEST_P(TunDeviceSuite, GivesWhatTheHostSendsInOrder) {
    host().send("first");
    host().send(std::string(1392, 'x'));

    const auto first = read();
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(payloadOf(first->bytes), "first");
    EXPECT_EQ(first->offload.kind, Offload::Kind::None);
    const auto second = read();
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(second->bytes.size(), 1420U);
    EXPECT_FALSE(read().has_value());
}

TEST_P(TunDeviceSuite, RefusesToReadIntoTooLittle) {
    std::vector<std::uint8_t> small(platform::kTunReadBytes - 1);
    host().send("kept");

    EXPECT_EQ(tun().read(small).status().code(), StatusCode::kInvalidArgument);

    const auto packet = read();
    ASSERT_TRUE(packet.has_value());
    EXPECT_EQ(payloadOf(packet->bytes), "kept");
}

TEST_P(TunDeviceSuite, DeliversWhatIsWritten) {
    const auto whole = udpPacket(inward(), "whole", false);
    const auto pieces = udpPacket(inward(), "in three pieces", false);
    const std::span<const std::uint8_t> bytes(pieces);

    EXPECT_EQ(write({whole}), okStatus());
    EXPECT_EQ(
        write(
            {bytes.first(kUdp4HeaderBytes),
             bytes.subspan(kUdp4HeaderBytes, 3),
             bytes.subspan(kUdp4HeaderBytes + 3)}),
        okStatus());

    EXPECT_THAT(receiveAll(), ElementsAre("whole", "in three pieces"));
}

TEST_P(TunDeviceSuite, DeliversAsManyPiecesAsItSays) {
    const auto packet = udpPacket(inward(), std::string(platform::kTunMostPieces - 1, 'p'), false);
    std::vector<std::span<const std::uint8_t>> pieces{std::span(packet).first(kUdp4HeaderBytes)};
    for (std::size_t at = kUdp4HeaderBytes; at < packet.size(); ++at) {
        pieces.push_back(std::span(packet).subspan(at, 1));
    }
    ASSERT_EQ(pieces.size(), platform::kTunMostPieces);

    EXPECT_EQ(write(pieces), okStatus());
    EXPECT_EQ(receiveAll().size(), 1U);

    pieces.emplace_back();
    EXPECT_EQ(write(pieces).code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(receiveAll(), IsEmpty());
}

TEST_P(TunDeviceSuite, RefusesWhatIsNoPacket) {
    const std::vector<std::uint8_t> tooLong(platform::kTunMostWriteBytes + 1, 0x45);
    const std::vector<std::uint8_t> noIp(100, 0x15);

    EXPECT_EQ(write({}).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(write({tooLong}).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(write({noIp}).code(), StatusCode::kInvalidArgument);

    EXPECT_EQ(tun().counters().refusedWrites, 3U);
    EXPECT_EQ(tun().counters().writes, 0U);
}

TEST_P(TunDeviceSuite, RefusesOffloadsThatWereNotAgreedOn) {
    const auto packet = udpPacket(inward(), "x", true);
    auto offload = owedUdpChecksum();
    const auto agreed = tun().offloads();

    EXPECT_EQ(write({packet}, offload).ok(), agreed.checksum);
    EXPECT_EQ(receiveAll().size(), agreed.checksum ? 1U : 0U);
    offload.segmentBytes = 1;
    offload.headerBytes = kUdp4HeaderBytes;
    offload.kind = Offload::Kind::Udp4;
    EXPECT_EQ(write({packet}, offload).ok(), agreed.udp4);
}

TEST_P(TunDeviceSuite, DeliversASuperPacketAsEqualDatagrams) {
    if (!tun().offloads().udp4) {
        GTEST_SKIP() << "this kind takes no super-packets of UDP";
    }
    const auto packet =
        udpPacket(inward(), std::string(40, 'a') + std::string(40, 'b') + "c", true);
    auto offload = owedUdpChecksum();
    offload.kind = Offload::Kind::Udp4;
    offload.segmentBytes = 40;
    offload.headerBytes = kUdp4HeaderBytes;

    EXPECT_EQ(write({packet}, offload), okStatus());

    EXPECT_THAT(
        receiveAll(), ElementsAre(std::string(40, 'a'), std::string(40, 'b'), std::string("c")));
    EXPECT_EQ(tun().counters().superWrites, 1U);
}

TEST_P(TunDeviceSuite, IsReadableOnlyWhileAPacketWaits) {
    const auto poller = base::createPoller().value();
    while (read()) {
    }
    ASSERT_EQ(poller->add(tun().readable(), 3), okStatus());
    EXPECT_THAT(poller->wait(0ns).value(), IsEmpty());

    host().send("x");
    EXPECT_THAT(poller->wait(10s).value(), ElementsAre(3U));

    EXPECT_TRUE(read().has_value());
    EXPECT_THAT(poller->wait(0ns).value(), IsEmpty());
}

TEST_P(TunDeviceSuite, HasTheMtuThatItIsGiven) {
    EXPECT_EQ(tun().mtu().value(), 1420U);

    EXPECT_EQ(tun().setMtu(9000), okStatus());
    EXPECT_EQ(tun().mtu().value(), 9000U);

    EXPECT_EQ(tun().setMtu(67).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(tun().setMtu(65'536).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(tun().mtu().value(), 9000U);
}

TEST_P(TunDeviceSuite, LosesPacketsWhileTheInterfaceIsDown) {
    const auto packet = udpPacket(inward(), "x", false);

    host().setUp(false);
    EXPECT_EQ(write({packet}).code(), StatusCode::kUnavailable);
    EXPECT_FALSE(read().has_value());

    host().setUp(true);
    EXPECT_EQ(write({packet}), okStatus());
    EXPECT_THAT(receiveAll(), ElementsAre("x"));
    EXPECT_EQ(tun().counters().refusedWrites, 1U);
}

TEST_P(TunDeviceSuite, SaysThatTheInterfaceWasRemoved) {
    std::vector<std::uint8_t> buffer(platform::kTunReadBytes);
    const auto poller = base::createPoller().value();
    ASSERT_EQ(poller->add(tun().readable(), 3), okStatus());

    host().remove();

    EXPECT_THAT(poller->wait(10s).value(), ElementsAre(3U));
    EXPECT_EQ(tun().read(buffer).status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(write({udpPacket(inward(), "x", false)}).code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(tun().mtu().status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(tun().setMtu(1400).code(), StatusCode::kFailedPrecondition);
}

TEST_P(TunDeviceSuite, CountsWhatItCarries) {
    while (read()) {
    }
    const auto before = tun().counters();
    host().send("one");
    host().send("two");
    ASSERT_TRUE(read().has_value());
    ASSERT_TRUE(read().has_value());
    ASSERT_EQ(write({udpPacket(inward(), "x", false)}), okStatus());

    const auto after = tun().counters();
    EXPECT_EQ(after.reads - before.reads, 2U);
    EXPECT_EQ(after.writes - before.writes, 1U);
    EXPECT_EQ(after.superReads + after.superWrites, 0U);
    EXPECT_EQ(after.malformedReads + after.refusedWrites, 0U);
}

}  // namespace weft::tests
