// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"

#include <functional>

#include <sys/types.h>

namespace weft::services {

/// Whether an errno value says that descriptors or memory for them have run out.
bool isShortage(int error);

/// One descriptor that is kept for what must be done when there is no other.
class DescriptorReserve {
public:
    DescriptorReserve();

    /// Takes one connection from a listening socket and closes it: it would stay in the queue, and
    /// the listener ready, for ever.
    void refuseOne(int listener);
    /// Does `use` to the socket that had this inode when it had this number, whoever owns it and
    /// may close it meanwhile. False: it has gone already.
    bool onSocket(int fd, ino_t inode, const std::function<void(int)>& use);

private:
    base::UniqueFd kept_;
};

}  // namespace weft::services
