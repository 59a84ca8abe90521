// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/handshake.h"

#include "core/crypto/aead.h"
#include "core/wireguard/noise/detail/labels.h"
#include "core/wireguard/noise/detail/little_endian.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace weft::wireguard {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSenderAt = 4;

namespace initiation {
constexpr std::size_t kEphemeralAt = 8;
constexpr std::size_t kStaticAt = kEphemeralAt + kKeyBytes;
constexpr std::size_t kStaticBytes = kKeyBytes + kTagBytes;
constexpr std::size_t kStampAt = kStaticAt + kStaticBytes;
constexpr std::size_t kStampBytes = Tai64n::kBytes + kTagBytes;
static_assert(kStampAt + kStampBytes + kBothMacsBytes == kInitiationBytes);
}  // namespace initiation

namespace response {
constexpr std::size_t kReceiverAt = 8;
constexpr std::size_t kEphemeralAt = 12;
constexpr std::size_t kEmptyAt = kEphemeralAt + kKeyBytes;
static_assert(kEmptyAt + kTagBytes + kBothMacsBytes == kResponseBytes);
}  // namespace response

/// Zeroes a message that did not come about, unless it is told that it did.
class ZeroUnlessDone {
public:
    explicit ZeroUnlessDone(std::span<std::uint8_t> out) : out_(out) {}
    ZeroUnlessDone(const ZeroUnlessDone&) = delete;
    ZeroUnlessDone& operator=(const ZeroUnlessDone&) = delete;
    ~ZeroUnlessDone() { crypto::wipeMemory(out_); }

    void done() { out_ = {}; }

private:
    std::span<std::uint8_t> out_;
};

void mixHash(Transcript& transcript, crypto::Bytes input) {
    transcript.hash = crypto::blake2s256({transcript.hash, input});
}

void mixChain(Transcript& transcript, crypto::Bytes input) {
    transcript.chain = crypto::kdf1(transcript.chain, input);
}

/// The key for the next sealed field.
crypto::SecretKey32 mixKey(Transcript& transcript, const crypto::SecretKey32& input) {
    auto keys = crypto::kdf2(transcript.chain, input.reveal());
    transcript.chain = std::move(keys.first);
    return std::move(keys.second);
}

crypto::SecretKey32 mixPresharedKey(Transcript& transcript, const crypto::SecretKey32& input) {
    auto keys = crypto::kdf3(transcript.chain, input.reveal());
    transcript.chain = std::move(keys.first);
    mixHash(transcript, keys.second.reveal());
    return std::move(keys.third);
}

void sealField(
    Transcript& transcript,
    const crypto::SecretKey32& key,
    std::span<std::uint8_t> out,
    crypto::Bytes text) {
    crypto::aeadSealOnce(key, out, text, transcript.hash);
    mixHash(transcript, out);
}

bool openField(
    Transcript& transcript,
    const crypto::SecretKey32& key,
    std::span<std::uint8_t> out,
    crypto::Bytes sealed) {
    if (!crypto::aeadOpenOnce(key, out, sealed, transcript.hash)) {
        return false;
    }
    mixHash(transcript, sealed);
    return true;
}

struct Start {
    crypto::Blake2sDigest chain;
    crypto::Blake2sDigest hash;
};

/// What both sides know before the first byte.
Transcript startFor(const crypto::WireGuardPublicKey& responder) {
    static const Start start = [] {
        const auto chain = crypto::blake2s256({detail::asBytes(detail::kConstruction)});
        const auto hash = crypto::blake2s256({chain, detail::asBytes(detail::kIdentifier)});
        return Start{chain, hash};
    }();
    Transcript transcript{.chain = crypto::SecretKey32(start.chain), .hash = start.hash};
    mixHash(transcript, responder.bytes);
    return transcript;
}

void mixEphemeral(Transcript& transcript, const crypto::WireGuardPublicKey& ephemeral) {
    mixChain(transcript, ephemeral.bytes);
    mixHash(transcript, ephemeral.bytes);
}

crypto::WireGuardPublicKey keyAt(std::span<const std::uint8_t> message, std::size_t at) {
    crypto::WireGuardPublicKey key;
    const auto field = message.subspan(at, kKeyBytes);
    std::copy(field.begin(), field.end(), key.bytes.begin());
    return key;
}

void writeKey(
    std::span<std::uint8_t> message, std::size_t at, const crypto::WireGuardPublicKey& key) {
    std::copy(
        key.bytes.begin(), key.bytes.end(), message.begin() + static_cast<std::ptrdiff_t>(at));
}

Status doesNotOpen(std::string_view field) {
    return unauthenticated("the {} does not open", field);
}

}  // namespace

StatusOr<InitiationState> begin(
    const LocalIdentity& local,
    RemoteIdentity& remote,
    crypto::X25519PrivateKey ephemeral,
    const Tai64n& stamp,
    std::uint32_t senderIndex,
    std::span<std::uint8_t, kInitiationBytes> out) {
    ZeroUnlessDone zero(out);
    WEFT_ASSIGN_OR_RETURN(const auto* const staticStatic, remote.sharedWith(local));
    WEFT_ASSIGN_OR_RETURN(const auto ephemeralStatic, ephemeral.agree(remote.key()));
    detail::storeLittleEndian(out, 0, static_cast<std::uint32_t>(MessageType::Initiation));
    detail::storeLittleEndian(out, kSenderAt, senderIndex);

    auto transcript = startFor(remote.key());
    writeKey(out, initiation::kEphemeralAt, ephemeral.publicKey());
    mixEphemeral(transcript, ephemeral.publicKey());

    const auto keyForStatic = mixKey(transcript, ephemeralStatic);
    sealField(
        transcript,
        keyForStatic,
        out.subspan<initiation::kStaticAt, initiation::kStaticBytes>(),
        local.publicKey().bytes);

    const auto keyForStamp = mixKey(transcript, *staticStatic);
    sealField(
        transcript,
        keyForStamp,
        out.subspan<initiation::kStampAt, initiation::kStampBytes>(),
        stamp.bytes);

    writeMac1(out, remote.key());
    zero.done();
    return InitiationState{
        .transcript = std::move(transcript),
        .ephemeral = std::move(ephemeral),
        .localIndex = senderIndex,
    };
}

StatusOr<ReceivedInitiation> readInitiation(
    const LocalIdentity& local, std::span<const std::uint8_t> message) {
    if (messageTypeOf(message) != MessageType::Initiation) {
        return invalidArgument("no initiation");
    }
    ReceivedInitiation received{
        .claimedKey = {},
        .senderIndex = senderIndexOf(message),
        .transcript = startFor(local.publicKey()),
        .ephemeral = keyAt(message, initiation::kEphemeralAt),
    };
    mixEphemeral(received.transcript, received.ephemeral);

    WEFT_ASSIGN_OR_RETURN(const auto ephemeralStatic, local.key().agree(received.ephemeral));
    const auto keyForStatic = mixKey(received.transcript, ephemeralStatic);
    if (!openField(
            received.transcript,
            keyForStatic,
            received.claimedKey.bytes,
            message.subspan(initiation::kStaticAt, initiation::kStaticBytes))) {
        return doesNotOpen("static key");
    }
    const auto stamp = message.subspan(initiation::kStampAt, initiation::kStampBytes);
    std::copy(stamp.begin(), stamp.end(), received.sealedStamp.begin());
    return received;
}

StatusOr<AcceptedInitiation> acceptInitiation(
    ReceivedInitiation received, const LocalIdentity& local, RemoteIdentity& remote) {
    if (received.claimedKey != remote.key()) {
        return invalidArgument("the initiation is another peer's");
    }
    WEFT_ASSIGN_OR_RETURN(const auto* const staticStatic, remote.sharedWith(local));
    AcceptedInitiation accepted{
        .stamp = {},
        .senderIndex = received.senderIndex,
        .transcript = std::move(received.transcript),
        .ephemeral = received.ephemeral,
    };
    const auto keyForStamp = mixKey(accepted.transcript, *staticStatic);
    if (!openField(accepted.transcript, keyForStamp, accepted.stamp.bytes, received.sealedStamp)) {
        return doesNotOpen("stamp");
    }
    return accepted;
}

StatusOr<TransportKeys> respond(
    AcceptedInitiation accepted,
    const RemoteIdentity& remote,
    const crypto::X25519PrivateKey& ephemeral,
    std::uint32_t senderIndex,
    std::span<std::uint8_t, kResponseBytes> out) {
    ZeroUnlessDone zero(out);
    auto& transcript = accepted.transcript;
    WEFT_ASSIGN_OR_RETURN(const auto ephemerals, ephemeral.agree(accepted.ephemeral));
    WEFT_ASSIGN_OR_RETURN(const auto ephemeralStatic, ephemeral.agree(remote.key()));
    detail::storeLittleEndian(out, 0, static_cast<std::uint32_t>(MessageType::Response));
    detail::storeLittleEndian(out, kSenderAt, senderIndex);
    detail::storeLittleEndian(out, response::kReceiverAt, accepted.senderIndex);

    writeKey(out, response::kEphemeralAt, ephemeral.publicKey());
    mixEphemeral(transcript, ephemeral.publicKey());
    mixChain(transcript, ephemerals.reveal());
    mixChain(transcript, ephemeralStatic.reveal());

    const auto keyForEmpty = mixPresharedKey(transcript, remote.presharedKey());
    sealField(transcript, keyForEmpty, out.subspan<response::kEmptyAt, kTagBytes>(), {});

    writeMac1(out, remote.key());
    zero.done();
    auto keys = crypto::kdf2(transcript.chain, {});
    return TransportKeys{
        .send = std::move(keys.second),
        .receive = std::move(keys.first),
        .localIndex = senderIndex,
        .remoteIndex = accepted.senderIndex,
        .initiator = false,
    };
}

StatusOr<TransportKeys> readResponse(
    const InitiationState& state,
    const LocalIdentity& local,
    const RemoteIdentity& remote,
    std::span<const std::uint8_t> message) {
    if (messageTypeOf(message) != MessageType::Response) {
        return invalidArgument("no response");
    }
    if (receiverIndexOf(message) != state.localIndex) {
        return invalidArgument("the response is to another initiation");
    }
    const auto theirs = keyAt(message, response::kEphemeralAt);
    WEFT_ASSIGN_OR_RETURN(const auto ephemerals, state.ephemeral.agree(theirs));
    WEFT_ASSIGN_OR_RETURN(const auto staticEphemeral, local.key().agree(theirs));

    Transcript transcript{.chain = state.transcript.chain.clone(), .hash = state.transcript.hash};
    mixEphemeral(transcript, theirs);
    mixChain(transcript, ephemerals.reveal());
    mixChain(transcript, staticEphemeral.reveal());

    const auto keyForEmpty = mixPresharedKey(transcript, remote.presharedKey());
    if (!openField(transcript, keyForEmpty, {}, message.subspan(response::kEmptyAt, kTagBytes))) {
        return doesNotOpen("response");
    }
    auto keys = crypto::kdf2(transcript.chain, {});
    return TransportKeys{
        .send = std::move(keys.first),
        .receive = std::move(keys.second),
        .localIndex = state.localIndex,
        .remoteIndex = senderIndexOf(message),
        .initiator = true,
    };
}

}  // namespace weft::wireguard
