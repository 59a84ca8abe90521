// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/options.h"
#include "core/config/value.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace weft::config {

/// Where the value of a key lives; its type is the type of the key.
template <typename T>
using Ref = T& (*)(NodeOptions&);

/// Monostate: the key is known but not supported.
using Access = std::variant<
    std::monostate,
    Ref<bool>,
    Ref<std::uint16_t>,
    Ref<std::uint32_t>,
    Ref<Duration>,
    Ref<std::string>,
    Ref<std::filesystem::path>,
    Ref<SharedSecret>,
    Ref<PemText>,
    Ref<SecretPem>,
    Ref<net::IpPrefix>,
    Ref<net::HostPort>,
    Ref<std::optional<net::IpAddress>>,
    Ref<std::vector<net::IpPrefix>>,
    Ref<std::vector<net::HostPort>>,
    Ref<std::vector<net::Endpoint>>,
    Ref<NetworkPolicy>,
    Ref<StorageProvider>,
    Ref<GroupGrade>>;

/// The type of a key that is not supported; its value is compared with the reference's default.
enum class ForeignType : std::uint8_t { Text, Bool, Number, Duration, List };

/// Why only an administrator may give the key in a Connect (design: local control).
enum class Guard : std::uint8_t {
    None,
    File,      ///< names a file
    Plugin,    ///< names or configures a plugin
    Listen,    ///< opens a listener or chooses its address
    Insecure,  ///< turns a protection off
    Start,     ///< belongs to the daemon and is set at its start: nobody may
};

/// One row of the table that drives parsing, names of flags and of the environment, the help text,
/// the printed configuration, the search for the nearest key and the refusals in a Connect.
struct Key {
    /// Section and key with dots, as in files: "mesh.node-id".
    std::string_view name{};
    /// Other names that mean the same, in every source.
    std::array<std::string_view, 3> aliases{};
    Access access{};
    /// A sentence; for a key that is not supported the reason why it has no effect.
    std::string_view help{};
    Guard guard = Guard::None;
    /// Numbers only.
    std::uint32_t least = 0;
    std::uint32_t most = 65535;

    // The rest is for keys that are not supported.
    ForeignType foreignType = ForeignType::Text;
    /// What the reference does without the key. Given this value, the key is no reason to warn.
    std::string_view foreignDefault{};
    /// Without it the node would be less safe than its owner asked for: an error, not a warning.
    bool weakens = false;
    /// The row stands for everything below `name` too.
    bool subtree = false;

    bool supported() const { return access.index() != 0; }
    /// Never shown: passwords and private keys.
    bool secret() const;
};

/// All rows; the keys of a section stand together, supported ones first.
std::span<const Key> keyTable();

/// The row for a key, by name, by alias or by being below a subtree. nullptr: unknown.
const Key* findKey(std::string_view name);

/// The known name that is nearest to `name` by edit distance; a name with the same last part in
/// another section wins over one that is as far.
std::string_view nearestKey(std::string_view name);

/// "mesh.node-id" -> "WEFT_MESH_NODE_ID".
std::string environmentName(std::string_view key);

/// "flag", "text", "port", "duration", "list of networks": for the help text.
std::string_view typeName(const Key& key);

}  // namespace weft::config
