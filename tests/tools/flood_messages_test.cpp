// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/flood_messages.h"

#include "core/crypto/x25519.h"
#include "core/wireguard/noise/handshake.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace weft::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class FloodMessagesTest : public ::testing::Test {
protected:
    std::vector<Datagram> make(Attack attack) {
        auto made = makeAttack(attack, victim_.publicKey(), temp_.path() / "captured");
        EXPECT_TRUE(made.ok()) << made.status();
        return made.ok() ? *std::move(made) : std::vector<Datagram>{};
    }
    TempDir temp_;
    crypto::SystemRandom random_;
    wireguard::LocalIdentity victim_{crypto::X25519PrivateKey::generate(random_)};
};

TEST_F(FloodMessagesTest, MakesInitiationsThatTheVictimCanRead) {
    for (const auto& datagram : make(Attack::Initiations)) {
        ASSERT_TRUE(victim_.verifyMac1(datagram));
        ASSERT_TRUE(wireguard::readInitiation(victim_, datagram).ok());
    }
}

TEST_F(FloodMessagesTest, MakesStaleCookiesBehindARightFirstMac) {
    for (const auto& datagram : make(Attack::StaleCookies)) {
        ASSERT_TRUE(victim_.verifyMac1(datagram));
        ASSERT_NE(datagram.back() | datagram.at(datagram.size() - 2) | datagram.at(140), 0);
    }
}

TEST_F(FloodMessagesTest, MakesWrongFirstMacs) {
    for (const auto& datagram : make(Attack::BadMac1)) {
        ASSERT_EQ(wireguard::messageTypeOf(datagram), wireguard::MessageType::Initiation);
        ASSERT_FALSE(victim_.verifyMac1(datagram));
    }
}

TEST_F(FloodMessagesTest, MakesInitiationsWithAZeroKey) {
    for (const auto& datagram : make(Attack::ZeroKeys)) {
        ASSERT_TRUE(victim_.verifyMac1(datagram));
        ASSERT_FALSE(wireguard::readInitiation(victim_, datagram).ok());
    }
}

TEST_F(FloodMessagesTest, ReadsCapturedDatagramsAndForgesThem) {
    const std::string data = "\x04" + std::string(31, '\0');
    std::ofstream(temp_.path() / "captured", std::ios::binary)
        << std::string("\x03\0abc\x20\0", 7) << data << "\xff";

    const auto replayed = make(Attack::Replay);
    const auto forged = make(Attack::Forged);

    ASSERT_THAT(replayed, SizeIs(2));
    EXPECT_THAT(replayed.front(), ElementsAre('a', 'b', 'c'));
    EXPECT_EQ(forged.front(), replayed.front());
    EXPECT_EQ(wireguard::readTransportHeader(forged.back())->counter, 0x40000000U);
}

TEST_F(FloodMessagesTest, SaysThatNothingWasCaptured) {
    EXPECT_FALSE(makeAttack(Attack::Replay, victim_.publicKey(), temp_.path() / "none").ok());
}

}  // namespace
}  // namespace weft::tests
