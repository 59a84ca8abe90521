// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/certificate.h"

#include "core/base/text.h"
#include "tests/core/crypto/pem_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace weft::crypto {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

constexpr auto kDay = std::chrono::hours(24);
constexpr WallTime kNow{std::chrono::seconds(1767225600)};  // 2026-01-01

using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;
using X509Ptr = std::unique_ptr<X509, decltype(&X509_free)>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

CertificateAuthority makeAuthority(std::string_view name = "home") {
    return CertificateAuthority::create(name, kNow, 3650 * kDay).value();
}

std::string makeRequest(const SecretBytes& key) {
    return makeCertificateRequest(key, {.commonName = "asked-for", .dnsNames = {"asked.example"}})
        .value();
}

std::string makeRequest() {
    return makeRequest(generateTlsKey().value());
}

X509Ptr parse(const std::string& pem) {
    const BioPtr reader(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    return {PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr), X509_free};
}

std::string encrypted(const SecretBytes& keyPem) {
    const auto text = keyPem.revealText();
    const BioPtr reader(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
    const PkeyPtr key(
        PEM_read_bio_PrivateKey(reader.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    const BioPtr memory(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PKCS8PrivateKey(
        memory.get(), key.get(), EVP_aes_128_cbc(), "secret", 6, nullptr, nullptr);
    char* data = nullptr;
    const auto length = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

/// The DER of the first PEM block of `pem` with one byte changed, as PEM again.
std::string withByteChanged(const std::string& pem, std::size_t at, std::uint8_t mask) {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long length = 0;
    const BioPtr reader(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    EXPECT_EQ(PEM_read_bio(reader.get(), &name, &header, &data, &length), 1);
    data[at % static_cast<std::size_t>(length)] ^= mask;
    const BioPtr memory(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio(memory.get(), name, header, data, length);
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
    char* text = nullptr;
    const auto size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string leafOf(const CertificateAuthority& authority, std::chrono::hours lifetime = 30 * kDay) {
    return authority
        .issue(
            makeRequest(),
            {.commonName = "alpha",
             .dnsNames = {"alpha.home.internal", "alpha"},
             .ipAddresses = {"172.16.0.1", "fdfd:e82c:4973::1"}},
            kNow,
            lifetime)
        .value();
}

TEST(CertificateAuthority, SaysWhatItIs) {
    const auto authority = makeAuthority("home mesh");

    const auto& info = authority.info();
    EXPECT_EQ(info.commonName, "home mesh");
    EXPECT_TRUE(info.isAuthority);
    EXPECT_EQ(info.notBefore, kNow - 5min);
    EXPECT_EQ(info.notAfter, kNow + 3650 * kDay);
    EXPECT_THAT(info.serial, MatchesRegex("[4-7][0-9a-f]{31}"));
    EXPECT_THAT(info.fingerprint, MatchesRegex("[0-9a-f]{64}"));
    EXPECT_TRUE(
        verifyCertificate(authority.certificatePem(), authority.certificatePem(), kNow).ok());
}

TEST(CertificateAuthority, MaySignCertificatesButNoAuthorityBelowIt) {
    const auto certificate = parse(makeAuthority().certificatePem());

    ASSERT_NE(certificate, nullptr);
    EXPECT_EQ(X509_get_pathlen(certificate.get()), 0);
    EXPECT_EQ(
        X509_get_key_usage(certificate.get()),
        static_cast<std::uint32_t>(KU_KEY_CERT_SIGN | KU_CRL_SIGN));
    EXPECT_NE(X509_get0_subject_key_id(certificate.get()), nullptr);
    EXPECT_NE(X509_get0_authority_key_id(certificate.get()), nullptr);
    EXPECT_EQ(EVP_PKEY_get_bits(X509_get0_pubkey(certificate.get())), 256);
}

TEST(CertificateAuthority, IssuesExactlyTheNamesItIsTold) {
    const auto authority = makeAuthority();

    const auto info = inspectCertificate(leafOf(authority));

    ASSERT_TRUE(info.ok()) << toString(info.status());
    EXPECT_EQ(info->commonName, "alpha");
    EXPECT_THAT(info->dnsNames, ElementsAre("alpha.home.internal", "alpha"));
    EXPECT_THAT(info->ipAddresses, ElementsAre("172.16.0.1", "fdfd:e82c:4973::1"));
    EXPECT_FALSE(info->isAuthority);
    EXPECT_EQ(info->notBefore, kNow - 5min);
    EXPECT_EQ(info->notAfter, kNow + 30 * kDay);
}

TEST(CertificateAuthority, IssuesForServersAndClientsAlone) {
    const auto authority = makeAuthority();
    const auto leaf = parse(leafOf(authority));
    const auto issuer = parse(authority.certificatePem());

    EXPECT_EQ(
        X509_get_extended_key_usage(leaf.get()),
        static_cast<std::uint32_t>(XKU_SSL_SERVER | XKU_SSL_CLIENT));
    EXPECT_EQ(X509_get_key_usage(leaf.get()), static_cast<std::uint32_t>(KU_DIGITAL_SIGNATURE));
    EXPECT_EQ(
        ASN1_OCTET_STRING_cmp(
            X509_get0_authority_key_id(leaf.get()), X509_get0_subject_key_id(issuer.get())),
        0);
}

TEST(CertificateAuthority, IssuesForTheKeyOfTheRequest) {
    const auto authority = makeAuthority();
    const auto key = generateTlsKey().value();

    const auto leaf = authority.issue(makeRequest(key), {.commonName = "alpha"}, kNow, kDay);

    ASSERT_TRUE(leaf.ok());
    EXPECT_TRUE(checkKeyPair(key, *leaf).ok());
    EXPECT_THAT(inspectCertificate(*leaf)->dnsNames, IsEmpty());
}

TEST(CertificateAuthority, NeverIssuesForLongerThanItLives) {
    const auto authority = CertificateAuthority::create("home", kNow, 10 * kDay).value();

    EXPECT_EQ(inspectCertificate(leafOf(authority))->notAfter, kNow + 10 * kDay);
    EXPECT_EQ(
        inspectCertificate(leafOf(authority, std::chrono::hours::max()))->notAfter,
        kNow + 10 * kDay);
}

TEST(CertificateAuthority, GivesEachCertificateAnotherSerial) {
    const auto authority = makeAuthority();

    EXPECT_NE(
        inspectCertificate(leafOf(authority))->serial,
        inspectCertificate(leafOf(authority))->serial);
}

TEST(CertificateAuthority, RefusesToIssueOutsideItsOwnLife) {
    const auto authority = CertificateAuthority::create("home", kNow, 10 * kDay).value();
    const CertificateRequestParams params{.commonName = "alpha"};

    for (const auto when : {kNow + 10 * kDay, kNow + 20 * kDay, kNow - 1h}) {
        EXPECT_EQ(
            authority.issue(makeRequest(), params, when, kDay).status().code(),
            StatusCode::kFailedPrecondition);
    }
}

TEST(CertificateAuthority, RefusesLifetimesOutOfRange) {
    const auto authority = makeAuthority();

    for (const auto lifetime : {0h, -1h, std::chrono::hours::min()}) {
        EXPECT_EQ(
            authority.issue(makeRequest(), {.commonName = "a"}, kNow, lifetime).status().code(),
            StatusCode::kInvalidArgument);
        EXPECT_EQ(
            CertificateAuthority::create("home", kNow, lifetime).status().code(),
            StatusCode::kInvalidArgument);
    }
    EXPECT_EQ(
        CertificateAuthority::create("home", kNow, std::chrono::hours::max()).status().code(),
        StatusCode::kInvalidArgument);
}

TEST(CertificateAuthority, RefusesNamesThatDoNotFit) {
    const auto authority = makeAuthority();
    const auto request = makeRequest();
    const std::vector<std::string> manyNames(65, "a.example");
    const CertificateRequestParams wrong[] = {
        {.commonName = ""},
        {.commonName = std::string(65, 'a')},
        {.commonName = "bad\xFF"},
        {.commonName = std::string("a\0b", 3)},
        {.commonName = "a", .dnsNames = {""}},
        {.commonName = "a", .dnsNames = {"*.example"}},
        {.commonName = "a", .dnsNames = {"two words"}},
        {.commonName = "a", .dnsNames = {"a.example,DNS:evil.example"}},
        {.commonName = "a", .dnsNames = {std::string("a\0b", 3)}},
        {.commonName = "a", .dnsNames = {"10.0.0.1"}},
        {.commonName = "a", .dnsNames = {"a:80"}},
        {.commonName = "a", .dnsNames = {std::string(254, 'a')}},
        {.commonName = "a", .dnsNames = manyNames},
        {.commonName = "a", .ipAddresses = {"10.0.0.1/8"}},
        {.commonName = "a", .ipAddresses = {"host"}},
        {.commonName = "a", .ipAddresses = {""}},
    };

    for (const auto& params : wrong) {
        EXPECT_EQ(
            authority.issue(request, params, kNow, kDay).status().code(),
            StatusCode::kInvalidArgument)
            << params.commonName << ' ' << testing::PrintToString(params.dnsNames);
    }
}

TEST(CertificateAuthority, TakesTheMostNamesAndTheLongest) {
    const auto authority = makeAuthority();
    const CertificateRequestParams params{
        .commonName = std::string(64, 'a'), .dnsNames = std::vector<std::string>(64, "a.example")};

    const auto leaf = authority.issue(makeRequest(), params, kNow, kDay);

    ASSERT_TRUE(leaf.ok()) << toString(leaf.status());
    EXPECT_EQ(inspectCertificate(*leaf)->dnsNames.size(), 64U);
}

TEST(CertificateAuthority, KeepsACommonNameThatIsNotAscii) {
    const auto authority = makeAuthority();

    const auto leaf = authority.issue(makeRequest(), {.commonName = "büro / 1"}, kNow, kDay);

    ASSERT_TRUE(leaf.ok());
    EXPECT_EQ(inspectCertificate(*leaf)->commonName, "büro / 1");
}

TEST(CertificateAuthority, RefusesRequestsThatAreNone) {
    const auto authority = makeAuthority();
    const auto request = makeRequest();
    const std::string wrong[] = {
        "",
        "garbage",
        authority.certificatePem(),
        request.substr(0, request.size() / 2),
        std::string(tests::kWeakRequest),
        std::string(100'000, 'x'),
    };

    for (const auto& text : wrong) {
        EXPECT_EQ(
            authority.issue(text, {.commonName = "a"}, kNow, kDay).status().code(),
            StatusCode::kInvalidArgument);
        EXPECT_EQ(inspectCertificateRequest(text).status().code(), StatusCode::kInvalidArgument);
    }
}

TEST(CertificateAuthority, RefusesARequestOfWhichAByteWasChanged) {
    const auto authority = makeAuthority();
    const auto request = makeRequest();

    for (std::size_t at = 0; at < 400; at += 3) {
        const auto changed = withByteChanged(request, at, 0x01);
        EXPECT_EQ(
            authority.issue(changed, {.commonName = "a"}, kNow, kDay).status().code(),
            StatusCode::kInvalidArgument)
            << at;
    }
}

TEST(CertificateAuthority, LoadsWhatItSaved) {
    const auto authority = makeAuthority();

    const auto loaded = CertificateAuthority::load(authority.keyPem(), authority.certificatePem());

    ASSERT_TRUE(loaded.ok()) << toString(loaded.status());
    EXPECT_EQ(loaded->info().fingerprint, authority.info().fingerprint);
    EXPECT_TRUE(verifyCertificate(leafOf(*loaded), authority.certificatePem(), kNow).ok());
}

TEST(CertificateAuthority, LoadsOnlyAnAuthorityWithItsOwnPlainKey) {
    const auto authority = makeAuthority();
    const auto leafKey = generateTlsKey().value();
    const auto leaf =
        authority.issue(makeRequest(leafKey), {.commonName = "a"}, kNow, kDay).value();
    const SecretBytes garbage(std::string_view("garbage"));
    const SecretBytes locked(std::string_view(encrypted(authority.keyPem())));

    const auto load = [](const SecretBytes& key, std::string_view certificate) {
        return CertificateAuthority::load(key, certificate).status().code();
    };
    EXPECT_EQ(load(leafKey, authority.certificatePem()), StatusCode::kInvalidArgument);
    EXPECT_EQ(load(leafKey, leaf), StatusCode::kInvalidArgument);
    EXPECT_EQ(load(garbage, authority.certificatePem()), StatusCode::kInvalidArgument);
    EXPECT_EQ(load(locked, authority.certificatePem()), StatusCode::kInvalidArgument);
    EXPECT_EQ(load(authority.keyPem(), "garbage"), StatusCode::kInvalidArgument);
    EXPECT_EQ(load(SecretBytes(), ""), StatusCode::kInvalidArgument);
}

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
