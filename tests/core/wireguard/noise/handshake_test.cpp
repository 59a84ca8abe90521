// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/handshake.h"

#include "core/wireguard/noise/cookie.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <vector>

namespace weft::wireguard {
namespace {

using crypto::X25519PrivateKey;

const Tai64n kStamp = Tai64n::from(WallTime(std::chrono::seconds(1'700'000'000)));

/// Two peers that know of each other.
class Handshake : public testing::Test {
protected:
    using InitiationBytes = std::array<std::uint8_t, kInitiationBytes>;
    using ResponseBytes = std::array<std::uint8_t, kResponseBytes>;

    X25519PrivateKey fresh() { return X25519PrivateKey::generate(random_); }

    crypto::SecretKey32 freshSecret() {
        crypto::SecretKey32 secret;
        random_.fill(secret.writable());
        return secret;
    }

    StatusOr<InitiationState> beginWithAlice() {
        return begin(alice_, bobAsSeenByAlice_, fresh(), kStamp, 17, initiation_);
    }

    /// Reads and accepts as the engine does: MAC1 first.
    StatusOr<AcceptedInitiation> acceptByBob(std::span<const std::uint8_t> message) {
        if (!bob_.verifyMac1(message)) {
            return unauthenticated("MAC1");
        }
        WEFT_ASSIGN_OR_RETURN(auto received, readInitiation(bob_, message));
        return acceptInitiation(std::move(received), bob_, aliceAsSeenByBob_);
    }

    StatusOr<TransportKeys> respondByBob(StatusOr<AcceptedInitiation> accepted) {
        WEFT_RETURN_IF_ERROR(accepted.status());
        return respond(*std::move(accepted), aliceAsSeenByBob_, fresh(), 34, response_);
    }

    tests::SeededRandom random_{7};
    LocalIdentity alice_{fresh()};
    LocalIdentity bob_{fresh()};
    RemoteIdentity aliceAsSeenByBob_{alice_.publicKey()};
    RemoteIdentity bobAsSeenByAlice_{bob_.publicKey()};
    InitiationBytes initiation_{};
    ResponseBytes response_{};
};

void expectPair(const StatusOr<TransportKeys>& left, const StatusOr<TransportKeys>& right) {
    ASSERT_TRUE(left.ok()) << left.status();
    ASSERT_TRUE(right.ok()) << right.status();
    EXPECT_TRUE(equalInConstantTime(left->send, right->receive));
    EXPECT_TRUE(equalInConstantTime(left->receive, right->send));
    EXPECT_FALSE(equalInConstantTime(left->send, left->receive));
    EXPECT_FALSE(left->send.isZero());
    EXPECT_EQ(left->localIndex, right->remoteIndex);
    EXPECT_EQ(left->remoteIndex, right->localIndex);
    EXPECT_NE(left->initiator, right->initiator);
}

TEST_F(Handshake, GivesBothSidesTheSameKeys) {
    const auto state = beginWithAlice();
    ASSERT_TRUE(state.ok()) << state.status();

    const auto bobs = respondByBob(acceptByBob(initiation_));
    const auto alices = readResponse(*state, alice_, bobAsSeenByAlice_, response_);

    expectPair(alices, bobs);
    EXPECT_TRUE(alice_.verifyMac1(response_));
    EXPECT_TRUE(alices->initiator);
    EXPECT_EQ(alices->localIndex, 17U);
    EXPECT_EQ(alices->remoteIndex, 34U);
}

TEST_F(Handshake, GivesBothSidesTheSameKeysWithAPresharedKey) {
    const auto secret = freshSecret();
    aliceAsSeenByBob_.setPresharedKey(secret.clone());
    bobAsSeenByAlice_.setPresharedKey(secret.clone());
    const auto state = beginWithAlice();
    ASSERT_TRUE(state.ok()) << state.status();

    const auto bobs = respondByBob(acceptByBob(initiation_));
    const auto alices = readResponse(*state, alice_, bobAsSeenByAlice_, response_);

    expectPair(alices, bobs);
}

TEST_F(Handshake, TellsTheResponderWhoBeginsAndTheirStamp) {
    ASSERT_TRUE(beginWithAlice().ok());

    auto received = readInitiation(bob_, initiation_);
    ASSERT_TRUE(received.ok()) << received.status();
    EXPECT_EQ(received->claimedKey, alice_.publicKey());
    EXPECT_EQ(received->senderIndex, 17U);
    const auto accepted = acceptInitiation(*std::move(received), bob_, aliceAsSeenByBob_);
    ASSERT_TRUE(accepted.ok()) << accepted.status();

    EXPECT_EQ(accepted->stamp, kStamp);
}

TEST_F(Handshake, ShowsTheSameStampWhenAnInitiationIsReplayed) {
    ASSERT_TRUE(beginWithAlice().ok());

    const auto once = acceptByBob(initiation_);
    const auto again = acceptByBob(initiation_);

    ASSERT_TRUE(once.ok() && again.ok());
    EXPECT_LE(again->stamp, once->stamp);
}

TEST_F(Handshake, RunsTheOtherWayRoundWithTheSameIdentities) {
    const auto state = begin(bob_, aliceAsSeenByBob_, fresh(), kStamp, 5, initiation_);
    ASSERT_TRUE(state.ok());
    auto received = readInitiation(alice_, initiation_);
    ASSERT_TRUE(received.ok()) << received.status();
    auto accepted = acceptInitiation(*std::move(received), alice_, bobAsSeenByAlice_);
    ASSERT_TRUE(accepted.ok()) << accepted.status();

    const auto alices = respond(*std::move(accepted), bobAsSeenByAlice_, fresh(), 6, response_);
    const auto bobs = readResponse(*state, bob_, aliceAsSeenByBob_, response_);

    expectPair(alices, bobs);
}

TEST_F(Handshake, FailsWhenThePresharedKeysDiffer) {
    aliceAsSeenByBob_.setPresharedKey(freshSecret());
    const auto state = beginWithAlice();
    ASSERT_TRUE(state.ok());
    ASSERT_TRUE(respondByBob(acceptByBob(initiation_)).ok());

    const auto alices = readResponse(*state, alice_, bobAsSeenByAlice_, response_);

    EXPECT_EQ(alices.status().code(), StatusCode::kUnauthenticated);
}

TEST_F(Handshake, RefusesAnInitiationForAnotherKey) {
    RemoteIdentity stranger(fresh().publicKey());
    ASSERT_TRUE(begin(alice_, stranger, fresh(), kStamp, 17, initiation_).ok());

    EXPECT_FALSE(bob_.verifyMac1(initiation_));
    EXPECT_EQ(readInitiation(bob_, initiation_).status().code(), StatusCode::kUnauthenticated);
}

TEST_F(Handshake, RefusesThatAnotherPeerIsTakenForTheOneWhoBegan) {
    ASSERT_TRUE(beginWithAlice().ok());
    auto received = readInitiation(bob_, initiation_);
    ASSERT_TRUE(received.ok());
    RemoteIdentity other(fresh().publicKey());

    const auto accepted = acceptInitiation(*std::move(received), bob_, other);

    EXPECT_EQ(accepted.status().code(), StatusCode::kInvalidArgument);
}

TEST_F(Handshake, RefusesOneWhoOnlyKnowsAPublicKeyOfAPeer) {
    // Mallory knows both public keys, but not Alice's private one: the secret of both static keys
    // differs.
    const LocalIdentity mallory(fresh());
    ASSERT_TRUE(begin(mallory, bobAsSeenByAlice_, fresh(), kStamp, 1, initiation_).ok());
    auto received = readInitiation(bob_, initiation_);
    ASSERT_TRUE(received.ok());
    received->claimedKey = alice_.publicKey();

    const auto accepted = acceptInitiation(*std::move(received), bob_, aliceAsSeenByBob_);

    EXPECT_EQ(accepted.status().code(), StatusCode::kUnauthenticated);
}

TEST_F(Handshake, RefusesAnInitiationThatWasAlteredAnywhere) {
    ASSERT_TRUE(beginWithAlice().ok());
    // MAC2 is of no meaning until cookies are asked for.
    for (std::size_t at = 0; at < kInitiationBytes - kMacBytes; ++at) {
        auto altered = initiation_;
        altered[at] ^= 0x40;
        EXPECT_FALSE(acceptByBob(altered).ok()) << "byte " << at;
    }
}

TEST_F(Handshake, RefusesAlteredFieldsOfAnInitiationWithARightMac1) {
    ASSERT_TRUE(beginWithAlice().ok());
    constexpr std::size_t kNoiseFieldsAt = 8;
    for (std::size_t at = kNoiseFieldsAt; at < kInitiationBytes - kBothMacsBytes; ++at) {
        auto altered = initiation_;
        altered[at] ^= 0x01;
        writeMac1(altered, bob_.publicKey());
        ASSERT_TRUE(bob_.verifyMac1(altered));
        EXPECT_FALSE(acceptByBob(altered).ok()) << "byte " << at;
    }
}

TEST_F(Handshake, RefusesAResponseThatWasAlteredAnywhereAndTakesTheRightOneAfter) {
    const auto state = beginWithAlice();
    ASSERT_TRUE(state.ok());
    const auto bobs = respondByBob(acceptByBob(initiation_));
    constexpr std::size_t kReceiverAt = 8;
    for (std::size_t at = 0; at < kResponseBytes - kMacBytes; ++at) {
        auto altered = response_;
        altered[at] ^= 0x80;
        EXPECT_FALSE(alice_.verifyMac1(altered)) << "byte " << at;
        // The sender's index is not part of the transcript: only MAC1 tells.
        if (at < 4 || (at >= kReceiverAt && at < kResponseBytes - kBothMacsBytes)) {
            EXPECT_FALSE(readResponse(*state, alice_, bobAsSeenByAlice_, altered).ok())
                << "byte " << at;
        }
    }

    expectPair(readResponse(*state, alice_, bobAsSeenByAlice_, response_), bobs);
}

TEST_F(Handshake, RefusesOtherLengthsAndTypes) {
    const auto state = beginWithAlice();
    ASSERT_TRUE(state.ok());
    ASSERT_TRUE(respondByBob(acceptByBob(initiation_)).ok());
    for (std::size_t length = 0; length <= 2 * kInitiationBytes; ++length) {
        std::vector<std::uint8_t> message(length);
        const auto copy = [&message](std::span<const std::uint8_t> from) {
            std::copy_n(from.begin(), std::min(from.size(), message.size()), message.begin());
        };
        copy(initiation_);
        EXPECT_EQ(readInitiation(bob_, message).ok(), length == kInitiationBytes) << length;
        EXPECT_FALSE(readResponse(*state, alice_, bobAsSeenByAlice_, message).ok()) << length;
        copy(response_);
        EXPECT_FALSE(readInitiation(bob_, message).ok()) << length;
        EXPECT_EQ(
            readResponse(*state, alice_, bobAsSeenByAlice_, message).ok(), length == kResponseBytes)
            << length;
    }
}

TEST_F(Handshake, RefusesAResponseToAnotherInitiation) {
    const auto first = beginWithAlice();
    const auto second = begin(alice_, bobAsSeenByAlice_, fresh(), kStamp.next(), 18, initiation_);
    ASSERT_TRUE(first.ok() && second.ok());
    ASSERT_TRUE(respondByBob(acceptByBob(initiation_)).ok());

    EXPECT_EQ(
        readResponse(*first, alice_, bobAsSeenByAlice_, response_).status().code(),
        StatusCode::kInvalidArgument);
    EXPECT_TRUE(readResponse(*second, alice_, bobAsSeenByAlice_, response_).ok());
}

/// Points of small order: 0, 1 and p - 1 and p + 1.
std::vector<crypto::WireGuardPublicKey> smallOrderKeys() {
    crypto::WireGuardPublicKey zero;
    crypto::WireGuardPublicKey one;
    one.bytes[0] = 1;
    crypto::WireGuardPublicKey minusOne;
    minusOne.bytes.fill(0xff);
    minusOne.bytes[0] = 0xec;
    minusOne.bytes[31] = 0x7f;
    auto onePlus = minusOne;
    onePlus.bytes[0] = 0xee;
    return {zero, one, minusOne, onePlus};
}

TEST_F(Handshake, SendsNothingToAPeerWhoseKeyIsOfSmallOrder) {
    for (const auto& key : smallOrderKeys()) {
        RemoteIdentity remote(key);
        initiation_.fill(0xaa);

        const auto state = begin(alice_, remote, fresh(), kStamp, 1, initiation_);

        EXPECT_EQ(state.status().code(), StatusCode::kInvalidArgument);
        EXPECT_TRUE(std::ranges::all_of(initiation_, [](auto each) { return each == 0; }));
    }
}

TEST_F(Handshake, RefusesEphemeralKeysOfSmallOrder) {
    const auto state = beginWithAlice();
    ASSERT_TRUE(state.ok());
    ASSERT_TRUE(respondByBob(acceptByBob(initiation_)).ok());
    for (const auto& key : smallOrderKeys()) {
        auto initiation = initiation_;
        std::copy(key.bytes.begin(), key.bytes.end(), initiation.begin() + 8);
        auto response = response_;
        std::copy(key.bytes.begin(), key.bytes.end(), response.begin() + 12);

        EXPECT_EQ(readInitiation(bob_, initiation).status().code(), StatusCode::kInvalidArgument);
        EXPECT_EQ(
            readResponse(*state, alice_, bobAsSeenByAlice_, response).status().code(),
            StatusCode::kInvalidArgument);
    }
}

TEST_F(Handshake, DoesNotAnswerAnEphemeralKeyOfSmallOrder) {
    ASSERT_TRUE(beginWithAlice().ok());
    auto accepted = acceptByBob(initiation_);
    ASSERT_TRUE(accepted.ok());
    accepted->ephemeral = {};
    response_.fill(0xaa);

    const auto keys = respondByBob(std::move(accepted));

    EXPECT_EQ(keys.status().code(), StatusCode::kInvalidArgument);
    EXPECT_TRUE(std::ranges::all_of(response_, [](auto each) { return each == 0; }));
}

TEST_F(Handshake, ComputesTheSecretOfAPeerAnewAfterOurKeyChanged) {
    ASSERT_TRUE(beginWithAlice().ok());
    const LocalIdentity newAlice(fresh());
    aliceAsSeenByBob_ = RemoteIdentity(newAlice.publicKey());
    bobAsSeenByAlice_.forgetShared();

    ASSERT_TRUE(begin(newAlice, bobAsSeenByAlice_, fresh(), kStamp, 1, initiation_).ok());

    EXPECT_TRUE(acceptByBob(initiation_).ok());
}

}  // namespace
}  // namespace weft::wireguard
