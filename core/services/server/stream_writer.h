// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/mutex.h"
#include "core/services/server/call_counters.h"
#include "core/services/server/grpc_status.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace weft::services {

/// Messages and bytes that may wait for one slow reader; past that its stream ends.
inline constexpr std::size_t kMaxQueuedMessages = 256;
inline constexpr std::size_t kMaxQueuedBytes = std::size_t{1} << 20;
/// A stream that was ended but whose reader takes nothing is torn down after this time.
inline constexpr std::chrono::seconds kStalledReaderGrace{10};

/// The server's end of a stream of messages to one caller. Keeps itself alive until the library is
/// done with it; producers may hold it for longer.
/// Thread: any. No lock is held while the library is called, but for TryCancel, which only queues.
template <typename Message>
class StreamWriter final : public grpc::ServerWriteReactor<Message>,
                           public std::enable_shared_from_this<StreamWriter<Message>> {
public:
    using Next = std::function<bool(Message*)>;

    /// `released` runs once when the library is done with the stream.
    /// `loop` runs the guard against stalled readers and outlives the stream.
    static std::shared_ptr<StreamWriter> make(
        grpc::CallbackServerContext* context,
        MethodCounters& counters,
        base::Loop& loop,
        std::function<void()> released) {
        std::shared_ptr<StreamWriter> writer(
            new StreamWriter(context, counters, loop, std::move(released)));
        writer->self_ = writer;
        return writer;
    }

    /// Tells the caller that the stream stands, before there is a message.
    void open() WEFT_EXCLUDES(mutex_) {
        {
            const base::MutexLock lock(mutex_);
            if (ending_ || writing_) {
                return;
            }
            // Counts as a write, so that the call cannot end while it is under way.
            writing_ = true;
        }
        this->StartSendInitialMetadata();
    }

    /// Queues one message; at the cap the stream ends with kResourceExhausted.
    void offer(Message message) WEFT_EXCLUDES(mutex_) {
        enum class Step { Nothing, Write, Overflow } step = Step::Nothing;
        {
            const base::MutexLock lock(mutex_);
            if (ending_) {
                return;
            }
            const std::size_t size = message.ByteSizeLong();
            // One message may be larger than the cap: there must be room for the largest value.
            const bool full = !queue_.empty() && queuedBytes_ + size > kMaxQueuedBytes;
            if (queue_.size() >= kMaxQueuedMessages || full) {
                step = Step::Overflow;
            } else {
                queuedBytes_ += size;
                queue_.push_back(std::move(message));
                step = takeNext() ? Step::Write : Step::Nothing;
            }
        }
        if (step == Step::Write) {
            write();
        } else if (step == Step::Overflow) {
            end(resourceExhausted("the reader is too slow: {} messages wait", kMaxQueuedMessages));
        }
    }

    /// Replaces what waits by `message`: for streams where only the newest state counts.
    void replace(Message message) WEFT_EXCLUDES(mutex_) {
        {
            const base::MutexLock lock(mutex_);
            queue_.clear();
            queuedBytes_ = 0;
        }
        offer(std::move(message));
    }

    /// Sends what `next` hands out, one at a time as the reader takes it, then ends well.
    void feed(Next next) WEFT_EXCLUDES(mutex_) {
        bool go = false;
        bool done = false;
        {
            const base::MutexLock lock(mutex_);
            if (ending_) {
                return;
            }
            next_ = std::move(next);
            go = takeNext();
            done = !go && !writing_;
        }
        if (go) {
            write();
        } else if (done) {
            end(okStatus());
        }
    }

    /// Ends the stream. What waits is dropped, so that memory does not depend on the reader.
    void end(const Status& status) WEFT_EXCLUDES(mutex_) {
        bool finishNow = false;
        {
            const base::MutexLock lock(mutex_);
            if (ending_) {
                return;
            }
            ending_ = true;
            status_ = status;
            queue_.clear();
            queuedBytes_ = 0;
            next_ = nullptr;
            finishNow = !writing_;
        }
        if (finishNow) {
            finish(status);
        } else {
            guard();
        }
    }

    /// Whether nothing more will be sent.
    bool ended() const WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        return ending_;
    }

    void OnSendInitialMetadataDone(bool ok) override { OnWriteDone(ok); }

    void OnWriteDone(bool ok) override WEFT_EXCLUDES(mutex_) {
        bool go = false;
        bool finishNow = false;
        Status status;
        {
            const base::MutexLock lock(mutex_);
            writing_ = false;
            if (!ending_ && !ok) {
                ending_ = true;
                status_ = cancelled("the caller has gone");
            }
            if (!ending_) {
                go = takeNext();
                if (!go && exhausted_) {
                    ending_ = true;
                }
            }
            finishNow = ending_;
            status = status_;
        }
        if (go) {
            write();
        } else if (finishNow) {
            finish(status);
        }
    }

    void OnCancel() override { end(cancelled("the caller has gone")); }

    void OnDone() override {
        Subscription guard;
        {
            const base::MutexLock lock(mutex_);
            ending_ = true;
            context_ = nullptr;
            guard = std::move(guard_);
        }
        if (const auto released = std::exchange(released_, nullptr)) {
            released();
        }
        // The last use of this object, unless a producer still holds it.
        self_.reset();
    }

private:
    StreamWriter(
        grpc::CallbackServerContext* context,
        MethodCounters& counters,
        base::Loop& loop,
        std::function<void()> released)
        : counters_(counters), loop_(loop), released_(std::move(released)), context_(context) {}

    bool takeNext() WEFT_REQUIRES(mutex_) {
        if (writing_) {
            return false;
        }
        if (!queue_.empty()) {
            current_ = std::move(queue_.front());
            queue_.pop_front();
            queuedBytes_ -= current_.ByteSizeLong();
        } else if (next_ != nullptr) {
            current_.Clear();
            if (!next_(&current_)) {
                next_ = nullptr;
                exhausted_ = true;
                return false;
            }
        } else {
            return false;
        }
        writing_ = true;
        return true;
    }

    void write() {
        counters_.sent.fetch_add(1, std::memory_order_relaxed);
        this->StartWrite(&current_);
    }

    void finish(const Status& status) {
        counters_.onHandled(static_cast<int>(status.code()));
        this->Finish(toGrpc(status));
    }

    // Tears the call down if the reader does not take its end.
    void guard() WEFT_EXCLUDES(mutex_) {
        auto timer = loop_.after(
            kStalledReaderGrace, [weak = std::weak_ptr<StreamWriter>(this->weak_from_this())] {
                if (const auto alive = weak.lock()) {
                    alive->tearDown();
                }
            });
        const base::MutexLock lock(mutex_);
        if (context_ != nullptr) {
            guard_ = std::move(timer);
        }
    }

    void tearDown() WEFT_EXCLUDES(mutex_) {
        const base::MutexLock lock(mutex_);
        if (context_ != nullptr) {
            context_->TryCancel();
        }
    }

    MethodCounters& counters_;
    base::Loop& loop_;
    std::function<void()> released_;
    std::shared_ptr<StreamWriter> self_;
    // Owned by whoever set writing_: the library reads it until OnWriteDone.
    Message current_;
    mutable base::Mutex mutex_;
    grpc::CallbackServerContext* context_ WEFT_GUARDED_BY(mutex_);
    std::deque<Message> queue_ WEFT_GUARDED_BY(mutex_);
    std::size_t queuedBytes_ WEFT_GUARDED_BY(mutex_) = 0;
    Next next_ WEFT_GUARDED_BY(mutex_);
    bool exhausted_ WEFT_GUARDED_BY(mutex_) = false;
    bool writing_ WEFT_GUARDED_BY(mutex_) = false;
    bool ending_ WEFT_GUARDED_BY(mutex_) = false;
    Status status_ WEFT_GUARDED_BY(mutex_);
    Subscription guard_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::services
