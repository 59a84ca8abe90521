// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/key_table.h"

#include <array>
#include <span>

namespace weft::config::detail {

// The rows by section; key_table.cpp joins them.
std::span<const Key> globalRows();
std::span<const Key> bootstrapRows();
std::span<const Key> authRows();
std::span<const Key> meshRows();
std::span<const Key> storageRows();
std::span<const Key> apiRows();
std::span<const Key> ldapRows();
std::span<const Key> servicesRows();
std::span<const Key> tlsRows();
std::span<const Key> wireguardRows();
std::span<const Key> weftRows();
/// Sections without a supported key: discovery, plugins, bridge, the reference's daemon flags.
std::span<const Key> foreignRows();

inline std::array<std::span<const Key>, 12> keyRows() {
    return {
        weftRows(),
        globalRows(),
        bootstrapRows(),
        authRows(),
        meshRows(),
        storageRows(),
        apiRows(),
        ldapRows(),
        servicesRows(),
        tlsRows(),
        wireguardRows(),
        foreignRows()};
}

}  // namespace weft::config::detail

/// A function that leads to one field of NodeOptions.
#define WEFT_CONFIG_FIELD(path) \
    (+[](::weft::config::NodeOptions& o) -> decltype((o.path)) { return (o.path); })
