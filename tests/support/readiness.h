// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/poller.h"
#include "core/base/unique_fd.h"

#include <sys/eventfd.h>

namespace weft::tests {

/// Something that a real Poller can wait for, of a fake that has no descriptor of its own.
class Readiness {
public:
    void set(bool ready) {
        if (ready == isReady_) {
            return;
        }
        isReady_ = ready;
        eventfd_t value = 0;
        if (ready) {
            ::eventfd_write(event_.get(), 1);
        } else {
            ::eventfd_read(event_.get(), &value);
        }
    }

    base::Waitable waitable() const { return {event_.get()}; }

private:
    base::UniqueFd event_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    bool isReady_ = false;
};

}  // namespace weft::tests
