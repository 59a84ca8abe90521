// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"
#include "core/control/translate.h"

#include <memory>
#include <utility>

namespace weft::control {

using detail::converted;
using detail::refusal;
using detail::statusOnly;

namespace {

/// The error text of a query message as a status.
Status queryError(const std::string& text) {
    if (text.find("key not found") != std::string::npos) {
        return notFound("{}", text);
    }
    return makeStatus(StatusCode::kUnknown, text);
}

}  // namespace

/// What a query has brought so far.
struct GrpcController::Query {
    std::vector<::v1::QueryResponse> answers;
    std::size_t bytes = 0;
    bool tooLarge = false;
};

void GrpcController::query(
    ::v1::QueryRequest::QueryCommand command,
    const std::string& text,
    Callback<std::vector<::v1::QueryResponse>> done) {
    ::v1::QueryRequest request;
    request.set_command(command);
    request.set_query(text);
    auto run = [this, request, done] {
        // Shared by the two halves of one call.
        auto query = std::make_shared<Query>();
        auto handle = std::make_shared<std::weak_ptr<detail::RunningCall>>();
        const auto call = std::make_shared<detail::ReadCall<::v1::QueryResponse>>(
            book_,
            [query, handle](::v1::QueryResponse& answer) {
                query->bytes += answer.ByteSizeLong();
                if (query->bytes > kMaxQueryBytes) {
                    query->tooLarge = true;
                    if (const auto running = handle->lock()) {
                        running->cancel();
                    }
                    return;
                }
                query->answers.push_back(std::move(answer));
            },
            [query, done](const Status& status) {
                if (query->tooLarge) {
                    done(resourceExhausted("the answer is larger than {} bytes", kMaxQueryBytes));
                    return;
                }
                // Some daemons end a complete answer to GET and LIST with UNIMPLEMENTED.
                const bool quirk =
                    status.code() == StatusCode::kUnimplemented && !query->answers.empty();
                if (!status.ok() && !quirk) {
                    done(status);
                    return;
                }
                done(std::move(query->answers));
            });
        *handle = call;
        call->setTimeout(options_.queryTimeout);
        call->start([this, &request](auto* context, auto* reactor) {
            app_->async()->Query(context, &request, reactor);
        });
    };
    onLoop(std::move(run), refusal<std::vector<::v1::QueryResponse>>(done));
}

void GrpcController::get(const std::string& key, Callback<std::string> done) {
    query(
        ::v1::QueryRequest::GET,
        key,
        [done = std::move(done)](const StatusOr<std::vector<::v1::QueryResponse>>& answers) {
            if (!answers.ok()) {
                done(answers.status());
            } else if (answers->empty()) {
                done(makeStatus(StatusCode::kUnknown, "the daemon answered nothing"));
            } else if (!answers->front().error().empty()) {
                done(queryError(answers->front().error()));
            } else {
                const auto& values = answers->front().value();
                done(values.empty() ? std::string() : values.Get(0));
            }
        });
}

void GrpcController::listKeys(const std::string& prefix, Callback<std::vector<std::string>> done) {
    query(
        ::v1::QueryRequest::LIST,
        prefix,
        [done = std::move(done)](const StatusOr<std::vector<::v1::QueryResponse>>& answers) {
            if (!answers.ok()) {
                done(answers.status());
                return;
            }
            std::vector<std::string> keys;
            for (const auto& answer : *answers) {
                if (!answer.error().empty()) {
                    done(queryError(answer.error()));
                    return;
                }
                keys.insert(keys.end(), answer.value().begin(), answer.value().end());
            }
            done(std::move(keys));
        });
}

void GrpcController::iterate(const std::string& prefix, Callback<std::vector<api::KeyValue>> done) {
    query(
        ::v1::QueryRequest::ITER,
        prefix,
        [done = std::move(done)](const StatusOr<std::vector<::v1::QueryResponse>>& answers) {
            if (!answers.ok()) {
                done(answers.status());
                return;
            }
            std::vector<api::KeyValue> pairs;
            for (const auto& answer : *answers) {
                if (answer.error() == "EOF") {
                    break;
                }
                if (!answer.error().empty()) {
                    done(queryError(answer.error()));
                    return;
                }
                pairs.push_back({answer.key(), answer.value().empty() ? "" : answer.value(0)});
            }
            done(std::move(pairs));
        });
}

void GrpcController::publish(
    const api::KeyValue& pair, std::optional<std::chrono::seconds> ttl, StatusCallback done) {
    ::v1::PublishRequest request;
    request.set_key(pair.key);
    request.set_value(pair.value);
    if (ttl) {
        request.mutable_ttl()->set_seconds(ttl->count());
    }
    appCall(
        &AppStub::Publish,
        std::move(request),
        options_.callTimeout,
        statusOnly<::v1::PublishResponse>(std::move(done)));
}

Subscription GrpcController::subscribe(
    const std::string& prefix,
    std::function<void(const api::KeyValue&)> changed,
    StatusCallback ended) {
    using Call = detail::ReadCall<::v1::SubscriptionEvent>;
    auto watcher = std::make_shared<detail::Watcher<const api::KeyValue&>>(std::move(changed));
    auto end = std::make_shared<detail::Watcher<Status>>(std::move(ended));
    // The call is made here, so that the handle can drop it, and started on the loop.
    auto call = std::make_shared<Call>(
        book_,
        [watcher](const ::v1::SubscriptionEvent& event) {
            watcher->deliver({event.key(), event.value()});
        },
        [end](const Status& status) {
            end->deliver(status.ok() ? unavailable("the daemon ended the subscription") : status);
        });
    auto run = [this, call, watcher, prefix] {
        if (watcher->cancelled()) {
            return;
        }
        ::v1::SubscribeRequest request;
        request.set_prefix(prefix);
        call->start([this, request](auto* context, auto* reactor) {
            app_->async()->Subscribe(context, &request, reactor);
        });
    };
    onLoop(std::move(run), [end](const Status& status) { end->deliver(status); });
    const std::weak_ptr<base::AsioLoop> loop = loop_;
    return Subscription([watcher, end, call, loop] {
        watcher->cancel();
        end->cancel();
        if (const auto alive = loop.lock()) {
            alive->post([call] { call->drop(); });
        }
    });
}

void GrpcController::metrics(Callback<std::vector<api::InterfaceMetrics>> done) {
    appCall(
        &AppStub::Metrics,
        ::v1::MetricsRequest(),
        options_.callTimeout,
        converted<::v1::MetricsResponse>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

}  // namespace weft::control
