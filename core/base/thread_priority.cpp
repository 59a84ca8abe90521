// SPDX-License-Identifier: Apache-2.0
#include "core/base/thread_priority.h"

#include <sys/resource.h>

namespace weft::base {

// Linux keeps the value for each thread, and 0 is the calling one, unlike what POSIX says.

int threadNice() {
    return ::getpriority(PRIO_PROCESS, 0);
}

bool setThreadNice(int value) {
    return ::setpriority(PRIO_PROCESS, 0, value) == 0;
}

}  // namespace weft::base
