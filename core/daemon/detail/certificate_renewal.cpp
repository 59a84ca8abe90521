// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/certificate_renewal.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/crypto/certificate.h"
#include "core/daemon/detail/credentials.h"

#include <algorithm>
#include <utility>

namespace weft::daemon {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

}  // namespace

CertificateRenewal::CertificateRenewal(Parts parts, services::TlsIdentity identity)
    : parts_(std::move(parts)), identity_(std::move(identity)) {}

void CertificateRenewal::schedule(Duration delay) {
    timer_ = parts_.loop.after(delay, [this] { check(); });
}

void CertificateRenewal::check() {
    if (asking_ || !parts_.ready()) {
        return;
    }
    // A server that comes and goes is not asked more often for that.
    const auto now = parts_.loop.clock().now();
    if (failures_ > 0 && now < notBefore_) {
        schedule(notBefore_ - now);
        return;
    }
    const auto info = crypto::inspectCertificate(identity_.certificatePem);
    if (info.ok() && !isDueForRenewal(*info, parts_.loop.clock().wallNow())) {
        schedule(kCheckInterval);
        return;
    }
    const auto request =
        crypto::makeCertificateRequest(identity_.keyPem, {.commonName = parts_.nodeId});
    if (!request.ok()) {
        fail(request.status());
        return;
    }
    asking_ = true;
    parts_.ask(
        *request,
        [this, alive = std::weak_ptr<bool>(alive_)](const StatusOr<mesh::EnrolGrant>& grant) {
            if (!alive.expired()) {
                onAnswer(grant);
            }
        });
}

void CertificateRenewal::onAnswer(const StatusOr<mesh::EnrolGrant>& grant) {
    asking_ = false;
    const Status status = grant.ok() ? take(grant->certificatePem) : grant.status();
    if (!status.ok()) {
        fail(status);
        return;
    }
    failures_ = 0;
    log().info("certificate renewed node={}", base::quoted(parts_.nodeId));
    schedule(kCheckInterval);
    parts_.renewed(identity_);
}

// Whatever a server sends must not cost this node the certificate that it has.
Status CertificateRenewal::take(const std::string& certificatePem) {
    WEFT_RETURN_IF_ERROR(crypto::verifyCertificate(
        certificatePem, parts_.authorityPem, parts_.loop.clock().wallNow()));
    WEFT_RETURN_IF_ERROR(crypto::checkKeyPair(identity_.keyPem, certificatePem));
    WEFT_ASSIGN_OR_RETURN(const auto info, crypto::inspectCertificate(certificatePem));
    if (info.commonName != parts_.nodeId) {
        return dataLoss("the server issued a certificate for another node");
    }
    const auto present = endOf(identity_);
    if (present && info.notAfter <= *present) {
        return dataLoss("the server issued a certificate that ends no later than the present one");
    }
    WEFT_RETURN_IF_ERROR(writeCertificate(parts_.folder, certificatePem, parts_.authorityPem));
    identity_.certificatePem = certificatePem;
    return okStatus();
}

void CertificateRenewal::fail(const Status& status) {
    constexpr int kMostDoublings = 6;
    const auto pause = std::min<Duration>(
        kFirstRetry * (1 << std::min(failures_, kMostDoublings)), kCheckInterval);
    ++failures_;
    notBefore_ = parts_.loop.clock().now() + std::chrono::duration_cast<TimePoint::duration>(pause);
    log().warn(
        "certificate not renewed node={} retry={}s reason=\"{}\"",
        base::quoted(parts_.nodeId),
        std::chrono::duration_cast<std::chrono::seconds>(pause).count(),
        base::escapeForLine(messageOf(status)));
    schedule(pause);
}

}  // namespace weft::daemon
