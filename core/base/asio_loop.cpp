// SPDX-License-Identifier: Apache-2.0
#include "core/base/asio_loop.h"

#include "core/base/check.h"
#include "core/base/mutex.h"
#include "core/base/one_shot.h"
#include "core/base/thread_name.h"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>

#include <atomic>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace weft::base {
namespace {

/// The way into a loop for handles that may outlive it. The mutex makes "post" and "closed" exclude
/// each other, so that a handle never touches a context that is going.
class Gate {
public:
    explicit Gate(asio::io_context& context) : context_(&context) {}

    bool post(Loop::Task task) WEFT_EXCLUDES(mutex_) {
        const MutexLock lock(mutex_);
        if (context_ == nullptr) {
            return false;
        }
        asio::post(*context_, std::move(task));
        return true;
    }

    /// Posts the last task and refuses from then on; false when it was closed before.
    bool closeWith(Loop::Task task) WEFT_EXCLUDES(mutex_) {
        const MutexLock lock(mutex_);
        if (context_ == nullptr) {
            return false;
        }
        asio::post(*context_, std::move(task));
        context_ = nullptr;
        return true;
    }

private:
    Mutex mutex_;
    asio::io_context* context_ WEFT_GUARDED_BY(mutex_);
};

/// No overflow for a delay that means "never".
TimePoint deadlineAfter(TimePoint now, Duration delay) {
    return delay > TimePoint::max() - now ? TimePoint::max() : now + delay;
}

}  // namespace

struct AsioLoop::Impl {
    std::optional<asio::io_context> context{1};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work{
        asio::make_work_guard(*context)};
    std::shared_ptr<Gate> gate = std::make_shared<Gate>(*context);
    /// Nobody's id once the thread has ended.
    std::atomic<std::thread::id> threadId;
    std::thread thread;
};

AsioLoop::AsioLoop(const std::string& name) : impl_(std::make_unique<Impl>()) {
    impl_->thread = std::thread([impl = impl_.get(), name] {
        impl->threadId.store(std::this_thread::get_id());
        setThreadName(name);
        impl->context->run();
    });
}

AsioLoop::~AsioLoop() {
    stop();
    // Tasks and waits that never ran are destroyed here, while `post` can still be called (and
    // refuses): their destructors may come back to this loop.
    impl_->work.reset();
    impl_->context.reset();
}

void AsioLoop::post(Task task) {
    impl_->gate->post(std::move(task));
}

Subscription AsioLoop::after(Duration delay, Task task) {
    auto shot = std::make_shared<OneShot>(std::move(task));
    // The timer belongs to the wait that asio holds and dies with the context at the latest; the
    // handle may outlive both.
    auto timer = std::make_shared<std::weak_ptr<asio::steady_timer>>();
    const auto start =
        [impl = impl_.get(), deadline = deadlineAfter(clock_.now(), delay), shot, timer] {
            auto made = std::make_shared<asio::steady_timer>(*impl->context, deadline);
            *timer = made;
            made->async_wait([made, shot](const std::error_code& error) {
                if (!error) {
                    shot->run();
                }
            });
        };
    // A steady_timer is not safe to share between threads: only the loop touches it.
    if (isCurrent()) {
        start();
    } else {
        impl_->gate->post(start);
    }
    return Subscription([gate = impl_->gate, shot, timer] {
        shot->cancel();
        gate->post([timer] {
            if (const auto running = timer->lock()) {
                running->cancel();
            }
        });
    });
}

bool AsioLoop::isCurrent() const {
    return impl_->threadId.load() == std::this_thread::get_id();
}

void AsioLoop::stop() {
    WEFT_CHECK(!isCurrent());
    const bool first = impl_->gate->closeWith([impl = impl_.get()] { impl->context->stop(); });
    if (first) {
        impl_->thread.join();
        impl_->threadId.store({});
    }
}

asio::io_context& AsioLoop::context() {
    return *impl_->context;
}

}  // namespace weft::base
