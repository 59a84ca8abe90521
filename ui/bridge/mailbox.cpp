// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/mailbox.h"

#include <utility>

namespace weft::bridge {

void Mailbox::post(std::function<void()> task) {
    // Held while the event is queued, so that the receiver cannot go in between. Queueing takes
    // Qt's own short lock and calls nobody back.
    const base::MutexLock lock(mutex_);
    if (receiver_ != nullptr) {
        QMetaObject::invokeMethod(receiver_, std::move(task), Qt::QueuedConnection);
    }
}

void Mailbox::close() {
    const base::MutexLock lock(mutex_);
    receiver_ = nullptr;
}

}  // namespace weft::bridge
