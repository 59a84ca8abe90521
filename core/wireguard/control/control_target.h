// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/wireguard/control/settings.h"

#include <cstdint>
#include <vector>

namespace weft::wireguard {

/// Some of the peers, and where to go on.
struct PeerPage {
    std::vector<PeerState> peers;
    /// For the next call of `ControlTarget::peers`; 0 when these were the last.
    std::uint64_t next = 0;
};

/// What the configuration protocol acts on: an interface with its peers.
///
/// Each call returns when the work is done. The codes of errors become the numbers that the client
/// sees, see `errorNumberOf`.
/// Thread: the control socket's, one call at a time. An implementation hands over to the thread
/// that owns the interface and waits for it; when that thread has ended it returns kCancelled.
class ControlTarget {
public:
    ControlTarget() = default;
    ControlTarget(const ControlTarget&) = delete;
    ControlTarget& operator=(const ControlTarget&) = delete;
    virtual ~ControlTarget() = default;

    /// Errors: kAlreadyExists    the listen port is in use
    ///         kPermissionDenied the mark needs a right that the process has not
    virtual Status applyInterface(InterfaceSettings settings) = 0;

    /// Works through `changes` in their order. A change whose key is the interface's own public key
    /// is passed over without an error. On an error the changes before the offender stay applied.
    ///
    /// Errors: kResourceExhausted a table is full
    ///         kNotFound          no interface is the zone of an endpoint
    virtual Status applyPeers(std::vector<PeerChange> changes) = 0;

    virtual StatusOr<InterfaceState> interfaceState() = 0;

    /// The peers from `cursor` on, at most a few hundred at once. 0 is the start. Peers that come
    /// and go between two calls may be missing or told once more.
    virtual StatusOr<PeerPage> peers(std::uint64_t cursor) = 0;
};

/// What `errno=` says of a failure: the system's number for it, negative.
int errorNumberOf(const Status& status);

/// The numbers that the protocol itself knows (errno.h of Linux, negative), as wireguard-go
/// answers with them.
inline constexpr int kErrorInvalid = -22;
inline constexpr int kErrorIo = -5;
inline constexpr int kErrorProtocol = -71;
inline constexpr int kErrorNoInterface = -19;
inline constexpr int kErrorPortInUse = -98;
inline constexpr int kErrorDenied = -13;
inline constexpr int kErrorNoSpace = -28;
inline constexpr int kErrorUnknown = -55;

}  // namespace weft::wireguard
