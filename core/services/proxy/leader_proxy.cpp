// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/leader_proxy.h"

#include "core/base/log.h"
#include "core/net/endpoint.h"
#include "core/net/ip_prefix.h"
#include "core/services/proxy/leader_route.h"
#include "core/services/proxy/passed_metadata.h"
#include "core/services/proxy/relayed_call.h"
#include "core/services/server/dispatcher.h"
#include "core/services/server/identity.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::services {

namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("services");
    return logger;
}

std::string_view viewOf(const grpc::string_ref& text) {
    return {text.data(), text.size()};
}

// "/v1.Node/GetStatus". What has no descriptor counts as a stream, which has the tighter limits.
bool isUnary(std::string_view method) {
    if (method.empty()) {
        return false;
    }
    std::string name(method.substr(1));
    std::ranges::replace(name, '/', '.');
    const auto* found = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
    return found != nullptr && !found->client_streaming() && !found->server_streaming();
}

/// What the caller asked for, taken out of the library while it is sure to be there.
struct Asked {
    explicit Asked(const grpc::GenericCallbackServerContext& context)
        : deadline(context.deadline()) {
        for (const auto& [name, value] : context.client_metadata()) {
            handedOn =
                handedOn || viewOf(name) == kProxiedForHeader || viewOf(name) == kProxiedFromHeader;
            if (goesToLeader(viewOf(name), viewOf(value))) {
                headers.emplace_back(viewOf(name), viewOf(value));
            }
        }
    }

    bool handedOn = false;
    std::vector<std::pair<std::string, std::string>> headers;
    std::chrono::system_clock::time_point deadline;
};

/// Refuses the call when it is dropped before anybody decided: the loop was stopped.
struct Undecided {
    explicit Undecided(std::shared_ptr<RelayedCall> waiting) : call(std::move(waiting)) {}
    Undecided(const Undecided&) = delete;
    Undecided& operator=(const Undecided&) = delete;
    ~Undecided() { call->refuse(cancelled("the server is shutting down")); }

    const std::shared_ptr<RelayedCall> call;
};

std::chrono::system_clock::time_point inTime(Duration limit) {
    return std::chrono::system_clock::now()
           + std::chrono::duration_cast<std::chrono::system_clock::duration>(limit);
}

bool isForLeader(const MethodRow& row) {
    return row.proxy == ProxyClass::Leader || row.proxy == ProxyClass::NonLeader;
}

// Whose word was not taken as a proxy's hears what is the matter with the call.
Status handedOnTwice() {
    return failedPrecondition(
        "the call was handed on already, and this node does not lead the mesh: try again, or call "
        "the leader itself");
}

// What can be said without a leader. Where this node shows no credential of its own the leader asks
// nobody, and a caller without a name stays one.
Status mayGoOn(const MethodRow& row, const mesh::Caller& caller, bool showsCredential) {
    if (!isForLeader(row) || !row.built) {
        return unimplemented("this node does not offer the method: call a storage member");
    }
    if (!caller.authenticated() && !showsCredential) {
        return okStatus();
    }
    if (!caller.hasCredential()) {
        // The leader could not tell a mesh address, which every program on a node has, from a
        // certificate.
        return unauthenticated(
            "authentication required: a call is handed to the leader in the name of somebody who "
            "shows a certificate or a password");
    }
    if (!fitsHeader(caller.identity.value())) {
        return failedPrecondition(
            "this identity cannot be written into a header: call the leader itself");
    }
    return okStatus();
}

/// A node has all the addresses of this prefix (webmesh.md 2.1), and may call from each.
constexpr int kNodePrefixBits = 112;

// Whose share of the places a call takes.
std::string shareOf(const mesh::Caller& caller) {
    const auto remote = net::Endpoint::parse(caller.source);
    if (caller.authenticated() || !remote.ok() || remote->address.isV4()) {
        return Dispatcher::shareOf(caller);
    }
    return "at:" + net::IpPrefix(remote->address, kNodePrefixBits).masked().toString();
}

}  // namespace

LeaderProxy::LeaderProxy(mesh::NodeId self, LinkOptions link, ProxyLimits limits)
    : self_(std::move(self)), limits_(limits), places_(limits), link_(std::move(link)) {}

LeaderProxy::~LeaderProxy() = default;

void LeaderProxy::setRoute(std::optional<LeaderRoute> route) {
    std::shared_ptr<LeaderTarget> old;
    const base::MutexLock lock(mutex_);
    if (!route) {
        old = std::exchange(target_, nullptr);
    } else if (target_ == nullptr || target_->route != *route) {
        log().info(
            "calls are handed to leader={} at={}",
            base::quoted(route->leader.value()),
            route->address.toString());
        old = std::exchange(target_, std::make_shared<LeaderTarget>(*std::move(route), link_));
    }
}

void LeaderProxy::setIdentity(TlsIdentity identity) {
    std::shared_ptr<LeaderTarget> old;
    const base::MutexLock lock(mutex_);
    link_.identity = std::move(identity);
    if (target_ != nullptr) {
        old = std::exchange(target_, std::make_shared<LeaderTarget>(target_->route, link_));
    }
}

bool LeaderProxy::showsCredential() const {
    const base::MutexLock lock(mutex_);
    return !link_.identity.empty() || !link_.password.empty();
}

grpc::ServerGenericBidiReactor* LeaderProxy::serve(
    Dispatcher& dispatcher, grpc::GenericCallbackServerContext* context) {
    const MethodRow* row = dispatcher.rowOf(context->method());
    auto stream = std::make_shared<Dispatcher::StreamPlace>();
    auto call = RelayedCall::make(
        context, dispatcher.counters().of(row), dispatcher.loop(), [&dispatcher, stream] {
            dispatcher.releaseStream(stream.get());
        });
    auto undecided = std::make_shared<Undecided>(call);
    dispatcher.admit(
        *context,
        row,
        [this, &dispatcher, row, stream, undecided, asked = Asked(*context)](
            const StatusOr<mesh::Caller>& caller) {
            Status status = caller.status();
            if (row != nullptr && isForLeader(*row) && asked.handedOn) {
                status = handedOnTwice();
            } else if (status.ok()) {
                status = mayGoOn(*row, *caller, showsCredential());
            }
            const bool unary = row != nullptr && isUnary(row->name);
            if (status.ok() && !unary
                && !dispatcher.takeStream(Dispatcher::shareOf(*caller), stream.get())) {
                status = resourceExhausted("too many open streams");
            }
            if (status.ok()) {
                Onward onward{
                    nullptr,
                    asked.headers,
                    asked.deadline,
                    limits_.firstMessage,
                    {self_, std::string(row->name), caller->authenticated()}};
                if (unary) {
                    onward.deadline =
                        std::min(onward.deadline, inTime(dispatcher.handlerDeadline()));
                }
                status = forward(
                    *undecided->call,
                    *caller,
                    unary,
                    dispatcher.loop().clock().now(),
                    std::move(onward));
            }
            if (!status.ok()) {
                undecided->call->refuse(status);
            }
        });
    return call->reactor();
}

Status LeaderProxy::forward(
    RelayedCall& call, const mesh::Caller& caller, bool unary, TimePoint now, Onward onward) {
    WEFT_ASSIGN_OR_RETURN(onward.target, target());
    WEFT_ASSIGN_OR_RETURN(auto place, places_.take(shareOf(caller), unary, now));
    for (auto& header : proxyHeaders(caller, self_)) {
        onward.headers.push_back(std::move(header));
    }
    call.begin(std::move(onward), std::move(place));
    return okStatus();
}

StatusOr<std::shared_ptr<LeaderTarget>> LeaderProxy::target() const {
    const base::MutexLock lock(mutex_);
    if (target_ == nullptr) {
        return unavailable(
            "no leader of the mesh can be reached from {}: try again in a moment, or call a "
            "storage member",
            self_.value());
    }
    if (target_->route.leader == self_) {
        return failedPrecondition("{} leads the mesh itself and hands nothing on", self_.value());
    }
    return target_;
}

}  // namespace weft::services
