// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/enrolment.h"

#include "core/base/check.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/mesh/detail/attempt_limiter.h"
#include "core/mesh/detail/host_access.h"
#include "core/mesh/detail/invitation_plan.h"
#include "core/mesh/detail/length_prefixed.h"
#include "core/mesh/detail/tombstones.h"
#include "core/net/endpoint.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace weft::mesh {
namespace {

constexpr std::size_t kInvitationIdLength = 10;
constexpr std::size_t kSecretBytes = 16;
constexpr std::size_t kMaxCodeAddresses = 4;
constexpr std::chrono::hours kCleanupInterval{1};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

std::string_view withoutDot(std::string_view domain) {
    return domain.ends_with('.') ? domain.substr(0, domain.size() - 1) : domain;
}

bool isDnsCharacter(char symbol) {
    return (symbol >= 'a' && symbol <= 'z') || (symbol >= 'A' && symbol <= 'Z')
           || (symbol >= '0' && symbol <= '9') || symbol == '-' || symbol == '.';
}

Status validateAddresses(const std::vector<std::string>& addresses) {
    if (addresses.empty()) {
        return failedPrecondition(
            "no address is known at which others reach this server: name one for the code");
    }
    if (addresses.size() > kMaxCodeAddresses) {
        return invalidArgument("a code carries at most {} addresses", kMaxCodeAddresses);
    }
    for (const auto& address : addresses) {
        const auto parsed = net::HostPort::parse(address);
        if (!parsed.ok() || parsed->host.empty() || address.size() > 255) {
            return invalidArgument("{} is not host:port", base::escapeForLine(address));
        }
    }
    return okStatus();
}

/// What a removal tells people of the certificate that is out there.
void recordCertificate(const EnrolGrant& grant, storage::Transaction& transaction) {
    if (const auto info = crypto::inspectCertificate(grant.certificatePem); info.ok()) {
        transaction.operations.emplace_back(
            storage::Put{detail::certificateKey(grant.nodeId), info->fingerprint, std::nullopt});
    }
}

class EnrolmentImpl final : public Enrolment {
public:
    EnrolmentImpl(
        Host& host,
        base::Loop& loop,
        crypto::CertificateAuthority authority,
        std::vector<std::string> joinAddresses)
        : host_(host)
        , access_(*host.access())
        , loop_(loop)
        , authority_(std::move(authority))
        , joinAddresses_(std::move(joinAddresses)) {
        scheduleCleanup();
    }

    void invite(InvitationParams params, Caller caller, Callback<NewInvitation> done) override;
    void list(Caller caller, Callback<std::vector<InvitationRecord>> done) override;
    void revoke(std::string id, Caller caller, StatusCallback done) override;
    void enrol(EnrolParams params, Caller caller, Callback<EnrolGrant> done) override;
    void renew(
        std::string certificateRequestPem, Caller caller, Callback<EnrolGrant> done) override;
    void setJoinAddresses(std::vector<std::string> addresses) override {
        joinAddresses_ = std::move(addresses);
    }

private:
    /// `done` with an entry in the audit log before it.
    template <typename Result>
    std::function<void(Result)> logged(
        std::string_view verb,
        std::string name,
        const Caller& caller,
        std::function<void(Result)> done) const {
        return [&access = access_, verb, name = std::move(name), caller, done = std::move(done)](
                   Result result) {
            if constexpr (std::is_same_v<Result, Status>) {
                access.record(auditEvent(caller, verb, "invitation", name, result));
            } else {
                access.record(auditEvent(caller, verb, "invitation", name, result.status()));
            }
            done(std::move(result));
        };
    }
    StatusOr<EnrolGrant> issue(const NodeId& id, std::string_view requestPem) const;
    void scheduleCleanup();

    Host& host_;
    detail::HostAccess& access_;
    base::Loop& loop_;
    const crypto::CertificateAuthority authority_;
    std::vector<std::string> joinAddresses_;
    detail::AttemptLimiter limiter_;
    Subscription cleanup_;
    /// Gone with the enrolment: answers of the host may come later.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

void EnrolmentImpl::invite(InvitationParams params, Caller caller, Callback<NewInvitation> done) {
    done = logged("invite", params.nodeId.value(), caller, std::move(done));
    auto addresses = params.addresses.empty() ? joinAddresses_ : params.addresses;
    if (params.addresses.empty() && addresses.size() > kMaxCodeAddresses) {
        addresses.resize(kMaxCodeAddresses);
    }
    auto invitation = std::make_shared<NewInvitation>();
    auto draw = detail::InvitationDraw{
        crypto::randomAlphanumeric(kInvitationIdLength), crypto::randomBytes(kSecretBytes)};
    const auto fingerprint = base::hexDecode(authority_.info().fingerprint);
    invitation->code = {draw.id, draw.secret, fingerprint.value_or(""), {}, addresses};
    access_.transact(
        [params = std::move(params),
         caller = std::move(caller),
         draw = std::move(draw),
         addresses = std::move(addresses),
         invitation](const detail::MeshView& view) -> StatusOr<storage::Transaction> {
            WEFT_ASSIGN_OR_RETURN(
                auto transaction,
                detail::planInvitation(view, params, caller, draw, &invitation->record));
            WEFT_RETURN_IF_ERROR(validateAddresses(addresses));
            return transaction;
        },
        [invitation, done = std::move(done)](const Status& status) {
            if (!status.ok()) {
                done(status);
                return;
            }
            invitation->code.expiresAt = invitation->record.expiresAt;
            log().info(
                "invitation made invitation={} node={} by={}",
                invitation->record.id,
                base::quoted(invitation->record.nodeId.value()),
                base::quoted(invitation->record.createdBy));
            done(std::move(*invitation));
        });
}

void EnrolmentImpl::list(Caller caller, Callback<std::vector<InvitationRecord>> done) {
    if (!host_.isAdmin(caller)) {
        logged("list", "", caller, std::move(done))(
            permissionDenied("only the administrator of the mesh may see invitations"));
        return;
    }
    done(detail::invitationsOf(access_.view()));
}

void EnrolmentImpl::revoke(std::string id, Caller caller, StatusCallback done) {
    done = logged("revoke", id, caller, std::move(done));
    access_.transact(
        [id = std::move(id), caller = std::move(caller)](const detail::MeshView& view) {
            return detail::planRevocation(view, id, caller);
        },
        std::move(done));
}

void EnrolmentImpl::enrol(EnrolParams params, Caller caller, Callback<EnrolGrant> done) {
    done = logged("enrol", params.nodeId.value(), caller, std::move(done));
    auto source = detail::limiterSource(caller.source);
    if (!limiter_.mayTry(source, loop_.clock().now())) {
        done(resourceExhausted("too many attempts that failed: wait a minute, then try again"));
        return;
    }
    auto grant = std::make_shared<EnrolGrant>();
    const std::weak_ptr<bool> alive = alive_;
    access_.transact(
        [this, alive, params = std::move(params), grant](
            const detail::MeshView& view) -> StatusOr<storage::Transaction> {
            if (alive.expired()) {
                return cancelled("the server is stopping");
            }
            WEFT_ASSIGN_OR_RETURN(
                auto transaction, detail::planEnrolment(view, params, &grant->nodeId));
            // Before the commit, so that a request that gets no certificate costs no invitation.
            WEFT_ASSIGN_OR_RETURN(*grant, issue(grant->nodeId, params.certificateRequestPem));
            recordCertificate(*grant, transaction);
            return transaction;
        },
        [this, alive, grant, source = std::move(source), done = std::move(done)](
            const Status& status) {
            if (!status.ok()) {
                if (!alive.expired() && status.code() != StatusCode::kCancelled) {
                    limiter_.noteFailure(source, loop_.clock().now());
                }
                log().info("enrolment refused source={} why=\"{}\"", source, messageOf(status));
                done(status);
                return;
            }
            log().info(
                "node enrolled node={} source={}", base::quoted(grant->nodeId.value()), source);
            done(std::move(*grant));
        });
}

void EnrolmentImpl::renew(
    std::string certificateRequestPem, Caller caller, Callback<EnrolGrant> done) {
    done = logged("renew", caller.identity.value(), caller, std::move(done));
    if (caller.proof != Caller::Proof::Certificate || !caller.proxiedBy.empty()) {
        done(unauthenticated("a certificate is renewed for the holder of a valid one only"));
        return;
    }
    const auto view = access_.view();
    if (const Status removed = detail::checkNotRemoved(view.shared, caller.identity);
        !removed.ok()) {
        done(removed);
        return;
    }
    const bool isKnown = view.shared.keyPin(caller.identity)
                         || view.registry.node(caller.identity) != nullptr || host_.isAdmin(caller);
    if (!isKnown) {
        done(permissionDenied(
            "the mesh does not know {} any more", base::escapeForLine(caller.identity.value())));
        return;
    }
    auto grant = std::make_shared<EnrolGrant>();
    const std::weak_ptr<bool> alive = alive_;
    access_.transact(
        [this, alive, grant, id = caller.identity, pem = std::move(certificateRequestPem)](
            const detail::MeshView& current) -> StatusOr<storage::Transaction> {
            if (alive.expired()) {
                return cancelled("the server is stopping");
            }
            // It may have been removed while this waited.
            WEFT_RETURN_IF_ERROR(detail::checkNotRemoved(current.shared, id));
            WEFT_ASSIGN_OR_RETURN(*grant, issue(id, pem));
            storage::Transaction transaction;
            transaction.conditions.push_back(
                {storage::Compare::Kind::Absent, detail::tombstoneKey(id), 0, {}});
            recordCertificate(*grant, transaction);
            return transaction;
        },
        [grant, done = std::move(done)](const Status& status) {
            if (!status.ok()) {
                done(status);
                return;
            }
            done(std::move(*grant));
        });
}

StatusOr<EnrolGrant> EnrolmentImpl::issue(const NodeId& id, std::string_view requestPem) const {
    const auto mesh = host_.info();
    const bool isStorageMember = std::ranges::any_of(
        host_.storageServers(), [&id](const StorageServer& server) { return server.id == id; });
    EnrolGrant grant;
    grant.nodeId = id;
    WEFT_ASSIGN_OR_RETURN(
        grant.certificatePem,
        authority_.issue(
            requestPem,
            certificateNames(id, mesh.domain, isStorageMember),
            loop_.clock().wallNow(),
            kNodeCertificateLifetime));
    grant.authorityPem = authority_.certificatePem();
    grant.meshDomain = mesh.domain;
    grant.joinAddresses = joinAddresses_;
    return grant;
}

void EnrolmentImpl::scheduleCleanup() {
    cleanup_ = loop_.after(kCleanupInterval, [this] {
        access_.transact(
            [](const detail::MeshView& view) -> StatusOr<storage::Transaction> {
                return detail::planInvitationCleanup(view);
            },
            [](const Status& status) {
                if (!status.ok()) {
                    log().warn("old invitations stay why=\"{}\"", messageOf(status));
                }
            });
        scheduleCleanup();
    });
}

}  // namespace

std::string enrolMessage(
    std::string_view invitationId, const NodeId& nodeId, std::string_view certificateRequestPem) {
    return detail::lengthPrefixed(
        {"weft-enrol/1", invitationId, nodeId.value(), certificateRequestPem});
}

std::string storageServerName(std::string_view domain) {
    return fmt::format("storage.{}", withoutDot(domain));
}

crypto::CertificateRequestParams certificateNames(
    const NodeId& id, std::string_view domain, bool isStorageMember) {
    crypto::CertificateRequestParams names;
    names.commonName = id.value();
    // Ids of reference nodes may have spaces and more, which no DNS name has.
    const auto own = fmt::format("{}.{}", id.value(), withoutDot(domain));
    // And none is named as the servers are.
    if (std::ranges::all_of(id.value(), isDnsCharacter) && own != storageServerName(domain)) {
        names.dnsNames = {id.value(), own};
    }
    if (isStorageMember) {
        names.dnsNames.push_back(storageServerName(domain));
    }
    return names;
}

std::unique_ptr<Enrolment> Enrolment::create(
    Host& host,
    base::Loop& loop,
    crypto::CertificateAuthority authority,
    std::vector<std::string> joinAddresses) {
    WEFT_CHECK(host.access() != nullptr);
    return std::make_unique<EnrolmentImpl>(
        host, loop, std::move(authority), std::move(joinAddresses));
}

}  // namespace weft::mesh
