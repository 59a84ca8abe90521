// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/certificate_renewal.h"

#include "core/base/file.h"
#include "core/crypto/certificate.h"
#include "core/daemon/detail/credentials.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A member named "bravo" with a certificate that lives three hours.
class CertificateRenewalTest : public ::testing::Test {
protected:
    CertificateRenewalTest() : authority_(makeAuthority()), key_(*crypto::generateTlsKey()) {
        const services::TlsIdentity identity{issue("bravo", 3h), key_.clone()};
        original_ = identity.certificatePem;
        EXPECT_TRUE(writeCertificate(folder_.path(), original_, authority_.certificatePem()).ok());
        renewal_ = std::make_unique<CertificateRenewal>(
            CertificateRenewal::Parts{
                .loop = loop_,
                .folder = folder_.path(),
                .nodeId = "bravo",
                .authorityPem = authority_.certificatePem(),
                .ready = [this] { return ready_; },
                .ask =
                    [this](const std::string& request, Callback<mesh::EnrolGrant> done) {
                        asked_.push_back(loop_.clock().now());
                        lastRequest_ = request;
                        answer_ = std::move(done);
                    },
                .renewed =
                    [this](const services::TlsIdentity& with) {
                        renewed_.push_back(with.certificatePem);
                    }},
            identity.clone());
    }

    crypto::CertificateAuthority makeAuthority() {
        return *crypto::CertificateAuthority::create("a mesh", loop_.clock().wallNow(), 24h * 365);
    }
    std::string issue(
        const std::string& name,
        std::chrono::hours lifetime,
        const crypto::SecretBytes* key = nullptr) {
        const auto request =
            crypto::makeCertificateRequest(key == nullptr ? key_ : *key, {.commonName = name});
        return *authority_.issue(*request, {.commonName = name}, loop_.clock().wallNow(), lifetime);
    }
    void answer(const StatusOr<mesh::EnrolGrant>& grant) {
        ASSERT_TRUE(answer_) << "no server was asked";
        std::exchange(answer_, nullptr)(grant);
    }
    void answerWith(const std::string& certificatePem) {
        mesh::EnrolGrant grant;
        grant.certificatePem = certificatePem;
        answer(grant);
    }
    std::string onDisk() const {
        return base::readFile(folder_ / kCertificateFile, kMaxPemBytes).value();
    }

    tests::ManualLoop loop_;
    tests::TempDir folder_;
    crypto::CertificateAuthority authority_;
    crypto::SecretBytes key_;
    std::string original_;
    bool ready_ = true;
    std::vector<TimePoint> asked_;
    std::string lastRequest_;
    Callback<mesh::EnrolGrant> answer_;
    std::vector<std::string> renewed_;
    std::unique_ptr<CertificateRenewal> renewal_;
};

TEST_F(CertificateRenewalTest, BeginsWhenTwoThirdsOfTheLifeAreOver) {
    renewal_->check();
    loop_.advance(1h + 50min);
    EXPECT_THAT(asked_, IsEmpty());

    loop_.advance(20min);

    ASSERT_THAT(asked_, SizeIs(1));
    const auto request = crypto::inspectCertificateRequest(lastRequest_);
    ASSERT_TRUE(request.ok()) << request.status();
    EXPECT_EQ(request->commonName, "bravo");
}

TEST_F(CertificateRenewalTest, PutsTheNewCertificateInPlaceOfTheOldOne) {
    loop_.advance(2h);
    renewal_->check();
    const auto fresh = issue("bravo", 3h);

    answerWith(fresh);

    EXPECT_EQ(onDisk(), fresh);
    EXPECT_THAT(renewed_, ElementsAre(fresh));
    // The new one is renewed in its turn.
    loop_.advance(1h + 50min);
    EXPECT_THAT(asked_, SizeIs(1));
    loop_.advance(20min);
    EXPECT_THAT(asked_, SizeIs(2));
}

TEST_F(CertificateRenewalTest, KeepsTheOldWarnsAndWaitsLongerAfterEachFailure) {
    loop_.advance(2h);
    testing::internal::CaptureStderr();
    renewal_->check();
    answer(permissionDenied("the mesh does not know bravo any more"));
    const auto warning = testing::internal::GetCapturedStderr();
    std::vector<std::chrono::seconds> pauses;

    for (int attempt = 0; attempt < 8; ++attempt) {
        const auto last = asked_.back();
        loop_.advance(10min);
        ASSERT_TRUE(answer_) << "no further attempt";
        pauses.push_back(std::chrono::duration_cast<std::chrono::seconds>(asked_.back() - last));
        answer(unavailable("not now"));
        // The answer came late; the pause counts from there.
        asked_.back() = loop_.clock().now();
    }

    EXPECT_THAT(warning, HasSubstr("certificate not renewed"));
    EXPECT_THAT(warning, HasSubstr("does not know bravo"));
    EXPECT_THAT(pauses, ElementsAre(15s, 30s, 60s, 120s, 240s, 480s, 600s, 600s));
    EXPECT_EQ(onDisk(), original_);
    EXPECT_THAT(renewed_, IsEmpty());
}

TEST_F(CertificateRenewalTest, StartsWithShortPausesAgainAfterASuccess) {
    loop_.advance(2h);
    renewal_->check();
    answer(unavailable("not now"));
    loop_.advance(15s);
    answerWith(issue("bravo", 3h));
    loop_.advance(2h + 10min);
    answer(unavailable("not now"));
    const auto attempts = asked_.size();

    loop_.advance(15s);

    EXPECT_EQ(asked_.size(), attempts + 1);
}

TEST_F(CertificateRenewalTest, TakesNothingThatWouldNotHold) {
    loop_.advance(2h);
    const auto otherKey = crypto::generateTlsKey();
    const auto another =
        crypto::CertificateAuthority::create("another", loop_.clock().wallNow(), 24h);
    const auto request = crypto::makeCertificateRequest(key_, {.commonName = "bravo"});
    const std::vector<std::string> bad = {
        "",
        "garbage",
        original_,
        issue("charlie", 3h),
        issue("bravo", 3h, &*otherKey),
        issue("bravo", 1h),
        *another->issue(*request, {.commonName = "bravo"}, loop_.clock().wallNow(), 3h)};
    renewal_->check();

    for (const auto& certificate : bad) {
        answerWith(certificate);
        EXPECT_EQ(onDisk(), original_);
        loop_.advance(10min);
    }

    EXPECT_THAT(renewed_, IsEmpty());
    answerWith(issue("bravo", 3h));
    EXPECT_THAT(renewed_, SizeIs(1));
}

TEST_F(CertificateRenewalTest, WaitsForAServerAndIsNotHurriedByOneThatFlaps) {
    ready_ = false;
    loop_.advance(2h);
    renewal_->check();
    EXPECT_THAT(asked_, IsEmpty());

    ready_ = true;
    renewal_->check();
    ASSERT_THAT(asked_, SizeIs(1));
    renewal_->check();
    EXPECT_THAT(asked_, SizeIs(1)) << "asked twice at the same time";
    answer(unavailable("not now"));
    for (int i = 0; i < 14; ++i) {
        renewal_->check();
        loop_.advance(1s);
    }
    EXPECT_THAT(asked_, SizeIs(1));
    loop_.advance(1s);
    EXPECT_THAT(asked_, SizeIs(2));
}

TEST_F(CertificateRenewalTest, MayGoWhileItWaitsForAnAnswer) {
    loop_.advance(2h);
    renewal_->check();

    renewal_.reset();
    answerWith(issue("bravo", 3h));

    EXPECT_EQ(onDisk(), original_);
    EXPECT_THAT(renewed_, IsEmpty());
}

}  // namespace
}  // namespace weft::daemon
