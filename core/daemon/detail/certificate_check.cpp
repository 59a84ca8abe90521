// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/certificate_check.h"

#include "core/daemon/detail/state_lines.h"

#include <chrono>
#include <string>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// A certificate that has this long to live, and was not renewed, is a problem.
constexpr std::chrono::hours kCertificateWarning{24 * 14};

/// What has begun counts, as in the words of weftctl: what was just given for 90 days says so.
std::string daysLeft(Duration left) {
    const auto days = std::chrono::ceil<std::chrono::days>(left).count();
    if (days > 2) {
        return fmt::format("{} days", days);
    }
    const auto hours = std::chrono::ceil<std::chrono::hours>(left).count();
    return hours == 1 ? "1 hour" : fmt::format("{} hours", hours);
}

void addExpired(local::Connection& state, CertificateSource source) {
    addCheck(state, "certificate", local::CheckItem::STATE_FAILED, "It has expired");
    const char* remedy = "Ask an administrator of the mesh for a new invitation and join again.";
    if (source == CertificateSource::Itself) {
        remedy = "The log says why it was not renewed; see to that, then connect again.";
    } else if (source == CertificateSource::Files) {
        remedy = "Replace the certificate that the settings name, then connect again.";
    }
    addProblem(
        state, local::Problem::SEVERITY_ERROR, "The certificate of this node has expired.", remedy);
}

void addEndsSoon(local::Connection& state, CertificateSource source, Duration left) {
    addCheck(
        state,
        "certificate",
        local::CheckItem::STATE_WARN,
        fmt::format("It ends in {}", daysLeft(left)));
    const char* text = "The certificate of this node ends soon and could not be renewed yet.";
    const char* remedy = "Keep the node connected to a member that gives out certificates.";
    if (source == CertificateSource::Itself) {
        remedy = "The log says why it was not renewed; see to that before the certificate ends.";
    } else if (source == CertificateSource::Files) {
        text = "The certificate of this node ends soon.";
        remedy = "Replace the certificate that the settings name, then connect again.";
    }
    addProblem(state, local::Problem::SEVERITY_WARN, text, remedy);
    degrade(state);
}

}  // namespace

void addCertificateCheck(
    local::Connection& state,
    const std::optional<WallTime>& certificateEnd,
    CertificateSource source,
    WallTime now) {
    if (!certificateEnd) {
        addCheck(state, "certificate", local::CheckItem::STATE_OFF, "No certificate is used");
        return;
    }
    setTime(state.mutable_certificate_expires_at(), *certificateEnd);
    const auto left = *certificateEnd - now;
    if (left <= Duration::zero()) {
        addExpired(state, source);
    } else if (left < kCertificateWarning) {
        addEndsSoon(state, source, left);
    } else {
        addCheck(
            state,
            "certificate",
            local::CheckItem::STATE_OK,
            fmt::format("Good for {}", daysLeft(left)));
    }
}

}  // namespace weft::daemon
