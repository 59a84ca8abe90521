// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/ldap_authenticator.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <lber.h>
#include <ldap.h>
#include <sys/time.h>

namespace weft::services {

namespace {

constexpr std::size_t kMaxCaBytes = std::size_t{1} << 20;
constexpr const char* kSystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("services");
    return logger;
}

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 4512 section 2.5, without options.
bool isAttribute(std::string_view name) {
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return isLetterOrDigit(c) || c == '-' || c == '.';
    });
}

/// A connection; its calls answer with codes of LDAP.
class Connection {
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        if (ldap_ != nullptr) {
            ::ldap_unbind_ext_s(ldap_, nullptr, nullptr);
        }
    }

    int open(const LdapOptions& options);
    int bind(const std::string& dn, std::string_view password) {
        // The library takes a pointer to what it does not change.
        std::string copy(password);
        berval secret{copy.size(), copy.data()};
        const int code = ::ldap_sasl_bind_s(
            ldap_, dn.c_str(), LDAP_SASL_SIMPLE, &secret, nullptr, nullptr, nullptr);
        crypto::wipeMemory({reinterpret_cast<std::uint8_t*>(copy.data()), copy.size()});
        return code;
    }
    LDAP* get() { return ldap_; }

private:
    LDAP* ldap_ = nullptr;
};

int Connection::open(const LdapOptions& options) {
    if (const int code = ::ldap_initialize(&ldap_, options.server.c_str()); code != LDAP_SUCCESS) {
        return code;
    }
    // Each is set here, because a file of the system or of the user could say otherwise.
    const int version = LDAP_VERSION3;
    const int demand = LDAP_OPT_X_TLS_DEMAND;
    const int least = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2;
    const int never = LDAP_DEREF_NEVER;
    const int server = 0;
    const timeval limit{options.timeout.count(), 0};
    const std::string authorities =
        options.caFile.empty() ? kSystemAuthorities : options.caFile.string();
    const std::array<std::pair<int, const void*>, 9> settings{{
        {LDAP_OPT_PROTOCOL_VERSION, &version},
        {LDAP_OPT_REFERRALS, LDAP_OPT_OFF},
        {LDAP_OPT_DEREF, &never},
        {LDAP_OPT_NETWORK_TIMEOUT, &limit},
        {LDAP_OPT_TIMEOUT, &limit},
        {LDAP_OPT_X_TLS_REQUIRE_CERT, &demand},
        {LDAP_OPT_X_TLS_PROTOCOL_MIN, &least},
        {LDAP_OPT_X_TLS_CACERTFILE, authorities.c_str()},
        // Last: makes the library take up those of TLS.
        {LDAP_OPT_X_TLS_NEWCTX, &server},
    }};
    for (const auto& [option, value] : settings) {
        if (const int code = ::ldap_set_option(ldap_, option, value); code != LDAP_OPT_SUCCESS) {
            return code;
        }
    }
    return options.server.starts_with("ldap://") ? ::ldap_start_tls_s(ldap_, nullptr, nullptr)
                                                 : LDAP_SUCCESS;
}

/// What an entry says of one user.
struct Found {
    std::string dn;
    std::vector<std::string> userIds;
    std::vector<std::string> nodeIds;
    std::vector<std::string> states;
};

std::vector<std::string> valuesOf(LDAP* ldap, LDAPMessage* entry, const std::string& attribute) {
    std::vector<std::string> values;
    if (attribute.empty()) {
        return values;
    }
    berval** const list = ::ldap_get_values_len(ldap, entry, attribute.c_str());
    for (int i = 0; list != nullptr && list[i] != nullptr; ++i) {
        values.emplace_back(list[i]->bv_val, list[i]->bv_len);
    }
    ::ldap_value_free_len(list);
    return values;
}

/// nullopt with LDAP_SUCCESS: nobody, or several.
std::optional<Found> search(
    LDAP* ldap, const LdapOptions& options, const std::string& user, int* code) {
    const std::string filter =
        fmt::format("({}={})", options.userIdAttribute, ldapFilterValue(user));
    std::array<std::string, 3> names{
        options.userIdAttribute, options.nodeIdAttribute, options.userStatusAttribute};
    std::vector<char*> wanted;
    for (auto& name : names) {
        if (!name.empty()) {
            wanted.push_back(name.data());
        }
    }
    wanted.push_back(nullptr);
    timeval limit{options.timeout.count(), 0};
    constexpr int kMostEntries = 2;
    LDAPMessage* answer = nullptr;
    *code = ::ldap_search_ext_s(
        ldap,
        options.userBaseDn.c_str(),
        LDAP_SCOPE_SUBTREE,
        filter.c_str(),
        wanted.data(),
        0,
        nullptr,
        nullptr,
        &limit,
        kMostEntries,
        &answer);
    std::optional<Found> found;
    if (*code == LDAP_SUCCESS && ::ldap_count_entries(ldap, answer) == 1) {
        LDAPMessage* const entry = ::ldap_first_entry(ldap, answer);
        char* const dn = ::ldap_get_dn(ldap, entry);
        found = Found{
            dn == nullptr ? "" : dn,
            valuesOf(ldap, entry, names[0]),
            valuesOf(ldap, entry, names[1]),
            valuesOf(ldap, entry, names[2])};
        ::ldap_memfree(dn);
    }
    ::ldap_msgfree(answer);
    if (*code == LDAP_SIZELIMIT_EXCEEDED || *code == LDAP_NO_SUCH_OBJECT) {
        *code = LDAP_SUCCESS;
    }
    return found;
}

/// The identity, or empty text when the entry names none or several.
std::string identityIn(const Found& found, const LdapOptions& options, const std::string& user) {
    const auto& values = options.nodeIdAttribute.empty() ? found.userIds : found.nodeIds;
    if (values.size() == 1) {
        return values.front();
    }
    const bool isOwn =
        options.nodeIdAttribute.empty() && std::ranges::find(values, user) != values.end();
    return isOwn ? user : "";
}

/// Codes that speak of the user, not of the directory.
bool isRefusal(int code) {
    return code == LDAP_INVALID_CREDENTIALS || code == LDAP_INAPPROPRIATE_AUTH
           || code == LDAP_NO_SUCH_OBJECT || code == LDAP_INVALID_DN_SYNTAX
           || code == LDAP_UNWILLING_TO_PERFORM || code == LDAP_INSUFFICIENT_ACCESS
           || code == LDAP_CONSTRAINT_VIOLATION;
}

Status directoryFailed(std::string_view step, int code, LDAP* ldap) {
    char* said = nullptr;
    if (ldap != nullptr) {
        ::ldap_get_option(ldap, LDAP_OPT_DIAGNOSTIC_MESSAGE, &said);
    }
    log().error(
        "directory not asked step={} reason={} details={}",
        step,
        ::ldap_err2string(code),
        base::quoted(said == nullptr ? "" : said));
    ::ldap_memfree(said);
    return unavailable("the directory of users cannot be asked now: try again later");
}

Status requireText(std::string_view text, std::string_view key) {
    return text.empty() || text.find('\0') != std::string_view::npos
               ? invalidArgument("services.api.ldap.{} is needed to ask a directory", key)
               : okStatus();
}

Status requireAttribute(const std::string& name, std::string_view key) {
    return isAttribute(name) ? okStatus()
                             : invalidArgument(
                                 "services.api.ldap.{}: \"{}\" is no attribute: write uid",
                                 key,
                                 base::escapeForLine(name, 80));
}

}  // namespace

std::string ldapFilterValue(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (isLetterOrDigit(c)) {
            escaped.push_back(c);
        } else {
            escaped += fmt::format("\\{:02x}", static_cast<unsigned char>(c));
        }
    }
    return escaped;
}

Status LdapOptions::validate() const {
    const bool known = server.starts_with("ldaps://") || server.starts_with("ldap://")
                       || server.starts_with("ldapi://");
    if (!known || ::ldap_is_ldap_url(server.c_str()) == 0
        || server.find_first_of(" ,") != std::string::npos) {
        return invalidArgument(
            "services.api.ldap.server: \"{}\" is no directory: write ldaps://ldap.example, or "
            "ldap://ldap.example for StartTLS",
            base::escapeForLine(server, 80));
    }
    WEFT_RETURN_IF_ERROR(requireText(userBaseDn, "user-base-dn"));
    WEFT_RETURN_IF_ERROR(requireAttribute(userIdAttribute, "user-id-attribute"));
    if (!nodeIdAttribute.empty()) {
        WEFT_RETURN_IF_ERROR(requireAttribute(nodeIdAttribute, "node-id-attribute"));
    }
    if (userStatusAttribute.empty() != userDisabledValue.empty()) {
        return invalidArgument(
            "services.api.ldap.user-status-attribute and services.api.ldap.user-disabled-value "
            "belong together: give both");
    }
    if (!userStatusAttribute.empty()) {
        WEFT_RETURN_IF_ERROR(requireAttribute(userStatusAttribute, "user-status-attribute"));
    }
    if (bindDn.empty() != bindPassword.empty()) {
        return invalidArgument(
            "services.api.ldap.bind-dn and services.api.ldap.bind-password belong together: a name "
            "without a password is taken for anonymous");
    }
    return okStatus();
}

StatusOr<std::unique_ptr<LdapAuthenticator>> LdapAuthenticator::create(LdapOptions options) {
    WEFT_RETURN_IF_ERROR(options.validate());
    if (!options.caFile.empty()) {
        const auto read = base::readFile(options.caFile, kMaxCaBytes);
        WEFT_RETURN_IF_ERROR(
            annotate(read.status(), "services.api.ldap.ca-file {}", options.caFile.string()));
    }
    return std::unique_ptr<LdapAuthenticator>(new LdapAuthenticator(std::move(options)));
}

StatusOr<std::string> LdapAuthenticator::identityOf(const Credentials& credentials) {
    const auto password = credentials.password.revealText();
    // A name without a password is bound as nobody (RFC 4513 section 5.1.2), and that succeeds.
    if (password.empty() || password.find('\0') != std::string_view::npos
        || credentials.username.empty()) {
        return wrongCredentials();
    }
    Connection connection;
    if (const int code = connection.open(options_); code != LDAP_SUCCESS) {
        return directoryFailed("connect", code, connection.get());
    }
    if (!options_.bindDn.empty()) {
        const int code = connection.bind(options_.bindDn, options_.bindPassword.revealText());
        if (code != LDAP_SUCCESS) {
            return directoryFailed("bind", code, connection.get());
        }
    }
    int code = LDAP_SUCCESS;
    const auto found = search(connection.get(), options_, credentials.username, &code);
    if (code != LDAP_SUCCESS) {
        return directoryFailed("search", code, connection.get());
    }
    // An unknown name costs the same steps as a wrong password.
    const std::string dn =
        found && !found->dn.empty() ? found->dn : "cn=nobody," + options_.userBaseDn;
    code = connection.bind(dn, password);
    if (code != LDAP_SUCCESS && !isRefusal(code)) {
        return directoryFailed("login", code, connection.get());
    }
    if (code != LDAP_SUCCESS || !found || found->dn.empty()) {
        return wrongCredentials();
    }
    if (std::ranges::find(found->states, options_.userDisabledValue) != found->states.end()) {
        return wrongCredentials();
    }
    auto identity = identityIn(*found, options_, credentials.username);
    if (identity.empty()) {
        log().warn("directory names no identity user={}", base::quoted(credentials.username));
        return wrongCredentials();
    }
    return identity;
}

}  // namespace weft::services
