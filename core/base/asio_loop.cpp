// SPDX-License-Identifier: Apache-2.0
#include "core/base/asio_loop.h"

#include <atomic>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "core/base/check.h"
#include "core/base/thread_name.h"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>

namespace weft::base {

struct AsioLoop::Impl {
    asio::io_context context{1};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work{
        asio::make_work_guard(context)};
    std::atomic<bool> stopping{false};
    std::thread thread;
};

namespace {

struct PendingTimer {
    PendingTimer(asio::io_context& context, Duration delay) : timer(context, delay) {}
    asio::steady_timer timer;
    std::atomic<bool> cancelled{false};
};

}  // namespace

AsioLoop::AsioLoop(const std::string& name) : impl_(std::make_unique<Impl>()) {
    impl_->thread = std::thread([impl = impl_.get(), name] {
        setThreadName(name);
        impl->context.run();
    });
}

AsioLoop::~AsioLoop() {
    stop();
}

void AsioLoop::post(Task task) {
    if (!impl_->stopping.load()) {
        asio::post(impl_->context, std::move(task));
    }
}

Subscription AsioLoop::after(Duration delay, Task task) {
    // Shared by the handle and by the wait that asio holds: whichever goes last frees it.
    auto pending = std::make_shared<PendingTimer>(impl_->context, delay);
    pending->timer.async_wait([pending, task = std::move(task)](const std::error_code& error) {
        if (!error && !pending->cancelled.load()) {
            task();
        }
    });
    return Subscription([pending, this] {
        pending->cancelled.store(true);
        // A steady_timer is not safe to share between threads, so its cancel runs on the loop.
        post([pending] { pending->timer.cancel(); });
    });
}

bool AsioLoop::isCurrent() const {
    return impl_->thread.get_id() == std::this_thread::get_id();
}

void AsioLoop::stop() {
    if (impl_->stopping.exchange(true)) {
        return;
    }
    WEFT_CHECK(!isCurrent());
    asio::post(impl_->context, [impl = impl_.get()] {
        impl->work.reset();
        impl->context.stop();
    });
    impl_->thread.join();
}

asio::io_context& AsioLoop::context() {
    return impl_->context;
}

}  // namespace weft::base
