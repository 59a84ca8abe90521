// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/dispatcher.h"

#include "core/base/log.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>

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
    return facts;
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

Dispatcher::Dispatcher(DispatcherOptions options, base::Loop& loop, mesh::Host& host)
    : options_(std::move(options))
    , loop_(loop)
    , host_(host)
    , counters_(options_.rows)
    , budget_(options_.limits) {}

StatusOr<mesh::Caller> Dispatcher::admit(
    const grpc::ServerContextBase& context, const MethodRow* row) {
    MethodCounters& counters = counters_.of(row);
    counters.started.fetch_add(1, std::memory_order_relaxed);
    counters.received.fetch_add(1, std::memory_order_relaxed);
    const ChannelFacts facts = factsOf(context);
    WEFT_RETURN_IF_ERROR(spendBudget(facts.peer));
    WEFT_ASSIGN_OR_RETURN(auto caller, identify(facts));
    if (claimsToBeProxied(facts)) {
        noteForgedHeader(caller);
    }
    const Status admitted = admitCaller(row, caller, options_.authentication);
    if (admitted.code() == StatusCode::kUnauthenticated && showsPassword(facts)) {
        return unauthenticated(
            "authentication required: this server asks for a certificate and checks no password");
    }
    WEFT_RETURN_IF_ERROR(admitted);
    return caller;
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

void Dispatcher::noteForgedHeader(const mesh::Caller& caller) {
    // Powers of two only: a flood of them must not become a flood of lines.
    const std::uint64_t count = forgedHeaders_.fetch_add(1) + 1;
    if ((count & (count - 1)) == 0) {
        log().warn(
            "proxy header ignored caller={} source={} count={}",
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
    auto caller = admit(*context, row);
    if (!caller.ok()) {
        end->finish(caller.status());
        return reactor;
    }
    loop_.post([this,
                alive = std::weak_ptr<const bool>(alive_),
                row,
                caller = *std::move(caller),
                end,
                work = std::move(work)] {
        if (alive.expired()) {
            return;
        }
        if (const Status status = admitOnLoop(*row, caller); !status.ok()) {
            end->finish(status);
        } else if (!end->over()) {
            CallEnd::limit(end, loop_, options_.limits.handlerDeadline);
            work(caller, end);
        }
    });
    return reactor;
}

grpc::ServerGenericBidiReactor* Dispatcher::unbuilt(grpc::GenericCallbackServerContext* context) {
    const MethodRow* row = rowOf(context->method());
    auto* reactor = new UnbuiltReactor;
    const auto end = reactor->begin(counters_.of(row));
    auto caller = admit(*context, row);
    if (!caller.ok()) {
        end->finish(caller.status());
        return reactor;
    }
    loop_.post(
        [this, alive = std::weak_ptr<const bool>(alive_), row, caller = *std::move(caller), end] {
            if (alive.expired()) {
                return;
            }
            const Status status = admitOnLoop(*row, caller);
            end->finish(
                status.ok() ? unimplemented("this server does not offer the method yet") : status);
        });
    return reactor;
}

std::uint64_t Dispatcher::callsOf(const net::Endpoint& remote) {
    const base::MutexLock lock(mutex_);
    return budget_.callsOf(peerText(remote));
}

bool Dispatcher::takeStream(const std::string& caller) {
    const base::MutexLock lock(mutex_);
    auto& held = streams_[caller];
    if (held >= options_.limits.streamsPerCaller) {
        return false;
    }
    ++held;
    return true;
}

void Dispatcher::releaseStream(const std::string& caller) {
    const base::MutexLock lock(mutex_);
    const auto found = streams_.find(caller);
    if (found != streams_.end() && --found->second == 0) {
        streams_.erase(found);
    }
}

std::string Dispatcher::shareOf(const mesh::Caller& caller) {
    if (caller.authenticated()) {
        return "id:" + caller.identity.value();
    }
    const auto endpoint = parsePeer(caller.source);
    return "at:" + (endpoint ? endpoint->address.toString() : caller.source);
}

}  // namespace weft::services
