// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"

#include <QObject>

#include <functional>

namespace weft::bridge {

/// The slot in the wall between the core's threads and the main thread: tasks go in on any thread
/// and come out in order on the thread of `receiver`, never inside `post`.
class Mailbox {
public:
    explicit Mailbox(QObject* receiver) : receiver_(receiver) {}

    /// Drops `task` once the mailbox is closed. Thread: any.
    void post(std::function<void()> task) WEFT_EXCLUDES(mutex_);

    /// What was posted and has not run yet is dropped with the receiver. Thread: the receiver's.
    void close() WEFT_EXCLUDES(mutex_);

private:
    base::Mutex mutex_;
    QObject* receiver_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::bridge
