// SPDX-License-Identifier: Apache-2.0
#include "core/config/detail/codec.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <type_traits>

namespace weft::config::detail {
namespace {

struct Context {
    const Key& key;
    std::string& warning;
};

Status wrong(const Context& context, std::string_view text, std::string_view expected) {
    if (context.key.secret()) {
        return invalidArgument("the value is not {}", expected);
    }
    return invalidArgument("\"{}\" is not {}", base::escapeForLine(text, 80), expected);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

std::optional<bool> parseBool(std::string_view text) {
    const std::string word = lower(text);
    for (const std::string_view yes : {"true", "1", "yes", "on"}) {
        if (word == yes) {
            return true;
        }
    }
    for (const std::string_view no : {"false", "0", "no", "off"}) {
        if (word == no) {
            return false;
        }
    }
    return std::nullopt;
}

Status requireText(const Scalar& scalar) {
    if (scalar.type == ScalarType::Bool || scalar.type == ScalarType::Number) {
        return invalidArgument(
            "text is expected, not {}: write \"{}\" in quotes",
            scalar.type == ScalarType::Bool ? "true or false" : "a number",
            base::escapeForLine(scalar.text, 80));
    }
    return okStatus();
}

// One reader for each type of scalar.

Status read(const Context& context, const Scalar& scalar, bool& out) {
    const auto value = scalar.type == ScalarType::Number ? std::nullopt : parseBool(scalar.text);
    if (!value) {
        return wrong(context, scalar.text, "true or false");
    }
    out = *value;
    return okStatus();
}

template <typename T>
requires std::same_as<T, std::uint16_t> || std::same_as<T, std::uint32_t> Status
read(const Context& context, const Scalar& scalar, T& out) {
    std::uint64_t number = 0;
    const auto& text = scalar.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (scalar.type == ScalarType::Bool || error != std::errc{} || end != text.data() + text.size()
        || number < context.key.least || number > context.key.most) {
        return wrong(
            context,
            text,
            fmt::format("a number from {} to {}", context.key.least, context.key.most));
    }
    out = static_cast<T>(number);
    return okStatus();
}

Status read(const Context& context, const Scalar& scalar, Duration& out) {
    if (scalar.type == ScalarType::Bool) {
        return wrong(context, scalar.text, "a duration: write 3s");
    }
    WEFT_ASSIGN_OR_RETURN(out, parseDuration(scalar.text));
    return okStatus();
}

Status read(const Context& /*context*/, const Scalar& scalar, std::string& out) {
    WEFT_RETURN_IF_ERROR(requireText(scalar));
    out = scalar.text;
    return okStatus();
}

Status read(const Context& context, const Scalar& scalar, std::filesystem::path& out) {
    WEFT_RETURN_IF_ERROR(requireText(scalar));
    if (scalar.text.find('\0') != std::string::npos) {
        return wrong(context, scalar.text, "a path");
    }
    out = scalar.text;
    return okStatus();
}

Status read(const Context& context, const Scalar& scalar, SharedSecret& out) {
    if (scalar.type == ScalarType::Bool || scalar.type == ScalarType::Number) {
        return wrong(context, {}, "text: put it in quotes");
    }
    out = SharedSecret(scalar.text);
    return okStatus();
}

/// Base64 of PEM, or PEM as it is.
StatusOr<std::string> decodePem(const Context& context, const Scalar& scalar) {
    constexpr std::string_view kMark = "-----BEGIN ";
    if (scalar.text.empty() || scalar.text.find(kMark) != std::string::npos) {
        return scalar.text;
    }
    std::string text = scalar.text;
    std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
    auto pem = base::base64Decode(text);
    if (!pem || pem->find(kMark) == std::string::npos) {
        return wrong(context, scalar.text, "base64 of a PEM text: use `base64 -w0 FILE`");
    }
    return *std::move(pem);
}

Status read(const Context& context, const Scalar& scalar, PemText& out) {
    WEFT_ASSIGN_OR_RETURN(out.pem, decodePem(context, scalar));
    return okStatus();
}

Status read(const Context& context, const Scalar& scalar, SecretPem& out) {
    WEFT_ASSIGN_OR_RETURN(const std::string pem, decodePem(context, scalar));
    out.pem = SharedSecret(pem);
    return okStatus();
}

Status read(const Context& context, const Scalar& scalar, net::IpPrefix& out) {
    auto prefix = net::IpPrefix::parse(scalar.text);
    if (!prefix.ok()) {
        return wrong(context, scalar.text, "a network: write 10.1.0.0/16 or fd00:1::/64");
    }
    out = *prefix;
    return okStatus();
}

Status read(const Context& context, const Scalar& scalar, net::HostPort& out) {
    // The API's own port where people leave it out; listeners name theirs.
    const bool isJoin = context.key.guard != Guard::Listen;
    auto parsed = net::HostPort::parse(scalar.text, isJoin ? 8443 : 0);
    if (!parsed.ok()) {
        return wrong(
            context, scalar.text, "a host and a port: write node.example:8443 or [::]:8443");
    }
    out = *std::move(parsed);
    return okStatus();
}

Status read(const Context& context, const Scalar& scalar, std::optional<net::IpAddress>& out) {
    if (scalar.text.empty()) {
        out.reset();
        return okStatus();
    }
    auto parsed = net::IpAddress::parse(scalar.text);
    if (!parsed.ok() || parsed->isUnspecified() || parsed->isMulticast()) {
        return wrong(
            context, scalar.text, "an IP address of a host: write 192.0.2.7 or 2001:db8::7");
    }
    out = *parsed;
    return okStatus();
}

Status read(const Context& context, const Scalar& scalar, net::Endpoint& out) {
    if (auto endpoint = net::Endpoint::parse(scalar.text); endpoint.ok()) {
        out = *endpoint;
        return okStatus();
    }
    if (auto address = net::IpAddress::parse(scalar.text); address.ok()) {
        out = {.address = *address, .port = 0};
        return okStatus();
    }
    return wrong(context, scalar.text, "an address and a port: write 192.0.2.7:51820");
}

template <typename Enum>
struct Choice {
    std::string_view name;
    Enum value;
    /// Why the name is taken for `value`; empty for its own name.
    std::string_view warning{};
};

constexpr std::array<Choice<NetworkPolicy>, 2> choicesOf(NetworkPolicy /*tag*/) {
    return {{{"accept", NetworkPolicy::Accept}, {"drop", NetworkPolicy::Drop}}};
}
constexpr std::array<Choice<StorageProvider>, 4> choicesOf(StorageProvider /*tag*/) {
    return {{
        {"sqlite", StorageProvider::Sqlite},
        {"memory", StorageProvider::Memory},
        {"passthrough", StorageProvider::Passthrough},
        {"raft",
         StorageProvider::Sqlite,
         "Weft does not use Raft; the mesh is stored with sqlite on this node"},
    }};
}
constexpr std::array<Choice<GroupGrade>, 2> choicesOf(GroupGrade /*tag*/) {
    return {{{"observe", GroupGrade::Observe}, {"operate", GroupGrade::Operate}}};
}

template <typename Enum>
requires std::is_enum_v<Enum> Status read(const Context& context, const Scalar& scalar, Enum& out) {
    std::string names;
    for (const auto& choice : choicesOf(Enum{})) {
        if (choice.name == scalar.text) {
            out = choice.value;
            context.warning = choice.warning;
            return okStatus();
        }
        names +=
            choice.warning.empty() ? (names.empty() ? "" : " or ") + std::string(choice.name) : "";
    }
    return wrong(context, scalar.text, "a value of this key: it is " + names);
}

/// The items of a list; one text is split at commas.
std::vector<Scalar> itemsOf(const Value& value) {
    if (value.isList || value.items.empty()) {
        return value.items;
    }
    std::vector<Scalar> items;
    std::string_view rest = value.items.front().text;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        auto item = rest.substr(0, comma);
        while (item.starts_with(' ')) {
            item.remove_prefix(1);
        }
        while (item.ends_with(' ')) {
            item.remove_suffix(1);
        }
        items.push_back({.text = std::string(item), .type = value.items.front().type});
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return items;
}

template <typename T>
Status readValue(const Context& context, const Value& value, T& out) {
    if (value.isList || value.items.size() != 1) {
        return invalidArgument("one value is expected, not a list");
    }
    T parsed{};
    WEFT_RETURN_IF_ERROR(read(context, value.items.front(), parsed));
    out = std::move(parsed);
    return okStatus();
}

template <typename T>
Status readValue(const Context& context, const Value& value, std::vector<T>& out) {
    std::vector<T> parsed;
    for (const Scalar& item : itemsOf(value)) {
        T one{};
        WEFT_RETURN_IF_ERROR(read(context, item, one));
        parsed.push_back(std::move(one));
    }
    out = std::move(parsed);
    return okStatus();
}

// One writer for each type of scalar.

std::string write(bool value) {
    return value ? "true" : "false";
}
template <typename T>
requires std::same_as<T, std::uint16_t> || std::same_as<T, std::uint32_t> std::string write(
    T value) {
    return std::to_string(value);
}
std::string write(Duration value) {
    return formatDuration(value);
}
std::string write(const std::string& value) {
    return value;
}
std::string write(const std::filesystem::path& value) {
    return value.string();
}
// A secret is shown by nobody, only whether there is one.
std::string write(const SharedSecret& value) {
    return value.empty() ? "" : "redacted";
}
std::string write(const PemText& value) {
    return value.empty() ? "" : base::base64Encode(value.pem);
}
std::string write(const SecretPem& value) {
    return write(value.pem);
}
std::string write(const net::IpPrefix& value) {
    return value.toString();
}
std::string write(const net::HostPort& value) {
    return value.toString();
}
std::string write(const std::optional<net::IpAddress>& value) {
    return value ? value->toString() : "";
}
std::string write(const net::Endpoint& value) {
    return value.port == 0 ? value.address.toString() : value.toString();
}
template <typename Enum>
requires std::is_enum_v<Enum> std::string write(Enum value) {
    for (const auto& choice : choicesOf(Enum{})) {
        if (choice.value == value) {
            return std::string(choice.name);
        }
    }
    return {};
}

template <typename T>
Rendered renderValue(const T& value) {
    return {.items = {write(value)}, .isText = !std::is_arithmetic_v<T>};
}
template <typename T>
Rendered renderValue(const std::vector<T>& value) {
    Rendered rendered{.isList = true};
    for (const T& item : value) {
        rendered.items.push_back(write(item));
    }
    return rendered;
}

struct Assigner {
    Context context;
    const Value& value;
    NodeOptions& options;

    Status operator()(std::monostate /*field*/) const {
        return internalError("{} has no place", context.key.name);
    }
    template <typename T>
    Status operator()(Ref<T> field) const {
        return readValue(context, value, field(options));
    }
};

struct Renderer {
    NodeOptions& options;

    Rendered operator()(std::monostate /*field*/) const { return {}; }
    template <typename T>
    Rendered operator()(Ref<T> field) const {
        return renderValue(field(options));
    }
};

}  // namespace

Status assign(const Key& key, const Value& value, NodeOptions& options, std::string& warning) {
    if (!value.problem.empty()) {
        return invalidArgument("{}", value.problem);
    }
    if (value.items.size() > kMaxListItems) {
        return invalidArgument("a list has at most {} items", kMaxListItems);
    }
    for (const Scalar& item : value.items) {
        if (item.text.size() > kMaxValueBytes) {
            return invalidArgument("a value has at most {} bytes", kMaxValueBytes);
        }
    }
    return std::visit(
        Assigner{.context = {.key = key, .warning = warning}, .value = value, .options = options},
        key.access);
}

bool isForeignDefault(const Key& key, const Value& value) {
    if (key.foreignType == ForeignType::List || value.items.empty()) {
        return value.problem.empty()
               && (value.items.empty() || (!value.isList && value.items.front().text.empty()));
    }
    if (value.isList || !value.problem.empty() || key.subtree) {
        return false;
    }
    const std::string& text = value.items.front().text;
    switch (key.foreignType) {
    case ForeignType::Bool:
        return parseBool(text) == (key.foreignDefault == "true");
    case ForeignType::Duration: {
        const auto given = parseDuration(text);
        const auto known = parseDuration(key.foreignDefault);
        return given.ok() && known.ok() && *given == *known;
    }
    default:
        return text.empty() || text == key.foreignDefault;
    }
}

Rendered render(const Key& key, const NodeOptions& options) {
    // The table leads to mutable fields only; nothing is written here.
    NodeOptions copy = options;
    return std::visit(Renderer{.options = copy}, key.access);
}

}  // namespace weft::config::detail
