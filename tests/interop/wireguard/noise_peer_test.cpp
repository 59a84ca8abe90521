// SPDX-License-Identifier: Apache-2.0
// Our handshake against wireguard-go's, which the program in noise_peer wraps. scripts/interop
// builds that program and names it in WEFT_NOISE_PEER; without it the tests are skipped.
#include "core/base/text.h"
#include "core/crypto/aead.h"
#include "core/wireguard/noise/cookie.h"
#include "core/wireguard/noise/handshake.h"
#include "tests/interop/wireguard/peer_process.h"
#include "tests/support/random_seed.h"
#include "tests/support/seeded_random.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::wireguard {
namespace {

using ByteVector = std::vector<std::uint8_t>;
using crypto::X25519PrivateKey;

constexpr int kHandshakes = 10'000;
constexpr int kCookies = 500;
constexpr std::size_t kLargestInner = 1420;

std::span<const std::uint8_t> bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string hexOf(std::span<const std::uint8_t> bytes) {
    return base::hexEncode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// The part of a sealed packet that is not padding, by its own length field.
ByteVector withoutPadding(ByteVector inner) {
    if (inner.size() >= 4) {
        const auto total = static_cast<std::size_t>(inner[2] << 8 | inner[3]);
        inner.resize(std::min(inner.size(), total));
    }
    return inner;
}

class WireGuardGo : public testing::Test {
protected:
    void SetUp() override {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets the environment while tests run
        const char* const path = std::getenv("WEFT_NOISE_PEER");
        if (path == nullptr) {
            GTEST_SKIP() << "WEFT_NOISE_PEER names no program: run scripts/interop";
        }
        auto started = tests::PeerProcess::start(path);
        ASSERT_TRUE(started.ok()) << started.status();
        peer_.emplace(*std::move(started));
    }

    X25519PrivateKey fresh() { return X25519PrivateKey::generate(random_); }

    std::uint32_t number(std::uint32_t below) {
        std::array<std::uint8_t, 4> bytes{};
        random_.fill(bytes);
        std::uint32_t value = 0;
        for (const auto each : bytes) {
            value = value << 8U | each;
        }
        return value % below;
    }

    /// An IPv4 packet of a random length with random contents.
    ByteVector innerPacket(std::uint8_t from, std::uint8_t to) {
        ByteVector packet(20 + number(kLargestInner - 20 + 1));
        random_.fill(packet);
        const std::array<std::uint8_t, 4> start{
            0x45,
            0,
            static_cast<std::uint8_t>(packet.size() >> 8),
            static_cast<std::uint8_t>(packet.size())};
        const std::array<std::uint8_t, 8> addresses{10, 0, 0, from, 10, 0, 0, to};
        std::copy(start.begin(), start.end(), packet.begin());
        std::copy(addresses.begin(), addresses.end(), packet.begin() + 12);
        return packet;
    }

    Status send(char letter, std::span<const std::uint8_t> payload) {
        return peer_->send(letter, payload);
    }

    /// The next frame, which must have this letter; datagrams that nobody waits for, such as
    /// keepalives, are passed over.
    StatusOr<ByteVector> expect(char letter) {
        while (true) {
            WEFT_ASSIGN_OR_RETURN(auto frame, peer_->receive());
            if (frame.letter == letter) {
                return std::move(frame.payload);
            }
            if (frame.letter != 'D') {
                return internalError("a frame {} came instead of {}", frame.letter, letter);
            }
        }
    }

    StatusOr<ByteVector> ask(char letter, std::span<const std::uint8_t> payload) {
        WEFT_RETURN_IF_ERROR(send(letter, payload));
        return expect(letter);
    }

    std::uint64_t seed_ = tests::randomSeed();
    tests::SeededRandom random_{seed_};
    std::optional<tests::PeerProcess> peer_;
};

/// One pair of strangers.
class WireGuardGoHandshake : public WireGuardGo {
protected:
    static constexpr std::uint8_t kOurs = 2;
    static constexpr std::uint8_t kTheirs = 1;

    Status run(bool weBegin, bool withPresharedKey) {
        const LocalIdentity ours(fresh());
        const auto theirKey = fresh();
        RemoteIdentity theirs(theirKey.publicKey());
        if (withPresharedKey) {
            crypto::SecretKey32 secret;
            random_.fill(secret.writable());
            theirs.setPresharedKey(std::move(secret));
        }
        WEFT_RETURN_IF_ERROR(annotate(configure(ours, theirs, theirKey), "configuring"));
        auto keys = weBegin ? begun(ours, theirs) : answered(ours, theirs);
        WEFT_RETURN_IF_ERROR(annotate(keys.status(), "handshake"));
        const Ends ends{
            crypto::Aead(keys->send.reveal()),
            crypto::Aead(keys->receive.reveal()),
            keys->localIndex,
            keys->remoteIndex};
        // Who answered hears from the other side first.
        if (!weBegin) {
            WEFT_RETURN_IF_ERROR(annotate(takeFirst(ends), "first packet to us"));
        }
        for (std::uint64_t counter = 0; counter < 2; ++counter) {
            WEFT_RETURN_IF_ERROR(annotate(sendOne(ends, counter), "packet to them"));
            waiting_ = innerPacket(kTheirs, kOurs);
            WEFT_RETURN_IF_ERROR(send('P', waiting_));
            WEFT_RETURN_IF_ERROR(annotate(takeFirst(ends), "packet to us"));
        }
        return okStatus();
    }

private:
    struct Ends {
        crypto::Aead send;
        crypto::Aead receive;
        std::uint32_t localIndex;
        std::uint32_t remoteIndex;
    };

    Status configure(
        const LocalIdentity& ours, const RemoteIdentity& theirs, const X25519PrivateKey& theirKey) {
        const auto text = fmt::format(
            "private_key={}\nreplace_peers=true\npublic_key={}\npreshared_key={}\n"
            "endpoint=192.0.2.1:51820\nallowed_ip=10.0.0.{}/32\n",
            hexOf(theirKey.bytes().reveal()),
            hexOf(ours.publicKey().bytes),
            hexOf(theirs.presharedKey().reveal()),
            kOurs);
        WEFT_ASSIGN_OR_RETURN(const auto answer, ask('I', bytesOf(text)));
        return answer.empty() ? okStatus()
                              : internalError("{}", std::string(answer.begin(), answer.end()));
    }

    StatusOr<TransportKeys> begun(const LocalIdentity& ours, RemoteIdentity& theirs) {
        std::array<std::uint8_t, kInitiationBytes> initiation{};
        const auto stamp = Tai64n::from(WallTime(std::chrono::seconds(1 + number(2'000'000'000))));
        WEFT_ASSIGN_OR_RETURN(
            const auto state, begin(ours, theirs, fresh(), stamp, number(~0U), initiation));
        WEFT_RETURN_IF_ERROR(send('D', initiation));
        WEFT_ASSIGN_OR_RETURN(const auto response, expect('D'));
        if (!ours.verifyMac1(response)) {
            return unauthenticated("MAC1 of the response");
        }
        return readResponse(state, ours, theirs, response);
    }

    StatusOr<TransportKeys> answered(const LocalIdentity& ours, RemoteIdentity& theirs) {
        waiting_ = innerPacket(kTheirs, kOurs);
        WEFT_RETURN_IF_ERROR(send('P', waiting_));
        WEFT_ASSIGN_OR_RETURN(const auto initiation, expect('D'));
        if (!ours.verifyMac1(initiation)) {
            return unauthenticated("MAC1 of the initiation");
        }
        WEFT_ASSIGN_OR_RETURN(auto received, readInitiation(ours, initiation));
        WEFT_ASSIGN_OR_RETURN(auto accepted, acceptInitiation(std::move(received), ours, theirs));
        const auto age = std::chrono::system_clock::now() - accepted.stamp.toWallTime();
        if (std::chrono::abs(age) > std::chrono::minutes(1)) {
            return internalError("their stamp is not of this minute");
        }
        std::array<std::uint8_t, kResponseBytes> response{};
        auto keys = respond(std::move(accepted), theirs, fresh(), number(~0U), response);
        WEFT_RETURN_IF_ERROR(keys.status());
        WEFT_RETURN_IF_ERROR(send('D', response));
        return keys;
    }

    Status sendOne(const Ends& ends, std::uint64_t counter) {
        const auto inner = innerPacket(kOurs, kTheirs);
        ByteVector message(kTransportMinBytes + inner.size());
        const std::span whole(message);
        writeTransportHeader(
            whole.first<kTransportHeaderBytes>(),
            {.receiverIndex = ends.remoteIndex, .counter = counter});
        ends.send.seal(whole.subspan(kTransportHeaderBytes), inner, {}, counter);
        WEFT_RETURN_IF_ERROR(send('D', message));
        WEFT_ASSIGN_OR_RETURN(const auto arrived, expect('P'));
        return arrived == inner ? okStatus() : internalError("their tunnel got another packet");
    }

    /// The packet that waits in their tunnel comes; keepalives before it are passed over.
    Status takeFirst(const Ends& ends) {
        ByteVector inner;
        while (inner.empty()) {
            WEFT_ASSIGN_OR_RETURN(const auto message, expect('D'));
            const auto header = readTransportHeader(message);
            if (!header.has_value() || header->receiverIndex != ends.localIndex) {
                return internalError("no transport message for us");
            }
            inner.resize(message.size() - kTransportMinBytes);
            if (!ends.receive.open(
                    inner,
                    std::span(message).subspan(kTransportHeaderBytes),
                    {},
                    header->counter)) {
                return unauthenticated("their packet does not open");
            }
        }
        return withoutPadding(std::move(inner)) == waiting_
                   ? okStatus()
                   : internalError("their packet came out as another");
    }

    ByteVector waiting_;
};

TEST_F(WireGuardGoHandshake, AgreesWithOursAndDataCrossesBothWays) {
    for (int i = 0; i < kHandshakes; ++i) {
        const bool weBegin = i % 2 == 0;
        const bool withPresharedKey = i % 4 >= 2;
        const auto status = run(weBegin, withPresharedKey);
        ASSERT_TRUE(status.ok()) << "handshake " << i << (weBegin ? ", begun by us" : "")
                                 << (withPresharedKey ? ", preshared key: " : ": ") << status;
    }
}

class WireGuardGoCookies : public WireGuardGo {
protected:
    static ByteVector join(
        const crypto::WireGuardPublicKey& key, std::span<const std::uint8_t> message) {
        ByteVector joined(key.bytes.begin(), key.bytes.end());
        joined.insert(joined.end(), message.begin(), message.end());
        return joined;
    }

    const net::Endpoint source_ = net::Endpoint::parse("192.0.2.9:4500").value();
    const TimePoint now_{std::chrono::hours(1)};
};

TEST_F(WireGuardGoCookies, AreTakenByUsAndKnownAgainByThem) {
    const LocalIdentity ours(fresh());
    const auto theirKey = fresh();
    RemoteIdentity theirs(theirKey.publicKey());
    for (int i = 0; i < kCookies; ++i) {
        CookieKeeper keeper;
        std::array<std::uint8_t, kInitiationBytes> message{};
        ASSERT_TRUE(begin(ours, theirs, fresh(), {}, number(~0U), message).ok());
        keeper.finish(message, now_);

        const auto reply = ask('M', join(theirKey.publicKey(), message));
        ASSERT_TRUE(reply.ok()) << reply.status();
        EXPECT_EQ(receiverIndexOf(*reply), senderIndexOf(message));
        const auto firstVerdict = ask('V', message);
        const auto taken = keeper.readReply(*reply, theirKey.publicKey(), now_);
        ASSERT_TRUE(taken.ok()) << taken;
        keeper.finish(message, now_);
        const auto verdict = ask('V', message);

        ASSERT_TRUE(firstVerdict.ok() && verdict.ok());
        ASSERT_EQ(*firstVerdict, ByteVector{1});
        ASSERT_EQ(*verdict, ByteVector{3});
    }
}

TEST_F(WireGuardGoCookies, OfOursAreTakenByThemAndKnownAgainByUs) {
    const LocalIdentity ours(fresh());
    CookieChecker checker(ours.publicKey());
    for (int i = 0; i < kCookies; ++i) {
        ByteVector message(kInitiationBytes);
        random_.fill(message);

        const auto first = ask('A', join(ours.publicKey(), message));
        ASSERT_TRUE(first.ok()) << first.status();
        ASSERT_TRUE(ours.verifyMac1(*first));
        ASSERT_FALSE(checker.verifyMac2(*first, source_, now_));
        std::array<std::uint8_t, kCookieReplyBytes> reply{};
        checker.writeReply(*first, source_, now_, random_, reply);
        const auto second = ask('R', reply);

        ASSERT_TRUE(second.ok()) << second.status();
        ASSERT_EQ(second->size(), kInitiationBytes) << "they did not take the cookie";
        ASSERT_TRUE(ours.verifyMac1(*second));
        ASSERT_TRUE(checker.verifyMac2(*second, source_, now_));
    }
}

}  // namespace
}  // namespace weft::wireguard
