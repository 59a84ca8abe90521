// SPDX-License-Identifier: Apache-2.0
#include "core/report/redactor.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace weft::report {
namespace {

constexpr std::array<std::pair<std::string_view, Redaction>, 3> kLevels{{
    {"full", Redaction::Full},
    {"addresses", Redaction::Addresses},
    {"strict", Redaction::Strict},
}};
/// By Kind.
constexpr std::array<std::string_view, 6> kPrefixes{"ip", "host", "node", "mesh", "mesh-ip", "key"};
constexpr const char* kSecret = "[secret]";
constexpr std::string_view kCodeStart = "weft1-";
constexpr std::string_view kPemStart = "-----BEGIN ";
constexpr std::string_view kPemEnd = "-----END ";
constexpr std::string_view kPemRule = "-----";
/// An IPv6 address that ends in an IPv4 one.
constexpr std::size_t kLongestAddress = 45;
/// 32 bytes in base64, without the padding.
constexpr std::size_t kKeyCharacters = 43;
/// Last parts of dotted words that are no host names: files, and names of calls.
constexpr std::array<std::string_view, 16> kFileEndings{
    "conf",
    "sock",
    "json",
    "yaml",
    "yml",
    "toml",
    "log",
    "so",
    "db",
    "pem",
    "key",
    "crt",
    "service",
    "pid",
    "zip",
    "txt"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return lower(c); });
    return result;
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}
bool isWord(char c) {
    return isDigit(c) || isLetter(c);
}
bool isHex(char c) {
    return isDigit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}
bool isOfAddress(char c) {
    return isHex(c) || c == ':' || c == '.';
}
bool isOfHost(char c) {
    return isWord(c) || c == '.' || c == '-' || c == '_';
}
bool isOfKey(char c) {
    return isWord(c) || c == '+' || c == '/';
}

/// How far characters of a kind go from a place on.
template <typename Is>
std::size_t runOf(std::string_view text, std::size_t at, Is is) {
    std::size_t end = at;
    while (end < text.size() && is(text[end])) {
        ++end;
    }
    return end - at;
}

/// A private key in PEM, to the end of its last line, or of the text.
std::size_t pemAt(std::string_view text, std::size_t at) {
    const auto rest = text.substr(at);
    if (!rest.starts_with(kPemStart)) {
        return 0;
    }
    const auto label =
        rest.substr(kPemStart.size(), rest.find(kPemRule, kPemStart.size()) - kPemStart.size());
    if (label.find("PRIVATE") == std::string_view::npos) {
        return 0;
    }
    const auto end = rest.find(kPemEnd);
    if (end == std::string_view::npos) {
        return rest.size();
    }
    const auto rule = rest.find(kPemRule, end + kPemEnd.size());
    return rule == std::string_view::npos ? rest.size() : rule + kPemRule.size();
}

/// What follows "password=" and the like, to the next blank; the name stays.
std::size_t valueOfSecretAt(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 5> kNames{
        "password", "secret", "passphrase", "presharedkey", "privatekey"};
    if (at == 0 || (text[at - 1] != '=' && text[at - 1] != ':')) {
        return 0;
    }
    const std::string before = lower(text.substr(0, at - 1).substr(at - 1 > 16 ? at - 17 : 0));
    const bool isNamed = std::ranges::any_of(
        kNames, [&before](std::string_view name) { return before.ends_with(name); });
    return isNamed ? runOf(text, at, [](char c) { return c != ' ' && c != '\n' && c != ','; }) : 0;
}

std::size_t secretAt(std::string_view text, std::size_t at) {
    if (text.substr(at).starts_with(kCodeStart)) {
        const auto run = runOf(
            text, at + kCodeStart.size(), [](char c) { return isWord(c) || c == '-' || c == '_'; });
        return run == 0 ? 0 : kCodeStart.size() + run;
    }
    const std::size_t pem = pemAt(text, at);
    return pem != 0 ? pem : valueOfSecretAt(text, at);
}

/// Whether a run of characters can begin with an address at all: trying is costly.
bool mayBeAddress(std::string_view run) {
    constexpr std::ptrdiff_t kDots = 3;
    constexpr std::ptrdiff_t kColons = 2;
    return (isDigit(run.front()) && std::ranges::count(run, '.') >= kDots)
           || std::ranges::count(run, ':') >= kColons;
}

bool isPublicV6(const net::IpAddress& address) {
    constexpr std::uint8_t kGlobalMask = 0xe0;
    constexpr std::uint8_t kGlobal = 0x20;
    constexpr std::array<std::uint8_t, 4> kTranslated{0x00, 0x64, 0xff, 0x9b};
    const auto bytes = address.bytes();
    return (bytes[0] & kGlobalMask) == kGlobal
           || std::equal(kTranslated.begin(), kTranslated.end(), bytes.begin());
}

bool isPublic(const net::IpAddress& given) {
    const net::IpAddress address = given.unmapped();
    if (address.isUnspecified() || address.isLoopback() || address.isLinkLocal()
        || address.isMulticast() || address.isPrivate()) {
        return false;
    }
    constexpr std::uint32_t kBroadcast = 0xffffffff;
    return address.isV4() ? address.v4Value() != kBroadcast : isPublicV6(address);
}

}  // namespace

std::string_view nameOf(Redaction level) {
    return kLevels.at(static_cast<std::size_t>(level)).first;
}

std::optional<Redaction> redactionOf(std::string_view name) {
    for (const auto& [known, level] : kLevels) {
        if (name == known) {
            return level;
        }
    }
    return std::nullopt;
}

void Redactor::learn(Kind kind, const std::string& value, Redaction from) {
    if (level_ < from) {
        return;
    }
    // As it is, and as it stands in a line.
    for (const std::string& form : {value, base::escapeForLine(value, value.size() * 4 + 4)}) {
        if (!form.empty() && known_.emplace(lower(form), kind).second) {
            lengths_.at(static_cast<unsigned char>(lower(form.front()))).insert(form.size());
        }
    }
}

void Redactor::learnEndpoint(std::string_view endpoint) {
    if (endpoint.starts_with('[') || net::IpAddress::parse(endpoint).ok()) {
        return;  // an address, which is found wherever it stands
    }
    const auto host = endpoint.substr(0, endpoint.find(':'));
    if (!host.empty() && !net::IpAddress::parse(host).ok() && !isOfMesh(host)
        && lower(host) != "localhost") {
        learn(Kind::Host, std::string(host), Redaction::Addresses);
    }
}

void Redactor::learnMeshNetwork(std::string_view prefix) {
    if (const auto parsed = net::IpPrefix::parse(prefix); parsed.ok() && parsed->length() > 0) {
        meshNetworks_.push_back(*parsed);
    }
}

void Redactor::learnMeshDomain(const std::string& domain) {
    std::string plain = lower(domain);
    while (plain.ends_with('.')) {
        plain.pop_back();
    }
    if (!plain.empty()) {
        learn(Kind::Mesh, plain, Redaction::Strict);
        meshDomains_.push_back(std::move(plain));
    }
}

bool Redactor::isOfMesh(std::string_view host) const {
    const std::string name = lower(host);
    return std::ranges::any_of(meshDomains_, [&name](const std::string& domain) {
        return name == domain || name.ends_with("." + domain);
    });
}

std::string Redactor::tokenOf(Kind kind, const std::string& value) {
    const auto found = tokens_.find({kind, value});
    if (found != tokens_.end()) {
        return found->second;
    }
    // A token is nobody's name, nor has it one in it.
    std::string prefix(kPrefixes.at(static_cast<std::size_t>(kind)));
    while (known_.contains(prefix) || known_.contains(prefix.substr(0, prefix.find('-')))) {
        prefix.insert(0, 1, 'x');
    }
    std::size_t& number = used_.at(static_cast<std::size_t>(kind));
    std::string token;
    do {
        token = fmt::format("{}-{}", prefix, ++number);
    } while (known_.contains(token) || known_.contains(std::to_string(number)));
    return tokens_.emplace(std::pair(kind, value), token).first->second;
}

std::optional<Redactor::Match> Redactor::knownAt(std::string_view text, std::size_t at) {
    if (at > 0 && isWord(text[at - 1]) && isWord(text[at])) {
        return std::nullopt;
    }
    for (const std::size_t length : lengths_.at(static_cast<unsigned char>(lower(text[at])))) {
        if (at + length > text.size()
            || (at + length < text.size() && isWord(text[at + length - 1])
                && isWord(text[at + length]))) {
            continue;
        }
        const std::string value = lower(text.substr(at, length));
        const auto found = known_.find(value);
        if (found != known_.end()) {
            return Match{length, tokenOf(found->second, value)};
        }
    }
    return std::nullopt;
}

std::optional<Redactor::Kind> Redactor::kindOf(const net::IpAddress& address) const {
    const auto isIn = [&address](const net::IpPrefix& network) {
        return network.contains(address) || network.contains(address.unmapped());
    };
    if (std::ranges::any_of(meshNetworks_, isIn)) {
        return level_ == Redaction::Strict ? std::optional(Kind::MeshIp) : std::nullopt;
    }
    return isPublic(address) ? std::optional(Kind::Ip) : std::nullopt;
}

std::optional<Redactor::Match> Redactor::addressAt(std::string_view text, std::size_t at) {
    if (level_ < Redaction::Addresses || !isOfAddress(text[at]) || text[at] == '.') {
        return std::nullopt;
    }
    const bool afterNumber = at > 0 && (isDigit(text[at - 1]) || text[at - 1] == '.');
    const std::size_t run = std::min(runOf(text, at, isOfAddress), kLongestAddress);
    if (!mayBeAddress(text.substr(at, run))) {
        return std::nullopt;
    }
    for (std::size_t length = run; length > 1; --length) {
        const auto address = net::IpAddress::parse(text.substr(at, length));
        if (!address.ok() || (address->isV4() && afterNumber)) {
            continue;
        }
        const auto kind = kindOf(*address);
        const std::string as = address->unmapped().toString();
        return Match{length, kind ? tokenOf(*kind, as) : std::string(text.substr(at, length))};
    }
    return std::nullopt;
}

std::optional<Redactor::Match> Redactor::hostAt(std::string_view text, std::size_t at) {
    const bool isStart = at == 0 || !isOfHost(text[at - 1]);
    if (level_ < Redaction::Addresses || !isStart || !isWord(text[at])) {
        return std::nullopt;
    }
    // What follows one slash is a path or the name of a call.
    if (at > 0 && text[at - 1] == '/' && (at < 2 || text[at - 2] != '/')) {
        return std::nullopt;
    }
    std::string_view host = text.substr(at, runOf(text, at, isOfHost));
    while (!host.empty() && !isWord(host.back())) {
        host.remove_suffix(1);
    }
    const auto dot = host.rfind('.');
    if (dot == std::string_view::npos || isOfMesh(host)) {
        return std::nullopt;
    }
    const std::string last = lower(host.substr(dot + 1));
    const bool isName =
        last.size() > 1 && std::ranges::all_of(last, [](char c) { return isLetter(c); });
    if (!isName || std::ranges::find(kFileEndings, last) != kFileEndings.end()) {
        return std::nullopt;
    }
    return Match{host.size(), tokenOf(Kind::Host, lower(host))};
}

std::optional<Redactor::Match> Redactor::keyAt(std::string_view text, std::size_t at) {
    const bool isStart = at == 0 || !isOfKey(text[at - 1]);
    if (level_ < Redaction::Strict || !isStart || runOf(text, at, isOfKey) != kKeyCharacters
        || at + kKeyCharacters >= text.size() || text[at + kKeyCharacters] != '=') {
        return std::nullopt;
    }
    const auto key = text.substr(at, kKeyCharacters + 1);
    return Match{key.size(), tokenOf(Kind::Key, lower(key))};
}

std::optional<Redactor::Match> Redactor::matchAt(std::string_view text, std::size_t at) {
    if (const std::size_t secret = secretAt(text, at); secret != 0) {
        return Match{secret, kSecret};
    }
    for (const auto look :
         {&Redactor::knownAt, &Redactor::addressAt, &Redactor::keyAt, &Redactor::hostAt}) {
        if (auto match = std::invoke(look, *this, text, at)) {
            return match;
        }
    }
    return std::nullopt;
}

std::string Redactor::text(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        if (const auto match = matchAt(text, at)) {
            result += match->replacement;
            at += match->length;
        } else {
            result += text[at++];
        }
    }
    return result;
}

}  // namespace weft::report
