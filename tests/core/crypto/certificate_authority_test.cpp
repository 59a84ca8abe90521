// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/certificate.h"
#include "tests/core/crypto/certificate_samples.h"
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
using testing::IsEmpty;
using testing::MatchesRegex;

using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;
using X509Ptr = std::unique_ptr<X509, decltype(&X509_free)>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

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

}  // namespace
}  // namespace weft::crypto
