// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/base/status.h"
#include "core/mesh/types.h"
#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"
#include "core/services/server/method_table.h"

#include <grpcpp/generic/async_generic_service.h>

#include <cstddef>
#include <memory>
#include <optional>

namespace weft::services {

class Dispatcher;
class RelayedCall;
struct LeaderRoute;
struct LeaderTarget;
struct Onward;

/// What a proxy holds open towards the leader, of all callers together. The leader takes 100
/// streams on one connection: the 101st call would wait for one to end.
struct ProxyLimits {
    std::size_t calls = 96;
    /// Of these, streams, which may stay for ever.
    std::size_t streams = 64;
};

/// Hands calls that this node cannot answer to the leader of the mesh, in the name of the caller as
/// this node's own channel proves it. A call that somebody has handed on already goes no further,
/// so there are no loops; one whose caller shows no credential goes nowhere, so that nobody acts as
/// this node. Only in a mesh that asks nobody who they are, callers without a name stay that.
/// Thread: any; outlives the server that calls it.
class LeaderProxy {
public:
    /// `self` is this node; the leader is reached as a member reaches it.
    LeaderProxy(mesh::NodeId self, LinkOptions link, ProxyLimits limits = {});
    ~LeaderProxy();
    LeaderProxy(const LeaderProxy&) = delete;
    LeaderProxy& operator=(const LeaderProxy&) = delete;

    /// Where calls go from now on; nullopt: nobody leads, as far as is known. Those under way stay.
    void setRoute(std::optional<LeaderRoute> route) WEFT_EXCLUDES(mutex_);
    /// Calls from now on show this certificate.
    void setIdentity(TlsIdentity identity) WEFT_EXCLUDES(mutex_);

    /// The handler of every method that this node does not serve.
    grpc::ServerGenericBidiReactor* serve(
        Dispatcher& dispatcher, grpc::GenericCallbackServerContext* context);

private:
    struct Open {
        base::Mutex mutex;
        std::size_t calls WEFT_GUARDED_BY(mutex) = 0;
        std::size_t streams WEFT_GUARDED_BY(mutex) = 0;
    };

    Status forward(RelayedCall& call, const mesh::Caller& caller, bool unary, Onward onward);
    bool showsCredential() const WEFT_EXCLUDES(mutex_);
    StatusOr<std::shared_ptr<LeaderTarget>> target() const WEFT_EXCLUDES(mutex_);
    StatusOr<std::shared_ptr<void>> takePlace(bool unary) const;

    const mesh::NodeId self_;
    const ProxyLimits limits_;
    const std::shared_ptr<Open> open_ = std::make_shared<Open>();
    mutable base::Mutex mutex_;
    LinkOptions link_ WEFT_GUARDED_BY(mutex_);
    std::shared_ptr<LeaderTarget> target_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::services
