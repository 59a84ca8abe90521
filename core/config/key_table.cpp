// SPDX-License-Identifier: Apache-2.0
#include "core/config/key_table.h"

#include "core/base/edit_distance.h"
#include "core/config/detail/key_rows.h"

#include <vector>

namespace weft::config {
namespace {

std::string_view lastPart(std::string_view name) {
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool isBelow(std::string_view name, std::string_view prefix) {
    return name.size() > prefix.size() && name.starts_with(prefix) && name[prefix.size()] == '.';
}

struct TypeNames {
    std::string_view operator()(std::monostate /*key*/) const { return "unsupported"; }
    std::string_view operator()(Ref<bool> /*key*/) const { return "true|false"; }
    std::string_view operator()(Ref<std::uint16_t> /*key*/) const { return "port"; }
    std::string_view operator()(Ref<std::uint32_t> /*key*/) const { return "number"; }
    std::string_view operator()(Ref<Duration> /*key*/) const { return "duration"; }
    std::string_view operator()(Ref<std::string> /*key*/) const { return "text"; }
    std::string_view operator()(Ref<std::filesystem::path> /*key*/) const { return "path"; }
    std::string_view operator()(Ref<SharedSecret> /*key*/) const { return "secret"; }
    std::string_view operator()(Ref<PemText> /*key*/) const { return "base64 of PEM"; }
    std::string_view operator()(Ref<SecretPem> /*key*/) const { return "base64 of PEM, secret"; }
    std::string_view operator()(Ref<net::IpPrefix> /*key*/) const { return "network"; }
    std::string_view operator()(Ref<net::HostPort> /*key*/) const { return "host:port"; }
    std::string_view operator()(Ref<std::optional<net::IpAddress>> /*key*/) const {
        return "address";
    }
    std::string_view operator()(Ref<std::vector<net::IpPrefix>> /*key*/) const {
        return "list of networks";
    }
    std::string_view operator()(Ref<std::vector<net::HostPort>> /*key*/) const {
        return "list of host:port";
    }
    std::string_view operator()(Ref<std::vector<net::Endpoint>> /*key*/) const {
        return "list of address:port";
    }
    std::string_view operator()(Ref<NetworkPolicy> /*key*/) const { return "accept|drop"; }
    std::string_view operator()(Ref<StorageProvider> /*key*/) const {
        return "sqlite|memory|passthrough";
    }
    std::string_view operator()(Ref<GroupGrade> /*key*/) const { return "observe|operate"; }
};

}  // namespace

bool Key::secret() const {
    return std::holds_alternative<Ref<SharedSecret>>(access)
           || std::holds_alternative<Ref<SecretPem>>(access)
           || (!supported() && (subtree || lastPart(name) == "psk" || name.ends_with("key-data")));
}

std::span<const Key> keyTable() {
    static const std::vector<Key> kTable = [] {
        std::vector<Key> rows;
        for (const auto section : detail::keyRows()) {
            rows.insert(rows.end(), section.begin(), section.end());
        }
        return rows;
    }();
    return kTable;
}

const Key* findKey(std::string_view name) {
    const Key* below = nullptr;
    for (const Key& key : keyTable()) {
        if (key.name == name) {
            return &key;
        }
        for (const auto alias : key.aliases) {
            if (!alias.empty() && alias == name) {
                return &key;
            }
        }
        if (key.subtree && isBelow(name, key.name)
            && (below == nullptr || key.name.size() > below->name.size())) {
            below = &key;
        }
    }
    return below;
}

std::string_view nearestKey(std::string_view name) {
    // A longer name than any key is no typing error: the distance need not be exact there.
    constexpr std::size_t kMostCompared = 96;
    name = name.substr(0, kMostCompared);
    std::string_view best;
    std::size_t bestScore = 0;
    const auto consider = [&](std::string_view candidate) {
        std::size_t score = 2 * base::editDistance(name, candidate);
        if (lastPart(candidate) == lastPart(name)) {
            score = score > 1 ? score / 2 : score;
        }
        if (best.empty() || score < bestScore) {
            best = candidate;
            bestScore = score;
        }
    };
    for (const Key& key : keyTable()) {
        consider(key.name);
        for (const auto alias : key.aliases) {
            if (!alias.empty()) {
                consider(alias);
            }
        }
    }
    return best;
}

std::string environmentName(std::string_view key) {
    std::string name = "WEFT_";
    for (const char c : key) {
        if (c == '.' || c == '-') {
            name += '_';
        } else {
            name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    return name;
}

std::string_view typeName(const Key& key) {
    // Not every number of two bytes is a port.
    if (std::holds_alternative<Ref<std::uint16_t>>(key.access) && !key.name.ends_with("port")) {
        return "number";
    }
    return std::visit(TypeNames{}, key.access);
}

}  // namespace weft::config
