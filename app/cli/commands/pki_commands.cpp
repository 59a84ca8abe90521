// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "core/base/file.h"
#include "core/config/options.h"
#include "core/crypto/certificate.h"
#include "core/net/ip_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace weft::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostPemBytes = std::size_t{256} * 1024;
constexpr std::uint32_t kMostDays = 36500;
constexpr std::uint32_t kAuthorityDays = 3650;
constexpr std::uint32_t kNodeDays = 90;

fs::path folderOf(const Parsed& parsed) {
    return parsed.has("dir") ? fs::path(parsed.text("dir")) : fs::path(".");
}

StatusOr<std::chrono::hours> lifetimeOf(const Parsed& parsed, std::uint32_t fallback) {
    WEFT_ASSIGN_OR_RETURN(const auto days, parsed.number("days", fallback, kMostDays));
    return std::chrono::hours(24) * days;
}

/// Whether `path` may be written, before anything else is done.
Status checkFree(const fs::path& path, bool force) {
    std::error_code error;
    if (!force && fs::exists(fs::symlink_status(path, error))) {
        return alreadyExists(
            "{} exists: choose another folder, or replace it with --force", path.string());
    }
    return okStatus();
}

Status writePem(const fs::path& path, std::string_view pem, bool force) {
    const Status status =
        force ? base::writeFileAtomically(path, pem) : base::createFileAtomically(path, pem);
    return annotate(status, "writing {}", path.string());
}

StatusOr<crypto::CertificateAuthority> loadAuthority(const fs::path& folder) {
    const auto certificate = base::readFile(folder / "ca.crt", kMostPemBytes);
    if (!certificate.ok()) {
        return annotate(
            certificate.status(),
            "no authority in {} (make one with `weftctl pki init`)",
            folder.string());
    }
    WEFT_ASSIGN_OR_RETURN(auto key, base::readFile(folder / "ca.key", kMostPemBytes));
    auto authority = crypto::CertificateAuthority::load(crypto::SecretBytes(key), *certificate);
    crypto::wipeMemory({reinterpret_cast<std::uint8_t*>(key.data()), key.size()});
    return authority;
}

/// Node ids are freer than file names.
StatusOr<std::string> fileNameOf(const std::string& node) {
    const bool isPlain = std::ranges::all_of(node, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '-' || c == '_' || c == '.';
    });
    if (!isPlain || node.starts_with('.') || node.starts_with('-') || node == "ca") {
        return invalidArgument(
            "\"{}\" is no name for a file: choose a node id of letters, digits, - and _", node);
    }
    return node;
}

StatusOr<crypto::CertificateRequestParams> namesOf(const Parsed& parsed, const std::string& node) {
    crypto::CertificateRequestParams params{.commonName = node};
    params.dnsNames = parsed.list("dns");
    for (const auto& name : params.dnsNames) {
        if (!crypto::isDnsName(name)) {
            return invalidArgument("--dns: \"{}\" is no host name", name);
        }
    }
    if (crypto::isDnsName(node)
        && std::ranges::find(params.dnsNames, node) == params.dnsNames.end()) {
        params.dnsNames.insert(params.dnsNames.begin(), node);
    }
    for (const auto& text : parsed.list("ip")) {
        const auto address = net::IpAddress::parse(text);
        if (!address.ok()) {
            return annotate(address.status(), "--ip");
        }
        params.ipAddresses.push_back(address->toString());
    }
    return params;
}

Document describe(const crypto::CertificateInfo& info) {
    return Document::Members{
        {"commonName", info.commonName},
        {"dnsNames", Document::listOf(info.dnsNames)},
        {"ipAddresses", Document::listOf(info.ipAddresses)},
        {"notBefore", timeText(info.notBefore)},
        {"notAfter", timeText(info.notAfter)},
        {"isAuthority", info.isAuthority},
        {"serial", info.serial},
        {"fingerprint", info.fingerprint},
    };
}

Status reportFiles(
    Context& context, const std::vector<std::string>& files, const std::string& certificatePem) {
    WEFT_ASSIGN_OR_RETURN(const auto info, crypto::inspectCertificate(certificatePem));
    if (context.out.isStructured()) {
        context.out.write(
            Document::Members{{"files", Document::listOf(files)}, {"certificate", describe(info)}});
        return okStatus();
    }
    for (const auto& file : files) {
        context.out.line(safe(file));
    }
    if (!context.out.quiet()) {
        context.notes << fmt::format("Valid until {}.\n", timeText(info.notAfter));
    }
    return okStatus();
}

/// The request to sign, and the key that belongs to it when it was made here.
struct Request {
    std::string pem;
    crypto::SecretBytes key;
};

StatusOr<Request> requestOf(const Parsed& parsed, const crypto::CertificateRequestParams& names) {
    Request request;
    if (parsed.has("request")) {
        WEFT_ASSIGN_OR_RETURN(request.pem, base::readFile(parsed.text("request"), kMostPemBytes));
        return request;
    }
    WEFT_ASSIGN_OR_RETURN(request.key, crypto::generateTlsKey());
    WEFT_ASSIGN_OR_RETURN(request.pem, crypto::makeCertificateRequest(request.key, names));
    return request;
}

}  // namespace

Status runPkiInit(Context& context, const Parsed& parsed) {
    const fs::path folder = folderOf(parsed);
    const bool force = parsed.has("force");
    WEFT_ASSIGN_OR_RETURN(const auto lifetime, lifetimeOf(parsed, kAuthorityDays));
    WEFT_RETURN_IF_ERROR(checkFree(folder / "ca.key", force));
    WEFT_RETURN_IF_ERROR(checkFree(folder / "ca.crt", force));
    const std::string name = parsed.has("name") ? parsed.text("name") : "weft-ca";
    WEFT_ASSIGN_OR_RETURN(
        const auto authority,
        crypto::CertificateAuthority::create(name, context.clock.wallNow(), lifetime));
    WEFT_RETURN_IF_ERROR(base::makeFolders(folder));
    const auto key = authority.keyPem();
    WEFT_RETURN_IF_ERROR(writePem(folder / "ca.key", key.revealText(), force));
    WEFT_RETURN_IF_ERROR(writePem(folder / "ca.crt", authority.certificatePem(), force));
    return reportFiles(
        context,
        {(folder / "ca.crt").string(), (folder / "ca.key").string()},
        authority.certificatePem());
}

Status runPkiIssue(Context& context, const Parsed& parsed) {
    const std::string node = parsed.text("NODE");
    const bool force = parsed.has("force");
    WEFT_RETURN_IF_ERROR(config::validateNodeId(node));
    WEFT_ASSIGN_OR_RETURN(const auto name, fileNameOf(node));
    WEFT_ASSIGN_OR_RETURN(const auto names, namesOf(parsed, node));
    WEFT_ASSIGN_OR_RETURN(const auto lifetime, lifetimeOf(parsed, kNodeDays));
    const fs::path folder = folderOf(parsed);
    const fs::path target = parsed.has("out") ? fs::path(parsed.text("out")) : folder;
    const fs::path certificatePath = target / (name + ".crt");
    const fs::path keyPath = target / (name + ".key");
    WEFT_RETURN_IF_ERROR(checkFree(certificatePath, force));
    if (!parsed.has("request")) {
        WEFT_RETURN_IF_ERROR(checkFree(keyPath, force));
    }

    WEFT_ASSIGN_OR_RETURN(const auto authority, loadAuthority(folder));
    WEFT_ASSIGN_OR_RETURN(const auto request, requestOf(parsed, names));
    WEFT_ASSIGN_OR_RETURN(
        const auto certificate,
        authority.issue(request.pem, names, context.clock.wallNow(), lifetime));
    WEFT_RETURN_IF_ERROR(base::makeFolders(target));
    std::vector<std::string> files = {certificatePath.string()};
    if (!request.key.empty()) {
        WEFT_RETURN_IF_ERROR(writePem(keyPath, request.key.revealText(), force));
        files.push_back(keyPath.string());
    }
    WEFT_RETURN_IF_ERROR(writePem(certificatePath, certificate, force));
    return reportFiles(context, files, certificate);
}

Status runPkiInspect(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const auto pem, base::readFile(parsed.text("FILE"), kMostPemBytes));
    WEFT_ASSIGN_OR_RETURN(const auto info, crypto::inspectCertificate(pem));
    const WallTime now = context.clock.wallNow();
    if (context.out.isStructured()) {
        context.out.write(describe(info));
    } else if (context.out.quiet()) {
        context.out.line(info.fingerprint);
    } else {
        Facts facts;
        facts.add("Name", info.commonName);
        for (const auto& name : info.dnsNames) {
            facts.add("DNS", name);
        }
        for (const auto& address : info.ipAddresses) {
            facts.add("Address", address);
        }
        facts.add("Authority", info.isAuthority ? "yes" : "no");
        facts.add("Valid from", timeText(info.notBefore));
        facts.add(
            "Valid until",
            fmt::format("{} ({})", timeText(info.notAfter), relativeText(info.notAfter, now)),
            info.notAfter < now ? Tone::Bad : Tone::Plain);
        facts.add("Serial", info.serial);
        facts.add("SHA-256", info.fingerprint);
        facts.print(context.out);
    }
    if (!parsed.has("ca")) {
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(const auto authority, base::readFile(parsed.text("ca"), kMostPemBytes));
    return crypto::verifyCertificate(pem, authority, now);
}

}  // namespace weft::cli
