// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/platform/offload.h"
#include "core/platform/tun_device.h"

#include <cstddef>
#include <memory>
#include <string>

namespace weft::platform {

/// The inner MTU over an outer one of 1,500: less 40 bytes of IPv6, 8 of UDP and 32 of WireGuard.
inline constexpr std::size_t kDefaultTunMtu = 1420;
/// The least that IPv4 asks for (RFC 791). Below 1,280 the interface has no IPv6 (RFC 8200).
inline constexpr std::size_t kLeastMtu = 68;
inline constexpr std::size_t kMostMtu = 65'535;

/// Everything a device may be asked for.
inline constexpr TunOffloads kAllTunOffloads{true, true, true, true, true};

struct TunOptions {
    /// The name of the interface, or a pattern with one "%d" for the first free number.
    std::string name = "weft%d";
    std::size_t mtu = kDefaultTunMtu;
    /// What to ask the system for. What it does not know is left out, step by step.
    TunOffloads offloads = kAllTunOffloads;
    /// How many packets, or super-packets, the system keeps for us before it drops.
    std::size_t queuePackets = 2000;

    /// Errors: kInvalidArgument; the text names the option.
    Status validate() const;
};

/// Whether `name` may name a network interface: 1 to 15 bytes, no white space, slash or colon, not
/// "." or ".."; one "%d" when `mayBePattern`.
bool isInterfaceName(const std::string& name, bool mayBePattern);

/// Makes a tunnel interface, down and without addresses (core/platform/interface_setup.h gives it
/// those). It disappears with the object and with the process, however that ends.
///
/// Errors: kInvalidArgument    an option makes no sense; the text names it
///         kPermissionDenied   this process may not make interfaces; the text names the ways out
///         kFailedPrecondition the name is taken
///         kUnavailable        the system has no tunnel driver, or reports something else
/// Thread: any.
StatusOr<std::unique_ptr<TunDevice>> openTun(const TunOptions& options);

}  // namespace weft::platform
