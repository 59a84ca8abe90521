// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/certificate.h"

#include "tests/core/crypto/certificate_samples.h"
#include "tests/core/crypto/pem_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::crypto {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(CertificateRequest, CarriesTheNamesItWasMadeWith) {
    const auto request = makeCertificateRequest(
        generateTlsKey().value(),
        {.commonName = "alpha", .dnsNames = {"alpha.example"}, .ipAddresses = {"10.0.0.1", "::1"}});

    ASSERT_TRUE(request.ok()) << toString(request.status());
    const auto asked = inspectCertificateRequest(*request);
    ASSERT_TRUE(asked.ok()) << toString(asked.status());
    EXPECT_EQ(asked->commonName, "alpha");
    EXPECT_THAT(asked->dnsNames, ElementsAre("alpha.example"));
    EXPECT_THAT(asked->ipAddresses, ElementsAre("10.0.0.1", "::1"));
}

TEST(CertificateRequest, MayAskForNothing) {
    const auto request = makeCertificateRequest(generateTlsKey().value(), {});

    ASSERT_TRUE(request.ok());
    EXPECT_EQ(inspectCertificateRequest(*request)->commonName, "");
}

TEST(CertificateRequest, NeedsAKey) {
    const SecretBytes garbage(std::string_view("garbage"));

    EXPECT_EQ(
        makeCertificateRequest(garbage, {.commonName = "a"}).status().code(),
        StatusCode::kInvalidArgument);
}

TEST(InspectCertificate, RefusesWhatIsNone) {
    const auto pem = makeAuthority().certificatePem();
    const std::string wrong[] = {
        "",
        "garbage",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        pem.substr(0, pem.size() / 2),
        makeRequest(),
        std::string(64 * 1024 + 1, '\n') + pem,
        std::string(tests::kTwoCommonNames),
        std::string(tests::kZeroByteInDnsName),
        std::string(tests::kThreeByteAddress),
    };

    for (const auto& text : wrong) {
        EXPECT_EQ(inspectCertificate(text).status().code(), StatusCode::kInvalidArgument)
            << text.substr(0, 40);
    }
}

TEST(InspectCertificate, ReadsTheFirstOfSeveral) {
    const auto authority = makeAuthority();
    const auto leaf = leafOf(authority);

    EXPECT_EQ(
        inspectCertificate(leaf + authority.certificatePem())->fingerprint,
        inspectCertificate(leaf)->fingerprint);
}

TEST(InspectCertificate, TakesAnExpiryBeyondTheClockAsTheLastMoment) {
    const auto info = inspectCertificate(tests::kForever);

    ASSERT_TRUE(info.ok()) << toString(info.status());
    EXPECT_GT(info->notAfter, kNow + 200 * 365 * kDay);
    EXPECT_EQ(info->commonName, "forever");
    EXPECT_FALSE(info->isAuthority);
}

TEST(InspectCertificate, FingerprintIsTheDigestOfTheDer) {
    // `openssl x509 -fingerprint -sha256` of the sample.
    EXPECT_EQ(
        inspectCertificate(tests::kForever)->fingerprint,
        "c13e8c9a067f98b7453c9e075c53c3913c33279f8b65feb5e7956cde863669e2");
}

TEST(InspectCertificate, SurvivesAByteChanged) {
    const auto pem = leafOf(makeAuthority());
    std::size_t read = 0;

    for (std::size_t at = 0; at < 600; at += 4) {
        const auto info = inspectCertificate(withByteChanged(pem, at, 0x81));
        read += info.ok() ? 1U : 0U;
        EXPECT_TRUE(info.ok() || info.status().code() == StatusCode::kInvalidArgument) << at;
    }
    // Changes in the signature or the key leave a certificate that can be read.
    EXPECT_GT(read, 15U);
}

TEST(VerifyCertificate, AcceptsALeafOfTheAuthorityWhileItIsValid) {
    const auto authority = makeAuthority();
    const auto leaf = leafOf(authority);

    for (const auto when : {kNow - 5min, kNow, kNow + 30 * kDay - 1s}) {
        EXPECT_TRUE(verifyCertificate(leaf, authority.certificatePem(), when).ok());
    }
}

TEST(VerifyCertificate, RefusesOutsideOfTheValidity) {
    const auto authority = makeAuthority();
    const auto leaf = leafOf(authority);

    const auto late = verifyCertificate(leaf, authority.certificatePem(), kNow + 30 * kDay + 1s);
    const auto early = verifyCertificate(leaf, authority.certificatePem(), kNow - 5min - 1s);

    EXPECT_EQ(late.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(late), HasSubstr("expired"));
    EXPECT_EQ(early.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(early), HasSubstr("not yet valid"));
}

TEST(VerifyCertificate, RefusesAnotherAuthorityEvenOfTheSameName) {
    const auto leaf = leafOf(makeAuthority("home"));

    const auto status = verifyCertificate(leaf, makeAuthority("home").certificatePem(), kNow);

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(status), HasSubstr("not issued by this authority"));
}

TEST(VerifyCertificate, FindsTheRightOneOfSeveralAuthorities) {
    const auto first = makeAuthority("first");
    const auto second = makeAuthority("second");
    const auto both = first.certificatePem() + second.certificatePem();

    EXPECT_TRUE(verifyCertificate(leafOf(first), both, kNow).ok());
    EXPECT_TRUE(verifyCertificate(leafOf(second), both, kNow).ok());
    EXPECT_FALSE(verifyCertificate(leafOf(makeAuthority("third")), both, kNow).ok());
}

TEST(VerifyCertificate, RefusesALeafThatPlaysAuthority) {
    const auto authority = makeAuthority();
    const auto key = generateTlsKey().value();
    const auto leaf = authority.issue(makeRequest(key), {.commonName = "a"}, kNow, kDay).value();

    EXPECT_EQ(
        verifyCertificate(leafOf(authority), leaf, kNow).code(), StatusCode::kUnauthenticated);
}

TEST(VerifyCertificate, TellsABadCertificateFromABadAuthority) {
    const auto authority = makeAuthority();

    EXPECT_EQ(
        verifyCertificate("garbage", authority.certificatePem(), kNow).code(),
        StatusCode::kUnauthenticated);
    EXPECT_EQ(
        verifyCertificate(leafOf(authority), "garbage", kNow).code(), StatusCode::kInvalidArgument);
}

TEST(VerifyCertificate, RefusesALeafOfWhichAByteWasChanged) {
    const auto authority = makeAuthority();
    const auto leaf = leafOf(authority);

    for (std::size_t at = 0; at < 600; at += 7) {
        EXPECT_EQ(
            verifyCertificate(withByteChanged(leaf, at, 0x01), authority.certificatePem(), kNow)
                .code(),
            StatusCode::kUnauthenticated)
            << at;
    }
}

TEST(CheckKeyPair, TellsWhetherTheKeyBelongsToTheCertificate) {
    const auto authority = makeAuthority();

    EXPECT_TRUE(checkKeyPair(authority.keyPem(), authority.certificatePem()).ok());
    EXPECT_EQ(
        checkKeyPair(generateTlsKey().value(), authority.certificatePem()).code(),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(
        checkKeyPair(SecretBytes(), authority.certificatePem()).code(),
        StatusCode::kInvalidArgument);
}

TEST(IsDnsName, TellsHostNamesFromNodeIds) {
    EXPECT_TRUE(isDnsName("alpha"));
    EXPECT_TRUE(isDnsName("Alpha-1.home.internal"));
    for (const auto* const id : {"", "two words", "büro", "10.0.0.1", "::1", "a:1", "-a", "1"}) {
        EXPECT_FALSE(isDnsName(id)) << id;
    }
}

TEST(GenerateTlsKey, MakesAPlainPkcs8Key) {
    const auto first = generateTlsKey().value();
    const auto second = generateTlsKey().value();

    EXPECT_THAT(std::string(first.revealText()), HasSubstr("-----BEGIN PRIVATE KEY-----"));
    EXPECT_FALSE(equalInConstantTime(first, second));
}

}  // namespace
}  // namespace weft::crypto
