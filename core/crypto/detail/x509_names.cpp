// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/detail/x509_names.h"

#include "core/base/text.h"
#include "core/net/endpoint.h"
#include "core/net/ip_address.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

namespace weft::crypto {
namespace detail {
namespace {

using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, FreeWith<GENERAL_NAME_free>>;

std::span<const std::uint8_t> bytesOf(const ASN1_STRING* value) {
    return {ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value))};
}

StatusOr<std::string> dnsNameOf(const ASN1_STRING* value) {
    const auto bytes = bytesOf(value);
    std::string text(bytes.begin(), bytes.end());
    const auto odd = [](char each) { return each <= ' ' || each > '~'; };
    if (text.empty() || std::any_of(text.begin(), text.end(), odd)) {
        return invalidArgument(
            "a DNS name of the certificate is none: \"{}\"", base::escapeForLine(text));
    }
    return text;
}

StatusOr<std::string> addressOf(const ASN1_STRING* value) {
    const auto bytes = bytesOf(value);
    if (bytes.size() == 4) {
        std::uint32_t host = 0;
        for (const auto each : bytes) {
            host = (host << 8U) | each;
        }
        return net::IpAddress::v4(host).toString();
    }
    std::array<std::uint8_t, 16> network{};
    if (bytes.size() != network.size()) {
        return invalidArgument("an address of the certificate has {} bytes", bytes.size());
    }
    std::ranges::copy(bytes, network.begin());
    return net::IpAddress::v6(network).toString();
}

Status append(GENERAL_NAMES* names, int kind, int stringType, std::string_view bytes) {
    GeneralNamePtr name(GENERAL_NAME_new());
    std::unique_ptr<ASN1_STRING, FreeWith<ASN1_STRING_free>> value(
        ASN1_STRING_type_new(stringType));
    if (!name || !value
        || ASN1_STRING_set(value.get(), bytes.data(), static_cast<int>(bytes.size())) != 1) {
        return internalError("making an alternative name: {}", ErrorScope::reason());
    }
    GENERAL_NAME_set0_value(name.get(), kind, value.release());
    if (sk_GENERAL_NAME_push(names, name.get()) <= 0) {
        return internalError("adding an alternative name: {}", ErrorScope::reason());
    }
    // The list has it now.
    static_cast<void>(name.release());
    return okStatus();
}

}  // namespace

StatusOr<std::string> commonNameOf(const X509_NAME* name) {
    const int first = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (first < 0) {
        return std::string();
    }
    if (X509_NAME_get_index_by_NID(name, NID_commonName, first) >= 0) {
        return invalidArgument("the subject has more than one common name");
    }
    const auto* const value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, first));
    unsigned char* converted = nullptr;
    const int length = ASN1_STRING_to_UTF8(&converted, value);
    if (length < 0) {
        return invalidArgument("the common name is no text");
    }
    std::string text(reinterpret_cast<char*>(converted), static_cast<std::size_t>(length));
    OPENSSL_free(converted);
    if (!base::isUtf8(text) || text.find('\0') != std::string::npos) {
        return invalidArgument("the common name is no text");
    }
    return text;
}

StatusOr<AlternativeNames> alternativeNamesOf(const GENERAL_NAMES* names) {
    AlternativeNames found;
    const int count = names == nullptr ? 0 : sk_GENERAL_NAME_num(names);
    if (count > static_cast<int>(kMostAlternativeNames)) {
        return invalidArgument("{} alternative names, at most {}", count, kMostAlternativeNames);
    }
    for (int i = 0; i < count; ++i) {
        int kind = 0;
        const auto* const value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &kind);
        if (kind == GEN_DNS) {
            WEFT_ASSIGN_OR_RETURN(auto dns, dnsNameOf(static_cast<const ASN1_STRING*>(value)));
            found.dnsNames.push_back(std::move(dns));
        } else if (kind == GEN_IPADD) {
            WEFT_ASSIGN_OR_RETURN(auto address, addressOf(static_cast<const ASN1_STRING*>(value)));
            found.ipAddresses.push_back(std::move(address));
        }
    }
    return found;
}

Status addCommonName(X509_NAME* name, std::string_view commonName) {
    const bool text = base::isUtf8(commonName) && commonName.find('\0') == std::string_view::npos;
    if (!text || commonName.empty()) {
        return invalidArgument("\"{}\" cannot be a common name", base::escapeForLine(commonName));
    }
    const int added = X509_NAME_add_entry_by_NID(
        name,
        NID_commonName,
        MBSTRING_UTF8,
        reinterpret_cast<const unsigned char*>(commonName.data()),
        static_cast<int>(commonName.size()),
        -1,
        0);
    if (added != 1) {
        return invalidArgument(
            "\"{}\" cannot be a common name: {} (at most {} characters)",
            base::escapeForLine(commonName),
            ErrorScope::reason(),
            kMostCommonNameCharacters);
    }
    return okStatus();
}

StatusOr<GeneralNamesPtr> encodeAlternativeNames(const CertificateRequestParams& params) {
    const auto count = params.dnsNames.size() + params.ipAddresses.size();
    if (count > kMostAlternativeNames) {
        return invalidArgument("{} alternative names, at most {}", count, kMostAlternativeNames);
    }
    if (count == 0) {
        return GeneralNamesPtr();
    }
    GeneralNamesPtr names(GENERAL_NAMES_new());
    if (!names) {
        return internalError("making alternative names: {}", ErrorScope::reason());
    }
    for (const auto& dns : params.dnsNames) {
        if (!isDnsName(dns)) {
            return invalidArgument("\"{}\" is not a DNS name", base::escapeForLine(dns));
        }
        WEFT_RETURN_IF_ERROR(append(names.get(), GEN_DNS, V_ASN1_IA5STRING, dns));
    }
    for (const auto& text : params.ipAddresses) {
        WEFT_ASSIGN_OR_RETURN(const auto address, net::IpAddress::parse(text));
        const auto bytes = address.bytes();
        const std::string_view raw(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        WEFT_RETURN_IF_ERROR(append(names.get(), GEN_IPADD, V_ASN1_OCTET_STRING, raw));
    }
    return names;
}

}  // namespace detail

bool isDnsName(std::string_view name) {
    // The host rule of HostPort, less its frame and less addresses.
    return !name.empty() && name.find_first_of("[]:") == std::string_view::npos
           && net::HostPort::parse(name, 1).ok() && !net::IpAddress::parse(name).ok();
}

}  // namespace weft::crypto
