// SPDX-License-Identifier: Apache-2.0
#include "core/base/thread_name.h"

#include <pthread.h>

namespace weft::base {

void setThreadName(const std::string& name) {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
}

}  // namespace weft::base
