// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/loop.h"
#include "core/mesh/enrolment.h"
#include "core/services/tls/tls_identity.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace weft::daemon {

/// Renews a member's certificate by itself once two thirds of its life are over. Until a new one is
/// on the disk the present one stays in use; an attempt that fails is warned of and made again
/// after a pause that doubles. Thread: confined to the loop.
class CertificateRenewal {
public:
    /// How often a certificate that needs nothing is looked at, and the longest pause.
    static constexpr std::chrono::minutes kCheckInterval{10};
    /// After the first failure.
    static constexpr std::chrono::seconds kFirstRetry{15};

    struct Parts {
        base::Loop& loop;
        /// Where the certificate is kept.
        std::filesystem::path folder;
        std::string nodeId;
        /// What a new certificate has to be signed by.
        std::string authorityPem;
        /// Whether a server can be asked at the moment.
        std::function<bool()> ready;
        /// Asks a server to answer a certificate request; only the certificate is looked at.
        std::function<void(const std::string& requestPem, Callback<mesh::EnrolGrant> done)> ask;
        /// There is a new certificate.
        std::function<void(const services::TlsIdentity&)> renewed;
    };
    CertificateRenewal(Parts parts, services::TlsIdentity identity);

    /// Looks now, and from now on by itself. To be called whenever a server has come into reach.
    void check();

private:
    void schedule(Duration delay);
    void onAnswer(const StatusOr<mesh::EnrolGrant>& grant);
    Status take(const std::string& certificatePem);
    void fail(const Status& status);

    const Parts parts_;
    services::TlsIdentity identity_;
    const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    bool asking_ = false;
    int failures_ = 0;
    TimePoint notBefore_;
    Subscription timer_;
};

}  // namespace weft::daemon
