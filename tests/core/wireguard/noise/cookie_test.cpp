// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/cookie.h"

#include "core/wireguard/noise/handshake.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <vector>

namespace weft::wireguard {
namespace {

using namespace std::chrono_literals;

/// Alice begins handshakes, Bob is under load.
class Cookies : public testing::Test {
protected:
    using Message = std::array<std::uint8_t, kInitiationBytes>;

    /// An initiation with MAC2 as Alice has it to give.
    Message initiation(TimePoint now) {
        Message message{};
        const auto state = begin(
            alice_,
            bobAsSeenByAlice_,
            crypto::X25519PrivateKey::generate(random_),
            {},
            42,
            message);
        EXPECT_TRUE(state.ok());
        keeper_.finish(message, now);
        return message;
    }

    std::array<std::uint8_t, kCookieReplyBytes> reply(const Message& message, TimePoint now) {
        std::array<std::uint8_t, kCookieReplyBytes> out{};
        checker_.writeReply(message, source_, now, random_, out);
        return out;
    }

    static bool hasMac2(const Message& message) {
        return std::any_of(
            message.end() - kMacBytes, message.end(), [](auto each) { return each != 0; });
    }

    static net::Endpoint endpoint(std::string_view text) {
        return net::Endpoint::parse(text).value();
    }

    tests::SeededRandom random_{3};
    LocalIdentity alice_{crypto::X25519PrivateKey::generate(random_)};
    LocalIdentity bob_{crypto::X25519PrivateKey::generate(random_)};
    RemoteIdentity bobAsSeenByAlice_{bob_.publicKey()};
    CookieChecker checker_{bob_.publicKey()};
    CookieKeeper keeper_;
    net::Endpoint source_ = endpoint("192.0.2.7:51820");
    TimePoint start_{1h};
};

TEST_F(Cookies, LetTheOwnerOfAnAddressThrough) {
    const auto first = initiation(start_);
    EXPECT_FALSE(hasMac2(first));
    EXPECT_FALSE(checker_.verifyMac2(first, source_, start_));

    const auto answer = reply(first, start_);
    EXPECT_EQ(messageTypeOf(answer), MessageType::CookieReply);
    EXPECT_EQ(receiverIndexOf(answer), 42U);
    ASSERT_TRUE(keeper_.readReply(answer, bob_.publicKey(), start_).ok());

    const auto second = initiation(start_ + 5s);
    EXPECT_TRUE(hasMac2(second));
    EXPECT_TRUE(bob_.verifyMac1(second));
    EXPECT_TRUE(checker_.verifyMac2(second, source_, start_ + 5s));
}

TEST_F(Cookies, AreOfNoUseAtAnotherAddressOrPort) {
    ASSERT_TRUE(
        keeper_.readReply(reply(initiation(start_), start_), bob_.publicKey(), start_).ok());
    const auto message = initiation(start_);

    EXPECT_TRUE(checker_.verifyMac2(message, source_, start_));
    EXPECT_FALSE(checker_.verifyMac2(message, endpoint("192.0.2.8:51820"), start_));
    EXPECT_FALSE(checker_.verifyMac2(message, endpoint("192.0.2.7:51821"), start_));
    EXPECT_FALSE(checker_.verifyMac2(message, endpoint("[2001:db8::7]:51820"), start_));
}

TEST_F(Cookies, HoldForTwoMinutesOnBothSides) {
    ASSERT_TRUE(
        keeper_.readReply(reply(initiation(start_), start_), bob_.publicKey(), start_).ok());
    const auto late = start_ + kCookieLifetime;

    const auto inTime = initiation(late - 1ns);
    EXPECT_TRUE(checker_.verifyMac2(inTime, source_, late - 1ns));
    // The secret is too old, whatever the cookie says.
    EXPECT_FALSE(checker_.verifyMac2(inTime, source_, late));
    EXPECT_FALSE(keeper_.hasCookie(late));
    EXPECT_FALSE(hasMac2(initiation(late)));
}

TEST_F(Cookies, OfTheOldSecretAreStaleOnceThereIsANewOne) {
    ASSERT_TRUE(
        keeper_.readReply(reply(initiation(start_), start_), bob_.publicKey(), start_).ok());
    const auto message = initiation(start_ + 1s);
    const auto late = start_ + kCookieLifetime;

    const auto answer = reply(message, late);

    EXPECT_FALSE(checker_.verifyMac2(message, source_, late));
    ASSERT_TRUE(keeper_.readReply(answer, bob_.publicKey(), late).ok());
    EXPECT_TRUE(checker_.verifyMac2(initiation(late), source_, late));
}

TEST_F(Cookies, AreRefusedWhenAnyByteOfTheReplyWasAltered) {
    const auto answer = reply(initiation(start_), start_);
    constexpr std::size_t kNonceAt = 8;
    for (std::size_t at = 0; at < answer.size(); ++at) {
        auto altered = answer;
        altered[at] ^= 0x20;
        // The index finds the peer, it is not sealed.
        const bool isIndex = at >= 4 && at < kNonceAt;
        if (!isIndex) {
            EXPECT_FALSE(keeper_.readReply(altered, bob_.publicKey(), start_).ok()) << at;
        }
    }
    EXPECT_FALSE(keeper_.hasCookie(start_));
    EXPECT_TRUE(keeper_.readReply(answer, bob_.publicKey(), start_).ok());
}

TEST_F(Cookies, AnswerTheLastMessageOnly) {
    const auto answer = reply(initiation(start_), start_);
    const auto newest = initiation(start_);

    EXPECT_EQ(
        keeper_.readReply(answer, bob_.publicKey(), start_).code(), StatusCode::kUnauthenticated);
    EXPECT_TRUE(keeper_.readReply(reply(newest, start_), bob_.publicKey(), start_).ok());
    EXPECT_EQ(
        keeper_.readReply(reply(newest, start_), bob_.publicKey(), start_).code(),
        StatusCode::kFailedPrecondition);
}

TEST_F(Cookies, AreTakenFromThePeerOnly) {
    const auto answer = reply(initiation(start_), start_);

    EXPECT_EQ(
        keeper_.readReply(answer, alice_.publicKey(), start_).code(), StatusCode::kUnauthenticated);
    EXPECT_EQ(
        keeper_.readReply(std::span(answer).first(63), bob_.publicKey(), start_).code(),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(
        CookieKeeper().readReply(answer, bob_.publicKey(), start_).code(),
        StatusCode::kFailedPrecondition);
}

TEST_F(Cookies, OfAnAlteredMessageDoNotPass) {
    ASSERT_TRUE(
        keeper_.readReply(reply(initiation(start_), start_), bob_.publicKey(), start_).ok());
    const auto message = initiation(start_);
    for (std::size_t at = 0; at < message.size(); ++at) {
        auto altered = message;
        altered[at] ^= 1;
        EXPECT_FALSE(checker_.verifyMac2(altered, source_, start_)) << at;
    }
    EXPECT_FALSE(checker_.verifyMac2(std::span(message).first(31), source_, start_));
}

TEST_F(Cookies, AreRequestedForResponsesToo) {
    std::array<std::uint8_t, kResponseBytes> response{2, 0, 0, 0, 77};
    writeMac1(response, bob_.publicKey());
    keeper_.finish(response, start_);
    std::array<std::uint8_t, kCookieReplyBytes> out{};
    checker_.writeReply(response, source_, start_, random_, out);
    EXPECT_EQ(receiverIndexOf(out), 77U);
    ASSERT_TRUE(keeper_.readReply(out, bob_.publicKey(), start_).ok());

    keeper_.finish(response, start_);

    EXPECT_TRUE(checker_.verifyMac2(response, source_, start_));
    EXPECT_TRUE(bob_.verifyMac1(response));
}

TEST(Mac1, OfWhatIsTooShortIsRefused) {
    tests::SeededRandom random(4);
    const LocalIdentity local(crypto::X25519PrivateKey::generate(random));
    for (std::size_t length = 0; length < kBothMacsBytes; ++length) {
        EXPECT_FALSE(local.verifyMac1(std::vector<std::uint8_t>(length))) << length;
    }
}

}  // namespace
}  // namespace weft::wireguard
