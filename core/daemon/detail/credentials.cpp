// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/credentials.h"

#include "core/base/file.h"
#include "core/mesh/enrolment.h"
#include "core/net/endpoint.h"
#include "core/net/ip_address.h"
#include "core/services/auth/htpasswd_authenticator.h"
#include "core/services/auth/ldap_authenticator.h"

#include <algorithm>
#include <utility>

namespace weft::daemon {
namespace {

std::string withoutDot(std::string_view domain) {
    if (domain.ends_with('.')) {
        domain.remove_suffix(1);
    }
    return std::string(domain);
}

StatusOr<crypto::SecretBytes> readSecret(const std::filesystem::path& path) {
    auto text = base::readFile(path, kMaxPemBytes);
    if (!text.ok()) {
        return text.status();
    }
    crypto::SecretBytes secret(*text);
    crypto::wipeMemory({reinterpret_cast<std::uint8_t*>(text->data()), text->size()});
    return secret;
}

services::PasswordCredential passwordOf(const config::AuthOptions& auth) {
    using Scheme = services::PasswordCredential::Scheme;
    if (auth.basic.configured()) {
        return {Scheme::Basic, auth.basic.username, auth.basic.password.clone()};
    }
    if (auth.ldap.configured()) {
        return {Scheme::Ldap, auth.ldap.username, auth.ldap.password.clone()};
    }
    return {};
}

bool carries(
    const crypto::CertificateInfo& certificate, const crypto::CertificateRequestParams& names) {
    const auto all = [](const auto& wanted, const auto& have) {
        return std::ranges::all_of(wanted, [&have](const auto& name) {
            return std::ranges::find(have, name) != have.end();
        });
    };
    return certificate.commonName == names.commonName && all(names.dnsNames, certificate.dnsNames)
           && all(names.ipAddresses, certificate.ipAddresses);
}

}  // namespace

StatusOr<crypto::CertificateAuthority> loadOrCreateAuthority(
    const std::filesystem::path& folder, std::string_view domain, bool meshExists, WallTime now) {
    auto key = readSecret(folder / kAuthorityKeyFile);
    auto certificate = base::readFile(folder / kAuthorityFile, kMaxPemBytes);
    if (key.ok() && certificate.ok()) {
        return crypto::CertificateAuthority::load(*key, *certificate);
    }
    const bool noneThere = key.status().code() == StatusCode::kNotFound
                           && certificate.status().code() == StatusCode::kNotFound;
    if (!noneThere || meshExists) {
        return dataLoss(
            "the authority of this mesh is not complete in {}: {}",
            folder.string(),
            messageOf(key.ok() ? certificate.status() : key.status()));
    }
    WEFT_ASSIGN_OR_RETURN(
        auto authority,
        crypto::CertificateAuthority::create(
            fmt::format("Weft mesh {}", withoutDot(domain)), now, mesh::kAuthorityLifetime));
    const auto made = authority.keyPem();
    WEFT_RETURN_IF_ERROR(base::makeFolders(folder));
    WEFT_RETURN_IF_ERROR(base::createFileAtomically(folder / kAuthorityKeyFile, made.revealText()));
    WEFT_RETURN_IF_ERROR(
        base::createFileAtomically(folder / kAuthorityFile, authority.certificatePem()));
    return authority;
}

std::string serverNameOf(std::string_view domain) {
    return "storage." + withoutDot(domain);
}

crypto::CertificateRequestParams serverNames(
    std::string_view nodeId, std::string_view domain, const std::vector<std::string>& endpoints) {
    crypto::CertificateRequestParams names;
    names.commonName = nodeId;
    names.dnsNames = {serverNameOf(domain), std::string(nodeId), "localhost"};
    names.ipAddresses = {"127.0.0.1", "::1"};
    for (const auto& endpoint : endpoints) {
        const auto host = net::HostPort::parse(endpoint, 1);
        const std::string name = host.ok() ? host->host : endpoint;
        // In the form that a certificate is read in, so that the two can be compared.
        if (const auto bare = net::IpAddress::parse(endpoint); bare.ok()) {
            names.ipAddresses.push_back(bare->toString());
        } else if (const auto address = net::IpAddress::parse(name); address.ok()) {
            names.ipAddresses.push_back(address->toString());
        } else {
            names.dnsNames.push_back(name);
        }
    }
    return names;
}

StatusOr<services::TlsIdentity> loadOrIssueIdentity(
    const std::filesystem::path& folder,
    const crypto::CertificateAuthority& authority,
    const crypto::CertificateRequestParams& names,
    WallTime now) {
    auto key = readSecret(folder / kCertificateKeyFile);
    const auto present = base::readFile(folder / kCertificateFile, kMaxPemBytes);
    if (key.ok() && present.ok()) {
        const auto info = crypto::inspectCertificate(*present);
        const bool ours = crypto::verifyCertificate(*present, authority.certificatePem(), now).ok();
        if (info.ok() && ours && !isDueForRenewal(*info, now) && carries(*info, names)) {
            return services::TlsIdentity{*present, *std::move(key)};
        }
    }
    if (!key.ok()) {
        WEFT_ASSIGN_OR_RETURN(key, crypto::generateTlsKey());
    }
    WEFT_ASSIGN_OR_RETURN(const auto request, crypto::makeCertificateRequest(*key, names));
    WEFT_ASSIGN_OR_RETURN(
        const auto certificate,
        authority.issue(request, names, now, mesh::kNodeCertificateLifetime));
    WEFT_RETURN_IF_ERROR(
        base::writeFileAtomically(folder / kCertificateKeyFile, key->revealText()));
    WEFT_RETURN_IF_ERROR(base::writeFileAtomically(folder / kCertificateFile, certificate));
    return services::TlsIdentity{certificate, *std::move(key)};
}

bool isDueForRenewal(const crypto::CertificateInfo& certificate, WallTime now) {
    const auto life = certificate.notAfter - certificate.notBefore;
    return now >= certificate.notBefore + life / 3 * 2;
}

std::optional<WallTime> endOf(const services::TlsIdentity& identity) {
    const auto info = crypto::inspectCertificate(identity.certificatePem);
    return info.ok() ? std::optional(info->notAfter) : std::nullopt;
}

StatusOr<std::string> readPem(const std::filesystem::path& file, const std::string& data) {
    if (!data.empty() || file.empty()) {
        return data;
    }
    return base::readFile(file, kMaxPemBytes);
}

StatusOr<services::TlsIdentity> readIdentity(const GivenIdentity& given) {
    services::TlsIdentity identity;
    WEFT_ASSIGN_OR_RETURN(
        identity.certificatePem, readPem(given.certificateFile, given.certificateData));
    if (!given.keyData.empty()) {
        identity.keyPem = crypto::SecretBytes(given.keyData);
    } else if (!given.keyFile.empty()) {
        WEFT_ASSIGN_OR_RETURN(identity.keyPem, readSecret(given.keyFile));
    }
    if (identity.certificatePem.empty() || identity.keyPem.empty()) {
        return invalidArgument(
            "no {} is set: give {}cert-file and {}key-file",
            identity.certificatePem.empty() ? "certificate" : "key of the certificate",
            given.options,
            given.options);
    }
    WEFT_RETURN_IF_ERROR(annotate(
        services::checkIdentity(identity),
        "{}cert-{} and {}key-{}",
        given.options,
        given.certificateData.empty() ? "file" : "data",
        given.options,
        given.keyData.empty() ? "file" : "data"));
    return identity;
}

StatusOr<services::LinkOptions> linkOptionsOf(const ConnectionSpec& spec) {
    using weft::local::v1::Profile;
    const auto& options = spec.options;
    services::LinkOptions link;
    link.password = passwordOf(options.auth);
    if (spec.tlsMode == Profile::TLS_MODE_INSECURE) {
        link.tls = services::TlsMode::Insecure;
        WEFT_RETURN_IF_ERROR(link.validate());
        return link;
    }
    link.tls = spec.tlsMode == Profile::TLS_MODE_SERVER_ONLY ? services::TlsMode::ServerOnly
                                                             : services::TlsMode::Mutual;
    WEFT_ASSIGN_OR_RETURN(link.authorityPem, readPem(options.tls.caFile, options.tls.caData.pem));
    if (link.tls == services::TlsMode::Mutual) {
        const auto& mtls = options.auth.mtls;
        WEFT_ASSIGN_OR_RETURN(
            link.identity,
            readIdentity(
                {mtls.certFile,
                 mtls.certData.pem,
                 mtls.keyFile,
                 mtls.keyData.pem.revealText(),
                 "auth.mtls."}));
    }
    if (!spec.meshDomain.empty()) {
        link.serverName = serverNameOf(spec.meshDomain);
    }
    WEFT_RETURN_IF_ERROR(link.validate());
    return link;
}

StatusOr<std::vector<std::unique_ptr<services::Authenticator>>> openAuthenticators(
    const config::ApiOptions& options, const base::Clock& clock) {
    std::vector<std::unique_ptr<services::Authenticator>> opened;
    if (!options.htpasswdFile.empty()) {
        WEFT_ASSIGN_OR_RETURN(
            opened.emplace_back(),
            services::HtpasswdAuthenticator::open(options.htpasswdFile, clock));
    }
    if (!options.ldap.server.empty()) {
        const auto& ldap = options.ldap;
        WEFT_ASSIGN_OR_RETURN(
            opened.emplace_back(),
            services::LdapAuthenticator::create(
                {.server = ldap.server,
                 .bindDn = ldap.bindDn,
                 .bindPassword = ldap.bindPassword.clone(),
                 .caFile = ldap.caFile,
                 .userBaseDn = ldap.userBaseDn,
                 .userIdAttribute = ldap.userIdAttribute,
                 .nodeIdAttribute = ldap.nodeIdAttribute,
                 .userStatusAttribute = ldap.userStatusAttribute,
                 .userDisabledValue = ldap.userDisabledValue}));
    }
    return opened;
}

Status writeCertificate(
    const std::filesystem::path& folder,
    const std::string& certificatePem,
    const std::string& authorityPem) {
    WEFT_RETURN_IF_ERROR(base::writeFileAtomically(folder / kAuthorityFile, authorityPem));
    return base::writeFileAtomically(folder / kCertificateFile, certificatePem);
}

}  // namespace weft::daemon
