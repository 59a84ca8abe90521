// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/crypto/certificate.h"
#include "core/daemon/mesh_connection.h"
#include "core/services/auth/authenticator.h"
#include "core/services/link/link_options.h"
#include "core/services/tls/tls_identity.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::daemon {

inline constexpr std::size_t kMaxPemBytes = 1024 * 1024;

/// The authority of a mesh that this node started: read from the folder, or made when the mesh is
/// new. One that is missing while the mesh exists is an error, never a silent new one.
/// Errors: kDataLoss, kPermissionDenied and those of the files. Blocks on the disk.
StatusOr<crypto::CertificateAuthority> loadOrCreateAuthority(
    const std::filesystem::path& folder, std::string_view domain, bool meshExists, WallTime now);

/// The names that the certificate of a mesh's server carries: members hold it to the first one.
crypto::CertificateRequestParams serverNames(
    std::string_view nodeId, std::string_view domain, const std::vector<std::string>& endpoints);
/// "storage.<domain>".
std::string serverNameOf(std::string_view domain);

/// The server's own certificate: the one in the folder while it has more than a third of its life
/// left and carries the names, else a new one, which is written there.
StatusOr<services::TlsIdentity> loadOrIssueIdentity(
    const std::filesystem::path& folder,
    const crypto::CertificateAuthority& authority,
    const crypto::CertificateRequestParams& names,
    WallTime now);

/// Whether two thirds of the certificate's life are over.
bool isDueForRenewal(const crypto::CertificateInfo& certificate, WallTime now);
/// When the certificate ends; nullopt when there is none or it does not read.
std::optional<WallTime> endOf(const services::TlsIdentity& identity);

/// Certificates as the configuration gives them, as files or as data.
struct GivenIdentity {
    std::filesystem::path certificateFile;
    std::string certificateData;
    std::filesystem::path keyFile;
    std::string_view keyData;
    /// How the names of its options begin: "services.api.tls-" for "services.api.tls-cert-file".
    std::string_view options;
};
/// Errors: of the files; kInvalidArgument, naming the options.
StatusOr<services::TlsIdentity> readIdentity(const GivenIdentity& given);
/// A PEM file; data wins. Empty when neither is given.
StatusOr<std::string> readPem(const std::filesystem::path& file, const std::string& data);

/// How a member reaches its servers. Errors: of the files, kInvalidArgument.
StatusOr<services::LinkOptions> linkOptionsOf(const ConnectionSpec& spec);

/// Who checks the passwords of callers. One that cannot start is an error: without it the mesh
/// would let in whom it should not, or keep everybody out. `clock` outlives them. Blocks on the
/// disk.
StatusOr<std::vector<std::unique_ptr<services::Authenticator>>> openAuthenticators(
    const config::ApiOptions& options, const base::Clock& clock);

/// Writes certificate and authority of a member; the key stays as it is.
Status writeCertificate(
    const std::filesystem::path& folder,
    const std::string& certificatePem,
    const std::string& authorityPem);

}  // namespace weft::daemon
