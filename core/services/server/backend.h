// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/mutex.h"
#include "core/base/status.h"
#include "core/services/tls/tls_identity.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace grpc {
class CallbackGenericService;
class Server;
class Service;
namespace experimental {
class ExternalConnectionAcceptor;
}  // namespace experimental
}  // namespace grpc

namespace weft::services {

class Dispatcher;
class LeaderProxy;
struct MeshServerOptions;

/// One server of the library with its credentials. The certificate of a running one cannot be
/// changed: Debian's 1.51 reads them from files on a timer or not at all. So a renewal starts a
/// second one over the same services, and the first drains.
/// Thread: any.
class Backend {
public:
    struct Parts {
        const MeshServerOptions& options;
        const TlsIdentity& identity;
        const std::string& authorityPem;
        std::span<const std::unique_ptr<grpc::Service>> services;
        Dispatcher& dispatcher;
        /// Takes methods that no service has; nullptr: nobody does.
        LeaderProxy* proxy = nullptr;
    };

    /// Serves what it is given from the return on; services, dispatcher and proxy outlive it.
    static StatusOr<std::shared_ptr<Backend>> start(const Parts& parts);
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
    ~Backend();

    /// Serves a connection, which it owns from then on. False: it takes none any more, and the
    /// descriptor stays the caller's.
    bool take(int descriptor) WEFT_EXCLUDES(mutex_);
    /// Takes no connection from now on.
    void close() WEFT_EXCLUDES(mutex_);
    /// Closes, gives calls `grace` to end and cancels the rest. Blocks.
    void shutDown(Duration grace) WEFT_EXCLUDES(mutex_);
    /// Ends all calls and connections at once, also those that `shutDown` gives grace.
    void hurry() WEFT_EXCLUDES(mutex_);

private:
    Backend();

    std::unique_ptr<grpc::CallbackGenericService> others_;
    std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
    std::unique_ptr<grpc::Server> server_;
    base::Mutex mutex_;
    base::ConditionVariable taken_;
    bool closed_ WEFT_GUARDED_BY(mutex_) = false;
    bool hurried_ WEFT_GUARDED_BY(mutex_) = false;
    /// Connections on their way into the library, which loses them when it is shut down meanwhile.
    std::size_t taking_ WEFT_GUARDED_BY(mutex_) = 0;
};

}  // namespace weft::services
