// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/wireguard/control/control_target.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace weft::wireguard {

struct ControlSocketOptions {
    /// The interface; the socket is called after it.
    std::string name;
    /// Where wg(8) looks. Made with mode 0755 when it is missing.
    std::filesystem::path folder = "/var/run/wireguard";
    /// Further clients wait until one leaves.
    std::size_t clients = 8;
    /// A client that neither sends nor takes anything for so long is let go.
    std::chrono::milliseconds patience{10'000};
};

/// The control socket of a userspace WireGuard interface, FOLDER/NAME.sock, which wg(8) speaks to.
/// It is open to the user of this process and to root alone (mode 0700, as wireguard-go's).
/// Runs on a thread of its own, from which it calls the target.
/// Thread: create and destroy on one thread; the target must outlive it.
class ControlSocket {
public:
    /// Binds and starts to serve. A socket that a dead process has left is replaced.
    ///
    /// Errors: kInvalidArgument    the name is no interface's, or the path is too long
    ///         kFailedPrecondition somebody answers on this socket, or the file is no socket
    ///         kPermissionDenied   the folder may not be made or written, or the socket there is
    ///                             another user's
    ///         kUnavailable        anything else the system reports
    static StatusOr<std::unique_ptr<ControlSocket>> create(
        const ControlSocketOptions& options, ControlTarget& target);

    ControlSocket() = default;
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;
    /// Lets the clients go, joins, removes the socket unless somebody has put another in its place.
    /// Waits for the call of the target that is under way.
    virtual ~ControlSocket() = default;

    virtual const std::filesystem::path& path() const = 0;
};

}  // namespace weft::wireguard
