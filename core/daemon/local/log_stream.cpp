// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/log_stream.h"

#include "core/base/timestamp.h"
#include "core/services/server/grpc_status.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

// The levels of both are in the same order, one apart.
local::LogLevel toProto(base::LogLevel level) {
    return static_cast<local::LogLevel>(static_cast<int>(level) + local::LOG_LEVEL_TRACE);
}

void fill(base::LogRing::Batch batch, local::LogBatch& message) {
    message.Clear();
    message.set_missed(batch.missed);
    message.set_level(toProto(base::logLevel()));
    for (auto& line : batch.lines) {
        local::LogLine& added = *message.add_lines();
        base::setTimestamp(added.mutable_time(), line.time);
        added.set_level(toProto(line.level));
        added.set_subsystem(std::move(line.subsystem));
        added.set_text(std::move(line.text));
    }
}

}  // namespace

LogStream::LogStream(
    const base::LogRing& ring, base::LogLevel least, bool once, std::function<void()> released)
    : ring_(ring), once_(once), released_(std::move(released)), cursor_(ring.begin(least)) {}

std::shared_ptr<LogStream> LogStream::make(
    const base::LogRing& ring, base::LogLevel least, bool once, std::function<void()> released) {
    std::shared_ptr<LogStream> stream(new LogStream(ring, least, once, std::move(released)));
    stream->self_ = stream;
    return stream;
}

void LogStream::wake() {
    Step step = Step::Wait;
    {
        const base::MutexLock lock(mutex_);
        if (!ending_ && !writing_) {
            step = nextStep();
        }
    }
    act(step, okStatus());
}

void LogStream::end(const Status& status) {
    {
        const base::MutexLock lock(mutex_);
        if (ending_) {
            return;
        }
        ending_ = true;
        status_ = status;
        if (writing_) {
            return;
        }
    }
    act(Step::Finish, status);
}

bool LogStream::ended() const {
    const base::MutexLock lock(mutex_);
    return ending_;
}

void LogStream::OnWriteDone(bool ok) {
    Step step = Step::Finish;
    Status status;
    {
        const base::MutexLock lock(mutex_);
        writing_ = false;
        if (!ok && !ending_) {
            ending_ = true;
            status_ = cancelled("the caller has gone");
        }
        if (!ending_) {
            step = nextStep();
        }
        status = status_;
    }
    act(step, status);
}

void LogStream::OnCancel() {
    end(cancelled("the caller has gone"));
}

void LogStream::OnDone() {
    released_();
    // The last use of this object, unless a producer still holds it.
    self_.reset();
}

LogStream::Step LogStream::nextStep() {
    base::LogRing::Batch batch = ring_.read(cursor_, kLogLinesPerMessage, kLogBytesPerMessage);
    if (told_ && batch.lines.empty() && batch.missed == 0) {
        ending_ = once_;
        return once_ ? Step::Finish : Step::Wait;
    }
    fill(std::move(batch), current_);
    told_ = true;
    writing_ = true;
    return Step::Write;
}

void LogStream::act(Step step, const Status& status) {
    if (step == Step::Write) {
        StartWrite(&current_);
    } else if (step == Step::Finish) {
        Finish(services::toGrpc(status));
    }
}

}  // namespace weft::daemon
