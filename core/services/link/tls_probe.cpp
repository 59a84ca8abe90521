// SPDX-License-Identifier: Apache-2.0
#include "core/services/link/tls_probe.h"

#include "core/base/unique_fd.h"
#include "core/crypto/certificate.h"
#include "core/crypto/digest.h"
#include "core/services/tls/openssl_handles.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

namespace weft::services {

namespace {

using SteadyClock = std::chrono::steady_clock;

// One wait is never longer, so that a stop is noticed.
constexpr std::chrono::milliseconds kSlice{100};
/// How long a server that accepted the handshake is given to refuse this node's certificate: with
/// TLS 1.3 that comes after the handshake.
constexpr std::chrono::milliseconds kRefusalWait{1000};

/// Waits for descriptors until a deadline or a stop.
class Waiter {
public:
    explicit Waiter(const ProbeLimit& limit)
        : end_(SteadyClock::now() + limit.most), stop_(limit.stop) {}
    Waiter(const Waiter& outer, Duration most)
        : end_(std::min(outer.end_, SteadyClock::now() + most)), stop_(outer.stop_) {}

    // False when the time is over or the probe was stopped.
    bool wait(int fd, short events) const {
        while (true) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(end_ - SteadyClock::now());
            if (left.count() <= 0 || (stop_ != nullptr && stop_->load())) {
                return false;
            }
            pollfd item{fd, events, 0};
            const auto slice = std::min<std::chrono::milliseconds>(left, kSlice);
            if (::poll(&item, 1, static_cast<int>(slice.count())) > 0) {
                return true;
            }
        }
    }

private:
    TimePoint end_;
    const std::atomic<bool>* stop_;
};

struct AddressList {
    addrinfo* first = nullptr;
    AddressList() = default;
    AddressList(const AddressList&) = delete;
    AddressList& operator=(const AddressList&) = delete;
    ~AddressList() {
        if (first != nullptr) {
            ::freeaddrinfo(first);
        }
    }
};

// Returns 0 or an errno value.
int connectTo(const addrinfo& target, const Waiter& waiter, base::UniqueFd* into) {
    base::UniqueFd fd(::socket(target.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (fd.get() < 0) {
        return errno;
    }
    if (::connect(fd.get(), target.ai_addr, target.ai_addrlen) != 0) {
        if (errno != EINPROGRESS) {
            return errno;
        }
        if (!waiter.wait(fd.get(), POLLOUT)) {
            return ETIMEDOUT;
        }
        int error = 0;
        socklen_t length = sizeof error;
        ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &length);
        if (error != 0) {
            return error;
        }
    }
    *into = std::move(fd);
    return 0;
}

StatusOr<base::UniqueFd> connectTcp(const net::HostPort& address, const Waiter& waiter) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    AddressList list;
    const int unknown = ::getaddrinfo(
        address.host.c_str(), std::to_string(address.port).c_str(), &hints, &list.first);
    if (unknown != 0) {
        return unavailable("the name {} is not known: {}", address.host, ::gai_strerror(unknown));
    }
    int error = EADDRNOTAVAIL;
    for (const addrinfo* next = list.first; next != nullptr; next = next->ai_next) {
        base::UniqueFd fd;
        error = connectTo(*next, waiter, &fd);
        if (error == 0) {
            return fd;
        }
    }
    if (error == ECONNREFUSED) {
        return unavailable("{} refused the connection: nothing listens there", address.toString());
    }
    if (error == ETIMEDOUT) {
        return unavailable("{} does not answer", address.toString());
    }
    return unavailable(
        "{} cannot be reached: {}", address.toString(), std::generic_category().message(error));
}

/// The certificate at which a verification ended; the library drops the server's when one fails.
struct Refused {
    X509Ptr certificate;
    /// 0: the server's own, else one above it.
    int depth = 0;
};

/// What the library's callbacks tell of a handshake.
struct Heard {
    Refused refused;
    /// The server asked for a certificate, and there was none to show.
    bool asksInVain = false;
};

/// A TLS client on a socket, driven step by step so that every wait is bounded.
struct TlsSession {
    base::UniqueFd fd;
    SslContextPtr context;
    SslPtr ssl;
    std::unique_ptr<Heard> heard = std::make_unique<Heard>();
};

Heard& heardBy(const SSL* ssl) {
    return *static_cast<Heard*>(SSL_get_ex_data(ssl, 0));
}

int keepRefused(int ok, X509_STORE_CTX* verification) {
    if (ok != 1) {
        const auto* ssl = static_cast<const SSL*>(
            X509_STORE_CTX_get_ex_data(verification, SSL_get_ex_data_X509_STORE_CTX_idx()));
        Refused& refused = heardBy(ssl).refused;
        X509* certificate = X509_STORE_CTX_get_current_cert(verification);
        if (certificate != nullptr && X509_up_ref(certificate) == 1) {
            refused.certificate.reset(certificate);
        }
        refused.depth = X509_STORE_CTX_get_error_depth(verification);
    }
    return ok;
}

// The library asks here for a certificate only when it was given none.
int keepAsked(SSL* ssl, X509** /*certificate*/, EVP_PKEY** /*key*/) {
    heardBy(ssl).asksInVain = true;
    return 0;
}

// Runs `step` (an OpenSSL call) until it succeeds, fails, or time is over. Returns SSL_ERROR_NONE,
// the error, or SSL_ERROR_WANT_READ when time was over.
template <typename Step>
int drive(const TlsSession& session, const Waiter& waiter, Step step) {
    while (true) {
        ERR_clear_error();
        const int result = step(session.ssl.get());
        const int error = result > 0 ? SSL_ERROR_NONE : SSL_get_error(session.ssl.get(), result);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
            return error;
        }
        const short events = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
        if (!waiter.wait(session.fd.get(), events)) {
            return SSL_ERROR_WANT_READ;
        }
    }
}

bool isAddress(const std::string& name) {
    return net::IpAddress::parse(name).ok();
}

StatusOr<TlsSession> openSession(const net::HostPort& address, const Waiter& waiter) {
    TlsSession session;
    WEFT_ASSIGN_OR_RETURN(session.fd, connectTcp(address, waiter));
    session.context.reset(SSL_CTX_new(TLS_client_method()));
    if (session.context == nullptr) {
        return internalError("OpenSSL made no context");
    }
    SSL_CTX_set_min_proto_version(session.context.get(), TLS1_2_VERSION);
    return session;
}

Status begin(TlsSession* session, const std::string& serverName) {
    // RFC 7301: one name, its length in front.
    static constexpr std::array<unsigned char, 3> kAlpn{2, 'h', '2'};
    session->ssl.reset(SSL_new(session->context.get()));
    if (session->ssl == nullptr || SSL_set_fd(session->ssl.get(), session->fd.get()) != 1) {
        return internalError("OpenSSL made no session");
    }
    SSL_set_ex_data(session->ssl.get(), 0, session->heard.get());
    SSL_set_alpn_protos(session->ssl.get(), kAlpn.data(), kAlpn.size());
    if (!serverName.empty() && !isAddress(serverName)) {
        // The macro behind this name casts in the old style.
        // NOLINTBEGIN(cppcoreguidelines-pro-type-const-cast): the library copies the name
        SSL_ctrl(
            session->ssl.get(),
            SSL_CTRL_SET_TLSEXT_HOSTNAME,
            TLSEXT_NAMETYPE_host_name,
            const_cast<char*>(serverName.c_str()));
        // NOLINTEND(cppcoreguidelines-pro-type-const-cast)
    }
    return okStatus();
}

std::string timeText(const ASN1_TIME* time) {
    std::tm broken{};
    if (ASN1_TIME_to_tm(time, &broken) != 1) {
        return "?";
    }
    return fmt::format(
        "{:04}-{:02}-{:02} {:02}:{:02} UTC",
        broken.tm_year + 1900,
        broken.tm_mon + 1,
        broken.tm_mday,
        broken.tm_hour,
        broken.tm_min);
}

Status verifyFailure(long result, const Refused& refused, const std::string& name) {
    const X509* certificate = refused.certificate.get();
    const char* whose = refused.depth == 0 ? "the server's certificate"
                                           : "the certificate of the server's authority";
    switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return unauthenticated(
            "{} expired on {} (by this machine's clock)",
            whose,
            certificate == nullptr ? "?" : timeText(X509_get0_notAfter(certificate)));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return unauthenticated(
            "{} is not valid before {}: is this machine's clock right?",
            whose,
            certificate == nullptr ? "?" : timeText(X509_get0_notBefore(certificate)));
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return unauthenticated("the server's certificate is not for {}", name);
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return unauthenticated(
            "the server's certificate comes from another authority than this mesh's");
    default:
        return unauthenticated(
            "the server's certificate does not hold: {}", X509_verify_cert_error_string(result));
    }
}

std::string lastErrorText() {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    return reason == nullptr ? "the connection was closed" : reason;
}

// Alerts that a server sends are 1000 and the alert's number (RFC 8446 section 6).
bool wasAlert(unsigned long error) {
    return ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) >= SSL_AD_REASON_OFFSET;
}

// Whether the server ended the connection because it was shown no certificate. It need not: some
// ask for one and do without.
bool missesCertificate(const TlsSession& session) {
    return session.heard->asksInVain && wasAlert(ERR_peek_last_error());
}

Status noIdentity() {
    return unauthenticated("the server asks for a certificate, and this node has none");
}

Status handshakeFailure(const TlsSession& session, int error, const std::string& name) {
    if (error == SSL_ERROR_WANT_READ) {
        return unavailable("the server accepted the connection and then said nothing");
    }
    const long verified = SSL_get_verify_result(session.ssl.get());
    if (verified != X509_V_OK) {
        return verifyFailure(verified, session.heard->refused, name);
    }
    if (missesCertificate(session)) {
        return noIdentity();
    }
    if (wasAlert(ERR_peek_last_error())) {
        return unauthenticated("the server refused the TLS handshake: {}", lastErrorText());
    }
    return failedPrecondition(
        "the server ended the TLS handshake ({}): it may not speak TLS", lastErrorText());
}

Status trust(const TlsSession& session, const LinkOptions& options, const std::string& name) {
    SSL_CTX* context = session.context.get();
    if (options.authorityPem.empty()) {
        SSL_CTX_set_default_verify_paths(context);
    } else {
        const X509Ptr authority = readCertificate(options.authorityPem);
        if (authority == nullptr) {
            return invalidArgument("the authority's certificate does not read");
        }
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get());
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, keepRefused);
    SSL_CTX_set_client_cert_cb(context, keepAsked);
    X509_VERIFY_PARAM* parameters = SSL_CTX_get0_param(context);
    if (isAddress(name)) {
        X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str());
    } else {
        X509_VERIFY_PARAM_set1_host(parameters, name.data(), name.size());
    }
    if (options.tls == TlsMode::Mutual && !options.identity.empty()) {
        const X509Ptr own = readCertificate(options.identity.certificatePem);
        const KeyPtr key = readKey(options.identity.keyPem.revealText());
        if (own == nullptr || key == nullptr || SSL_CTX_use_certificate(context, own.get()) != 1
            || SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
            return invalidArgument("this node's certificate or key does not read");
        }
    }
    return okStatus();
}

// Servers of this library close the connection without an alert when they do not take a client's
// certificate, so the reason is looked for here, by what the server goes by.
Status refusedIdentity(const LinkOptions& options) {
    const Status own = crypto::verifyCertificate(
        options.identity.certificatePem, options.authorityPem, std::chrono::system_clock::now());
    return unauthenticated(
        "the server does not accept this node's certificate: {}",
        own.ok() ? "it gives no reason" : messageOf(own));
}

Status diagnoseTls(const net::HostPort& address, const LinkOptions& options, const Waiter& waiter) {
    const std::string& name = options.serverName.empty() ? address.host : options.serverName;
    WEFT_ASSIGN_OR_RETURN(auto session, openSession(address, waiter));
    WEFT_RETURN_IF_ERROR(trust(session, options, name));
    WEFT_RETURN_IF_ERROR(begin(&session, name));
    const int error = drive(session, waiter, [](SSL* ssl) { return SSL_connect(ssl); });
    if (error != SSL_ERROR_NONE) {
        // With TLS 1.2 the handshake itself ends when the certificate is not taken.
        const X509Ptr shown(SSL_get1_peer_certificate(session.ssl.get()));
        const bool trusted = SSL_get_verify_result(session.ssl.get()) == X509_V_OK;
        return shown != nullptr && trusted && !session.heard->asksInVain
                       && !options.identity.empty()
                   ? refusedIdentity(options)
                   : handshakeFailure(session, error, name);
    }
    // An HTTP/2 server speaks first, so the first read tells whether it took the certificate.
    std::array<char, 16> bytes{};
    const int read = drive(session, Waiter(waiter, kRefusalWait), [&bytes](SSL* ssl) {
        return SSL_read(ssl, bytes.data(), bytes.size());
    });
    const bool ended = read != SSL_ERROR_NONE && read != SSL_ERROR_WANT_READ;
    if (ended && missesCertificate(session)) {
        return noIdentity();
    }
    return ended && !options.identity.empty() ? refusedIdentity(options) : okStatus();
}

Status diagnosePlain(const net::HostPort& address, const Waiter& waiter) {
    // The preface and an empty SETTINGS frame (RFC 9113 sections 3.4 and 6.5).
    static constexpr std::string_view kHello(
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 33);
    constexpr int kSettingsFrame = 4;
    WEFT_ASSIGN_OR_RETURN(const auto fd, connectTcp(address, waiter));
    if (::send(fd.get(), kHello.data(), kHello.size(), MSG_NOSIGNAL) < 0
        || !waiter.wait(fd.get(), POLLIN)) {
        return unavailable("the server accepted the connection and then said nothing");
    }
    std::array<char, 9> bytes{};
    const ssize_t count = ::recv(fd.get(), bytes.data(), bytes.size(), 0);
    if (count < 4 || bytes[3] != kSettingsFrame) {
        return failedPrecondition(
            "the server does not speak plain HTTP/2: it may expect TLS, which is off here");
    }
    return okStatus();
}

std::string nameToHold(const crypto::CertificateInfo& info) {
    const auto storage = std::ranges::find_if(
        info.dnsNames, [](const std::string& name) { return name.starts_with("storage."); });
    if (storage != info.dnsNames.end()) {
        return *storage;
    }
    if (!info.dnsNames.empty()) {
        return info.dnsNames.front();
    }
    return info.ipAddresses.empty() ? "" : info.ipAddresses.front();
}

}  // namespace

Status diagnose(const net::HostPort& address, const LinkOptions& options, const ProbeLimit& limit) {
    const Waiter waiter(limit);
    Status status = options.tls == TlsMode::Insecure ? diagnosePlain(address, waiter)
                                                     : diagnoseTls(address, options, waiter);
    ERR_clear_error();
    return status;
}

StatusOr<PinnedAuthority> fetchPinnedAuthority(
    const net::HostPort& address, std::string_view fingerprint, const ProbeLimit& limit) {
    const Waiter waiter(limit);
    WEFT_ASSIGN_OR_RETURN(auto session, openSession(address, waiter));
    // Nothing is trusted yet: the chain is judged by the fingerprint below. The handshake itself
    // proves that the server holds the key of its certificate.
    SSL_CTX_set_verify(session.context.get(), SSL_VERIFY_NONE, nullptr);
    WEFT_RETURN_IF_ERROR(begin(&session, ""));
    const int error = drive(session, waiter, [](SSL* ssl) { return SSL_connect(ssl); });
    if (error != SSL_ERROR_NONE) {
        // The result of the verification that nobody asked for would hide the reason.
        SSL_set_verify_result(session.ssl.get(), X509_V_OK);
        return handshakeFailure(session, error, address.host);
    }
    const X509Ptr leaf(SSL_get1_peer_certificate(session.ssl.get()));
    // On a client this holds everything that was presented, the leaf first.
    STACK_OF(X509)* chain = SSL_get_peer_cert_chain(session.ssl.get());
    const std::string leafPem = leaf == nullptr ? "" : toPem(leaf.get());
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        X509* candidate = sk_X509_value(chain, i);
        X509_digest(candidate, EVP_sha256(), digest.data(), &length);
        const bool same = std::equal(
            digest.begin(),
            digest.begin() + length,
            fingerprint.begin(),
            fingerprint.end(),
            [](unsigned char a, char b) { return a == static_cast<unsigned char>(b); });
        if (!same) {
            continue;
        }
        PinnedAuthority found{toPem(candidate), ""};
        WEFT_RETURN_IF_ERROR(annotate(
            crypto::verifyCertificate(
                leafPem, found.authorityPem, std::chrono::system_clock::now()),
            "the server's certificate"));
        WEFT_ASSIGN_OR_RETURN(const auto info, crypto::inspectCertificate(leafPem));
        found.serverName = nameToHold(info);
        return found;
    }
    return unauthenticated("the server is not the one this invitation was made for");
}

}  // namespace weft::services
