// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/base/status.h"
#include "core/mesh/types.h"
#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"
#include "core/services/proxy/proxy_places.h"
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
    /// Whether this node proves to the leader who it is.
    bool showsCredential() const WEFT_EXCLUDES(mutex_);
    /// Bytes of answers that wait here for their callers.
    std::size_t answerBytes() const { return places_.answerBytes(); }

    /// The handler of every method that this node does not serve.
    grpc::ServerGenericBidiReactor* serve(
        Dispatcher& dispatcher, grpc::GenericCallbackServerContext* context);

private:
    Status forward(
        RelayedCall& call, const mesh::Caller& caller, bool unary, TimePoint now, Onward onward);
    StatusOr<std::shared_ptr<LeaderTarget>> target() const WEFT_EXCLUDES(mutex_);

    const mesh::NodeId self_;
    const ProxyLimits limits_;
    ProxyPlaces places_;
    mutable base::Mutex mutex_;
    LinkOptions link_ WEFT_GUARDED_BY(mutex_);
    std::shared_ptr<LeaderTarget> target_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::services
