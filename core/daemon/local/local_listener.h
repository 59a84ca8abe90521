// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/base/unique_fd.h"
#include "core/daemon/local/peer_credentials.h"
#include "core/daemon/local/socket_path.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <thread>

namespace weft::daemon {

struct LocalListenerOptions {
    std::filesystem::path path;
    GradePolicy policy;
    std::size_t connectionsPerUser = 32;
    std::size_t connections = 256;
};

/// Accepts on the local socket, reads the kernel's credentials of each caller, applies the caps and
/// hands the descriptor on. Callers without a grade and callers past a cap are closed at once.
class LocalListener {
public:
    /// Takes over a connection; false closes it. Runs on the listener's thread.
    using Accepted = std::function<bool(const PeerCredentials&, api::Grade, base::UniqueFd)>;
    /// The last connection of a user is gone. Runs on the listener's thread.
    using Gone = std::function<void(uid_t)>;

    /// Binds and starts to accept. Errors: those of BoundSocket::create.
    static StatusOr<std::unique_ptr<LocalListener>> create(
        LocalListenerOptions options, Accepted accepted, Gone gone);
    /// Stops, joins, removes the socket. Connections that were handed on are not touched.
    ~LocalListener();
    LocalListener(const LocalListener&) = delete;
    LocalListener& operator=(const LocalListener&) = delete;

private:
    LocalListener(LocalListenerOptions options, BoundSocket socket, Accepted accepted, Gone gone);
    Status prepare();
    void run();
    void acceptAll();
    void acceptOne(base::UniqueFd connection);
    void noteRefused(const PeerCredentials& peer);
    void refuseForLackOfDescriptors();
    void onClosed(int descriptor);

    const LocalListenerOptions options_;
    BoundSocket socket_;
    const Accepted accepted_;
    const Gone gone_;
    base::UniqueFd epoll_;
    base::UniqueFd wake_;
    // Given up for a moment when there are no descriptors left, so that a caller can be refused
    // instead of waiting in the backlog for ever.
    base::UniqueFd reserve_;
    struct Watched {
        base::UniqueFd fd;
        uid_t uid = 0;
    };
    // A second descriptor of each connection: it tells when the connection is over, which gRPC does
    // not.
    std::map<int, Watched> watched_;
    std::map<uid_t, std::size_t> perUser_;
    std::optional<TimePoint> lastNoted_;
    std::size_t refused_ = 0;
    std::thread thread_;
};

}  // namespace weft::daemon
