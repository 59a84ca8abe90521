// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_address.h"
#include "core/net/ip_prefix.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace weft::report {

/// What is taken out of a report. Secrets always are.
enum class Redaction : std::uint8_t {
    Full,       ///< nothing else
    Addresses,  ///< public addresses and host names
    Strict,     ///< besides, names of nodes and meshes, addresses of the mesh, public keys
};

/// "full", "addresses", "strict".
std::string_view nameOf(Redaction level);
std::optional<Redaction> redactionOf(std::string_view name);

/// Replaces what somebody does not want to hand out by tokens ("ip-1", "host-3", "node-2"): the
/// same thing always by the same one. Learn everything before the first text. Pure.
class Redactor {
public:
    explicit Redactor(Redaction level) : level_(level) {}

    // Empty ones are not learned.
    void learnNode(const std::string& id) { learn(Kind::Node, id, Redaction::Strict); }
    void learnMesh(const std::string& name) { learn(Kind::Mesh, name, Redaction::Strict); }
    void learnKey(const std::string& key) { learn(Kind::Key, key, Redaction::Strict); }
    /// "host:port", "[address]:port", a host or an address alone.
    void learnEndpoint(std::string_view endpoint);
    /// A network of a mesh, whose addresses stay unless the level is strict.
    void learnMeshNetwork(std::string_view prefix);
    /// Host names below it stay unless the level is strict.
    void learnMeshDomain(const std::string& domain);

    /// `text` with tokens in place of what is known, and of what looks like an address, a host name
    /// or a secret. A known name inside of a longer word is another word.
    std::string text(std::string_view text);

private:
    enum class Kind : std::uint8_t { Ip, Host, Node, Mesh, MeshIp, Key };
    static constexpr std::size_t kKinds = 6;
    struct Match {
        std::size_t length = 0;
        /// As it stands in the text.
        std::string replacement;
    };

    void learn(Kind kind, const std::string& value, Redaction from);
    std::string tokenOf(Kind kind, const std::string& value);
    std::optional<Match> matchAt(std::string_view text, std::size_t at);
    std::optional<Match> knownAt(std::string_view text, std::size_t at);
    std::optional<Match> addressAt(std::string_view text, std::size_t at);
    std::optional<Match> hostAt(std::string_view text, std::size_t at);
    std::optional<Match> keyAt(std::string_view text, std::size_t at);
    std::optional<Kind> kindOf(const net::IpAddress& address) const;
    bool isOfMesh(std::string_view host) const;

    const Redaction level_;
    /// By the value in lower case.
    std::map<std::string, Kind, std::less<>> known_;
    /// Lengths of the known values by their first byte, the longest first.
    std::array<std::set<std::size_t, std::greater<>>, 256> lengths_;
    std::vector<net::IpPrefix> meshNetworks_;
    std::vector<std::string> meshDomains_;
    std::map<std::pair<Kind, std::string>, std::string> tokens_;
    std::array<std::size_t, kKinds> used_{};
};

}  // namespace weft::report
