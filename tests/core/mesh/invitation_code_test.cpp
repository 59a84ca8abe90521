// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/invitation_code.h"

#include "core/base/text.h"
#include "core/crypto/digest.h"

#include <gmock/gmock.h>

#include <random>

namespace weft::mesh {
namespace {

using ::testing::HasSubstr;

InvitationCode sample() {
    InvitationCode code;
    code.invitationId = "Ab3dEf6hIj";
    code.secret = std::string(16, '\x7f');
    code.authorityFingerprint = crypto::asString(crypto::sha256("authority"));
    code.expiresAt = WallTime(std::chrono::seconds(1'800'000'000));
    code.addresses = {"192.0.2.1:8443", "[2001:db8::1]:8443", "lab.example:443"};
    return code;
}

std::string refusalOf(std::string_view text) {
    const auto code = InvitationCode::parse(text);
    EXPECT_EQ(code.status().code(), StatusCode::kInvalidArgument) << text;
    return messageOf(code.status());
}

/// A code of these bytes with a checksum that fits.
std::string withChecksum(std::string bytes) {
    bytes += crypto::asString(crypto::sha256(bytes)).substr(0, 4);
    return "weft1-" + base::base64UrlEncode(bytes);
}

TEST(InvitationCode, RoundTrips) {
    const auto code = sample();

    const auto back = InvitationCode::parse(code.toString());

    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(back->invitationId, code.invitationId);
    EXPECT_EQ(back->secret, code.secret);
    EXPECT_EQ(back->authorityFingerprint, code.authorityFingerprint);
    EXPECT_EQ(back->expiresAt, code.expiresAt);
    EXPECT_EQ(back->addresses, code.addresses);
}

TEST(InvitationCode, IsShort) {
    auto code = sample();
    code.addresses = {"192.0.2.1:8443"};

    EXPECT_LE(code.toString().size(), 120U);
}

TEST(InvitationCode, ForgivesSpaceAndScheme) {
    const auto text = sample().toString();
    const auto broken = "  weft://" + text.substr(0, 20) + "\r\n\t" + text.substr(20) + " \n";

    EXPECT_TRUE(InvitationCode::parse(broken).ok());
    EXPECT_TRUE(InvitationCode::parse("weft:" + text).ok());
}

TEST(InvitationCode, TellsMistypedFromOtherText) {
    const auto text = sample().toString();

    EXPECT_THAT(refusalOf(""), HasSubstr("not an invitation code"));
    EXPECT_THAT(refusalOf("hello"), HasSubstr("not an invitation code"));
    EXPECT_THAT(refusalOf("https://example.org/weft1-"), HasSubstr("not an invitation code"));
    EXPECT_THAT(refusalOf(std::string(5000, 'A')), HasSubstr("not an invitation code"));
    EXPECT_THAT(refusalOf("weft1-"), HasSubstr("incomplete"));
    EXPECT_THAT(refusalOf(text.substr(0, text.size() - 1)), HasSubstr("incomplete"));
    EXPECT_THAT(refusalOf("weft1-!!!!"), HasSubstr("incomplete"));
    EXPECT_THAT(refusalOf("weft2-AAAA"), HasSubstr("newer version"));
    EXPECT_THAT(refusalOf(withChecksum("\x02 what comes later")), HasSubstr("newer version"));
}

TEST(InvitationCode, EveryChangedCharacterIsNoticed) {
    const auto text = sample().toString();

    for (std::size_t at = 6; at < text.size(); ++at) {
        auto changed = text;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(InvitationCode::parse(changed).ok()) << at;
    }
}

TEST(InvitationCode, RefusesContentThatMakesNoSense) {
    const std::string head = std::string("\x01") + "\x6b\x49\xd2\x01" + std::string(32, 'f');
    const std::string id = "\x02id";
    const std::string secret = std::string("\x10") + std::string(16, 's');
    const std::string none(1, '\0');

    EXPECT_TRUE(InvitationCode::parse(withChecksum(head + id + secret + none)).ok());
    for (const auto& bytes :
         {head + none + secret + none,
          head + id + "\x0fsssssssssssssss" + none,
          head + id + secret + none + "x",
          head + id + secret + "\x05" + "\x01" + "a",
          head + id + secret + "\x01\x09" + "no port x",
          head + std::string("\x02i/") + secret + none,
          head + id + secret + "\x01\x05:8443",
          head,
          std::string("\x01"),
          head + std::string("\xff") + "short"}) {
        EXPECT_FALSE(InvitationCode::parse(withChecksum(bytes)).ok());
    }
}

TEST(InvitationCode, SurvivesGarbage) {
    std::minstd_rand random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes(random() % 90, '\0');
        for (auto& byte : bytes) {
            byte = static_cast<char>(random());
        }
        if (!bytes.empty()) {
            bytes[0] = '\x01';
        }
        EXPECT_FALSE(InvitationCode::parse(bytes).ok());
        const auto parsed = InvitationCode::parse(withChecksum(bytes));
        if (parsed.ok()) {
            EXPECT_EQ(InvitationCode::parse(parsed->toString())->secret, parsed->secret);
        }
    }
}

}  // namespace
}  // namespace weft::mesh
