// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/invitation_code.h"

#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/net/endpoint.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>

namespace weft::mesh {
namespace {

// Binary form: version (1), expiry in unix seconds (4, big-endian), fingerprint (32), then with one
// byte of length in front of each: id, secret; number of addresses (1) and each of them the same
// way; at last the first 4 bytes of SHA-256 over all of it.
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kFingerprintBytes = 32;
constexpr std::size_t kChecksumBytes = 4;
constexpr std::size_t kMinSecretBytes = 16;
constexpr std::size_t kMaxIdBytes = 64;
constexpr std::size_t kMaxAddresses = 4;
/// Four names of full length still fit.
constexpr std::size_t kMaxTextBytes = 4096;
constexpr std::string_view kPrefix = "weft1-";

/// Takes bytes off the front; anything missing is remembered.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    std::string_view take(std::size_t count) {
        if (bytes_.size() < count) {
            failed_ = true;
            bytes_ = {};
            return {};
        }
        const auto taken = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return taken;
    }
    std::uint32_t number(std::size_t bytes) {
        std::uint32_t value = 0;
        for (const char byte : take(bytes)) {
            value = (value << 8U) | static_cast<std::uint8_t>(byte);
        }
        return value;
    }
    std::string text() { return std::string(take(number(1))); }
    bool whole() const { return !failed_ && bytes_.empty(); }

private:
    std::string_view bytes_;
    bool failed_ = false;
};

void appendShort(std::string& out, std::string_view text) {
    const auto length = std::min<std::size_t>(text.size(), 255);
    out.push_back(static_cast<char>(length));
    out += text.substr(0, length);
}

std::string checksumOf(std::string_view bytes) {
    return crypto::asString(crypto::sha256(bytes)).substr(0, kChecksumBytes);
}

bool isSpace(char symbol) {
    return symbol == ' ' || (symbol >= '\t' && symbol <= '\r');
}

std::string withoutSpaceAndScheme(std::string_view text) {
    std::string bare;
    std::ranges::copy_if(
        text, std::back_inserter(bare), [](char symbol) { return !isSpace(symbol); });
    for (const std::string_view scheme : {"weft://", "weft:"}) {
        if (bare.starts_with(scheme)) {
            bare.erase(0, scheme.size());
            break;
        }
    }
    return bare;
}

/// "weft7-...": the number, when there is one.
std::optional<int> formatNumber(std::string_view text) {
    constexpr std::string_view kName = "weft";
    const auto dash = text.find('-');
    if (!text.starts_with(kName) || dash == std::string_view::npos) {
        return std::nullopt;
    }
    int number = 0;
    const auto* last = text.data() + dash;
    const auto parsed = std::from_chars(text.data() + kName.size(), last, number);
    return parsed.ec == std::errc{} && parsed.ptr == last ? std::optional(number) : std::nullopt;
}

Status notACode() {
    return invalidArgument("this is not an invitation code");
}

Status incomplete() {
    return invalidArgument(
        "this invitation code is incomplete or mistyped: copy the whole of it again");
}

Status newer() {
    return invalidArgument(
        "this invitation code was made by a newer version of Weft: update first");
}

Status validate(const InvitationCode& code) {
    if (code.invitationId.empty() || code.invitationId.size() > kMaxIdBytes
        || code.secret.size() < kMinSecretBytes || code.addresses.size() > kMaxAddresses) {
        return notACode();
    }
    const auto plain = [](char symbol) { return symbol > ' ' && symbol <= '~' && symbol != '/'; };
    if (!std::ranges::all_of(code.invitationId, plain)) {
        return notACode();
    }
    for (const auto& address : code.addresses) {
        const auto parsed = net::HostPort::parse(address);
        if (!parsed.ok() || parsed->host.empty()) {
            return notACode();
        }
    }
    return okStatus();
}

StatusOr<std::string> checkedBytes(std::string_view text) {
    const auto bytes = base::base64UrlDecode(text);
    if (!bytes || bytes->size() <= kChecksumBytes || base::base64UrlEncode(*bytes) != text) {
        return incomplete();
    }
    auto content = bytes->substr(0, bytes->size() - kChecksumBytes);
    if (checksumOf(content) != bytes->substr(content.size())) {
        return incomplete();
    }
    return content;
}

}  // namespace

StatusOr<InvitationCode> InvitationCode::parse(std::string_view text) {
    if (text.size() > kMaxTextBytes) {
        return notACode();
    }
    const auto bare = withoutSpaceAndScheme(text);
    const auto number = formatNumber(bare);
    if (number && *number > 1) {
        return newer();
    }
    if (!bare.starts_with(kPrefix)) {
        return notACode();
    }
    WEFT_ASSIGN_OR_RETURN(
        const auto bytes, checkedBytes(std::string_view(bare).substr(kPrefix.size())));
    Reader reader(bytes);
    if (reader.number(1) != kVersion) {
        return newer();
    }
    InvitationCode code;
    code.expiresAt = WallTime(std::chrono::seconds(reader.number(4)));
    code.authorityFingerprint = reader.take(kFingerprintBytes);
    code.invitationId = reader.text();
    code.secret = reader.text();
    const auto count = reader.number(1);
    for (std::uint32_t index = 0; index < count && index <= kMaxAddresses; ++index) {
        code.addresses.push_back(reader.text());
    }
    if (!reader.whole()) {
        return notACode();
    }
    WEFT_RETURN_IF_ERROR(validate(code));
    return code;
}

std::string InvitationCode::toString() const {
    std::string bytes;
    bytes.push_back(static_cast<char>(kVersion));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(expiresAt.time_since_epoch());
    const auto expiry = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(seconds.count(), 0, std::int64_t{0xffffffff}));
    for (const int shift : {24, 16, 8, 0}) {
        bytes.push_back(static_cast<char>((expiry >> shift) & 0xffU));
    }
    auto fingerprint = authorityFingerprint;
    fingerprint.resize(kFingerprintBytes, '\0');
    bytes += fingerprint;
    appendShort(bytes, invitationId);
    appendShort(bytes, secret);
    const auto count = std::min(addresses.size(), kMaxAddresses);
    bytes.push_back(static_cast<char>(count));
    for (std::size_t index = 0; index < count; ++index) {
        appendShort(bytes, addresses[index]);
    }
    bytes += checksumOf(bytes);
    return std::string(kPrefix) + base::base64UrlEncode(bytes);
}

}  // namespace weft::mesh
