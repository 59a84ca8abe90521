// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/logs_service.h"

#include "core/base/log.h"
#include "core/daemon/local/log_stream.h"

#include <memory>
#include <optional>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// nullopt for what a newer caller may say, and for nothing.
std::optional<base::LogLevel> levelOf(local::LogLevel level) {
    if (level <= local::LOG_LEVEL_UNSPECIFIED || level > local::LOG_LEVEL_OFF) {
        return std::nullopt;
    }
    return static_cast<base::LogLevel>(level - local::LOG_LEVEL_TRACE);
}

/// Wakes a stream again and again. Confined to the loop.
class Follower : public std::enable_shared_from_this<Follower> {
public:
    Follower(base::Loop& loop, std::shared_ptr<LogStream> stream)
        : loop_(loop), stream_(std::move(stream)) {}

    void step() {
        stream_->wake();
        if (!stream_->ended()) {
            timer_ = loop_.after(kLogInterval, [weak = weak_from_this()] {
                if (const auto alive = weak.lock()) {
                    alive->step();
                }
            });
        }
    }
    void stop() { timer_.cancel(); }

private:
    base::Loop& loop_;
    const std::shared_ptr<LogStream> stream_;
    Subscription timer_;
};

}  // namespace

grpc::ServerWriteReactor<local::LogBatch>* LogsService::Watch(
    grpc::CallbackServerContext* /*context*/, const local::WatchLogsRequest* request) {
    const Status allowed = calls_.gate().enter("/weft.local.v1.Logs/Watch");
    // Of the loop, like the follower in it.
    auto following = std::make_shared<std::shared_ptr<Follower>>();
    const auto stream = LogStream::make(
        ring_,
        levelOf(request->least()).value_or(base::LogLevel::Trace),
        request->once(),
        [this, following, entered = allowed.ok()] {
            if (entered) {
                calls_.gate().leave();
            }
            calls_.loop().post([following] {
                if (const auto follower = std::exchange(*following, nullptr)) {
                    follower->stop();
                }
            });
        });
    if (!allowed.ok()) {
        stream->end(allowed);
        return stream.get();
    }
    calls_.loop().post([this, stream, following] {
        if (!stream->ended()) {
            *following = std::make_shared<Follower>(calls_.loop(), stream);
            (*following)->step();
        }
    });
    return stream.get();
}

grpc::ServerUnaryReactor* LogsService::SetLevel(
    grpc::CallbackServerContext* /*context*/,
    const local::SetLogLevelRequest* request,
    local::SetLogLevelResponse* response) {
    return calls_.unary<local::SetLogLevelResponse>(
        "/weft.local.v1.Logs/SetLevel",
        response,
        [level = levelOf(request->level())](const Callback<local::SetLogLevelResponse>& done) {
            if (!level) {
                done(invalidArgument("there is no such level"));
                return;
            }
            base::logger("daemon").info("log level changed level={}", base::nameOf(*level));
            base::setLogLevel(*level);
            done(local::SetLogLevelResponse());
        });
}

}  // namespace weft::daemon
