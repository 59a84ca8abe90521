// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/dispatcher.h"

#include "core/base/log.h"
#include "core/net/endpoint.h"
#include "core/services/auth/logins.h"
#include "core/services/server/connection_table.h"
#include "core/services/server/grpc_status.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>

#include <algorithm>

namespace weft::services {

namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("services");
    return logger;
}

std::string toString(const grpc::string_ref& text) {
    return {text.data(), text.size()};
}

ChannelFacts factsOf(const grpc::ServerContextBase& context) {
    ChannelFacts facts;
    facts.peer = context.peer();
    for (const auto& [name, value] : context.client_metadata()) {
        facts.headers.emplace_back(toString(name), toString(value));
    }
    if (const auto auth = context.auth_context(); auth != nullptr && auth->IsPeerAuthenticated()) {
        for (const auto& name : auth->FindPropertyValues(GRPC_X509_CN_PROPERTY_NAME)) {
            facts.commonNames.push_back(toString(name));
        }
        // The server asks for certificates and verifies those that it gets, so a peer that is
        // authenticated has shown one.
        facts.verifiedCertificate = true;
    }
    if (const auto auth = context.auth_context(); auth != nullptr) {
        const auto kinds = auth->FindPropertyValues(GRPC_TRANSPORT_SECURITY_TYPE_PROPERTY_NAME);
        facts.encrypted = kinds.size() == 1 && kinds.front() == GRPC_SSL_TRANSPORT_SECURITY_TYPE;
    }
    return facts;
}

bool handsOn(const ChannelFacts& facts) {
    return std::ranges::any_of(facts.headers, [](const auto& header) {
        return header.first == kProxiedForHeader || header.first == kProxiedFromHeader;
    });
}

class UnaryReactor final : public grpc::ServerUnaryReactor {
public:
    void OnCancel() override {
        if (const auto end = end_.lock()) {
            end->finish(cancelled("the caller has gone"));
        }
    }
    void OnDone() override { delete this; }

    CallEndPtr begin(MethodCounters& counters) {
        auto end = std::make_shared<CallEnd>(
            counters, [this](const Status& status) { Finish(toGrpc(status)); });
        end_ = end;
        return end;
    }

private:
    std::weak_ptr<CallEnd> end_;
};

class UnbuiltReactor final : public grpc::ServerGenericBidiReactor {
public:
    void OnCancel() override {
        if (const auto end = end_.lock()) {
            end->finish(cancelled("the caller has gone"));
        }
    }
    void OnDone() override { delete this; }

    CallEndPtr begin(MethodCounters& counters) {
        auto end = std::make_shared<CallEnd>(
            counters, [this](const Status& status) { Finish(toGrpc(status)); });
        end_ = end;
        return end;
    }

private:
    std::weak_ptr<CallEnd> end_;
};

}  // namespace

Dispatcher::Dispatcher(DispatcherOptions options, base::Loop& loop, const mesh::Standing& standing)
    : options_(std::move(options))
    , loop_(loop)
    , standing_(standing)
    , openStreams_(standing)
    , counters_(options_.rows)
    , budget_(options_.limits) {}

void Dispatcher::admit(
    const grpc::ServerContextBase& context, const MethodRow* row, Admitted done) {
    MethodCounters& counters = counters_.of(row);
    counters.started.fetch_add(1, std::memory_order_relaxed);
    counters.received.fetch_add(1, std::memory_order_relaxed);
    ChannelFacts facts = factsOf(context);
    if (const auto remote = parsePeer(facts.peer); remote && options_.tunnelCall) {
        facts.tunnelCall = options_.tunnelCall(*remote);
    }
    // Before it is settled whose call it is, all refusals are of the one who calls.
    const auto refuse = [&done, proxied = handsOn(facts)](const Status& status) {
        done(proxied ? aboutProxy(status) : status);
    };
    if (const Status spent = spendBudget(facts.peer); !spent.ok()) {
        refuse(spent);
        return;
    }
    auto claim = identify(facts);
    if (!claim.ok()) {
        mesh::Caller nobody;
        nobody.source = sourceText(facts.peer);
        refuse(noted(row, nobody, claim.status()));
        return;
    }
    Status admitted = admitCaller(row, claim->caller, options_.authentication);
    if (admitted.code() == StatusCode::kUnauthenticated && claim->tunnelCall) {
        // The mesh's state may know the address.
        admitted = okStatus();
    }
    // Where a proof changes nothing, nobody's password is worth a slow check.
    const bool askForProof = row != nullptr && row->access != Access::Anyone
                             && row->access != Access::LocalOnly && showsPassword(facts);
    if (askForProof) {
        auto credentials = credentialsOf(facts);
        if (!credentials.ok()) {
            refuse(noted(row, claim->caller, credentials.status()));
            return;
        }
        if (options_.logins != nullptr && options_.logins->checks((*credentials)->scheme)) {
            checkPassword(*row, *std::move(claim), **std::move(credentials), std::move(done));
            return;
        }
    }
    if (admitted.code() == StatusCode::kUnauthenticated && askForProof) {
        const auto status = unauthenticated(
            "authentication required: this server checks no such password; show a certificate");
        refuse(noted(row, claim->caller, status));
    } else if (!admitted.ok()) {
        refuse(noted(row, claim->caller, admitted));
    } else {
        admitOnLoop(*row, *std::move(claim), std::move(done));
    }
}

void Dispatcher::checkPassword(
    const MethodRow& row, Claim claim, Credentials credentials, Admitted done) {
    const auto endpoint = net::Endpoint::parse(claim.caller.source);
    const std::string source =
        endpoint.ok() ? ConnectionTable::keyOf(endpoint->address) : claim.caller.source;
    options_.logins->check(
        std::move(credentials),
        source,
        [this, &row, claim = std::move(claim), done = std::move(done)](
            const StatusOr<std::string>& identity) {
            auto proven =
                identity.ok() ? withPassword(claim, *identity) : StatusOr<Claim>(identity.status());
            const Status admitted = proven.ok()
                                        ? admitCaller(&row, proven->caller, options_.authentication)
                                        : proven.status();
            if (admitted.ok()) {
                admitOnLoop(row, *std::move(proven), done);
            } else {
                const auto refused = noted(&row, claim.caller, admitted);
                done(claim.isProxied() ? aboutProxy(refused) : refused);
            }
        });
}

Status Dispatcher::noted(const MethodRow* row, const mesh::Caller& caller, const Status& status) {
    if (row != nullptr
        && (status.code() == StatusCode::kPermissionDenied
            || status.code() == StatusCode::kUnauthenticated)) {
        standing_.record(mesh::auditEvent(caller, "call", "method", row->name, status));
    }
    return status;
}

void Dispatcher::admitOnLoop(const MethodRow& row, Claim claim, Admitted done) {
    loop_.post([this,
                alive = std::weak_ptr<const bool>(alive_),
                &row,
                claim = std::move(claim),
                done = std::move(done)] {
        if (!alive.expired()) {
            done(admitted(row, claim));
        }
    });
}

StatusOr<mesh::Caller> Dispatcher::admitted(const MethodRow& row, const Claim& claim) {
    auto caller = settle(claim, row, options_.authentication, standing_);
    if (!caller.ok()) {
        const auto refused = noted(&row, claim.caller, caller.status());
        if (!claim.isProxied()) {
            return refused;
        }
        noteRefusedProxy(claim.caller);
        return aboutProxy(refused);
    }
    Status status = admitCaller(&row, *caller, options_.authentication);
    if (status.ok()) {
        status = admitMember(row, *caller, options_.authentication, standing_);
    }
    return status.ok() ? caller : noted(&row, *caller, status);
}

Status Dispatcher::spendBudget(const std::string& peer) {
    CallBudget::Verdict verdict{};
    {
        const base::MutexLock lock(mutex_);
        verdict = budget_.take(peer, loop_.clock().now());
    }
    if (verdict == CallBudget::Verdict::Admit) {
        return okStatus();
    }
    if (verdict == CallBudget::Verdict::Cut && options_.cut) {
        if (const auto endpoint = parsePeer(peer)) {
            log().warn("connection cut peer={} reason=calls-without-end", base::quoted(peer));
            options_.cut(*endpoint);
        }
    }
    return resourceExhausted("too many calls on this connection");
}

void Dispatcher::noteRefusedProxy(const mesh::Caller& caller) {
    // Powers of two only: a flood of them must not become a flood of lines.
    const std::uint64_t count = refusedProxies_.fetch_add(1) + 1;
    if ((count & (count - 1)) == 0) {
        log().warn(
            "proxy refused caller={} source={} count={}",
            base::quoted(caller.identity.value()),
            base::quoted(caller.source),
            count);
    }
}

grpc::ServerUnaryReactor* Dispatcher::unary(
    grpc::CallbackServerContext* context, std::string_view method, UnaryWork work) {
    const MethodRow* row = rowOf(method);
    auto* reactor = new UnaryReactor;
    const auto end = reactor->begin(counters_.of(row));
    admit(*context, row, [this, end, work = std::move(work)](const StatusOr<mesh::Caller>& caller) {
        if (!caller.ok()) {
            end->finish(caller.status());
        } else if (!end->over()) {
            CallEnd::limit(end, loop_, options_.limits.handlerDeadline);
            work(*caller, end);
        }
    });
    return reactor;
}

grpc::ServerGenericBidiReactor* Dispatcher::unbuilt(grpc::GenericCallbackServerContext* context) {
    const MethodRow* row = rowOf(context->method());
    auto* reactor = new UnbuiltReactor;
    const auto end = reactor->begin(counters_.of(row));
    admit(*context, row, [end](const StatusOr<mesh::Caller>& caller) {
        end->finish(
            caller.ok() ? unimplemented("this server does not offer the method yet")
                        : caller.status());
    });
    return reactor;
}

std::uint64_t Dispatcher::callsOf(const net::Endpoint& remote) {
    const base::MutexLock lock(mutex_);
    return budget_.callsOf(peerText(remote));
}

bool Dispatcher::takeStream(const std::string& caller, StreamPlace* place) {
    const base::MutexLock lock(mutex_);
    if (place->over) {
        return false;
    }
    auto& held = streams_[caller];
    if (held >= options_.limits.streamsPerCaller) {
        return false;
    }
    ++held;
    place->share = caller;
    return true;
}

void Dispatcher::releaseStream(StreamPlace* place) {
    const base::MutexLock lock(mutex_);
    place->over = true;
    const auto found = streams_.find(place->share);
    if (found != streams_.end() && --found->second == 0) {
        streams_.erase(found);
    }
}

std::string Dispatcher::shareOf(const mesh::Caller& caller) {
    if (caller.authenticated() && !caller.identity.empty()) {
        return "id:" + caller.identity.value();
    }
    const auto endpoint = net::Endpoint::parse(caller.source);
    return "at:" + (endpoint.ok() ? endpoint->address.toString() : caller.source);
}

}  // namespace weft::services
