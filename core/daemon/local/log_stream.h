// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/log_ring.h"
#include "core/base/mutex.h"
#include "core/base/status.h"

#include "weft/local/v1/logs.pb.h"

#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <functional>
#include <memory>

namespace weft::daemon {

/// Lines in one message of a stream, and the bytes of their texts.
inline constexpr std::size_t kLogLinesPerMessage = 500;
inline constexpr std::size_t kLogBytesPerMessage = std::size_t{256} << 10;

/// One caller's view of a ring of log lines. The next lines are copied when the caller took the
/// last ones: a slow one costs no memory, and is told how many it missed. Thread: any. Keeps itself
/// alive until the library is done with it.
class LogStream final : public grpc::ServerWriteReactor<weft::local::v1::LogBatch> {
public:
    /// `once`: ends after what the ring holds when it is read. `released` runs once when the
    /// library is done with the stream. `ring` outlives it.
    static std::shared_ptr<LogStream> make(
        const base::LogRing& ring, base::LogLevel least, bool once, std::function<void()> released);

    /// There may be new lines. The first call begins.
    void wake() WEFT_EXCLUDES(mutex_);
    void end(const Status& status) WEFT_EXCLUDES(mutex_);
    bool ended() const WEFT_EXCLUDES(mutex_);

    void OnWriteDone(bool ok) override WEFT_EXCLUDES(mutex_);
    void OnCancel() override;
    void OnDone() override;

private:
    enum class Step { Wait, Write, Finish };

    LogStream(
        const base::LogRing& ring, base::LogLevel least, bool once, std::function<void()> released);
    /// What is to be done without the lock; a message is in `current_` then.
    Step nextStep() WEFT_REQUIRES(mutex_);
    void act(Step step, const Status& status);

    const base::LogRing& ring_;
    const bool once_;
    std::function<void()> released_;
    std::shared_ptr<LogStream> self_;
    // Owned by whoever set writing_: the library reads it until OnWriteDone.
    weft::local::v1::LogBatch current_;
    mutable base::Mutex mutex_;
    base::LogRing::Cursor cursor_ WEFT_GUARDED_BY(mutex_);
    bool told_ WEFT_GUARDED_BY(mutex_) = false;
    bool writing_ WEFT_GUARDED_BY(mutex_) = false;
    bool ending_ WEFT_GUARDED_BY(mutex_) = false;
    Status status_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::daemon
