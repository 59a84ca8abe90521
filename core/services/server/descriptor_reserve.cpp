// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/descriptor_reserve.h"

#include "core/services/server/sockets.h"

#include <cerrno>

#include <fcntl.h>

namespace weft::services {

namespace {

int openNothing() {
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

}  // namespace

bool isShortage(int error) {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

DescriptorReserve::DescriptorReserve() : kept_(openNothing()) {}

void DescriptorReserve::refuseOne(int listener) {
    kept_.reset();
    base::UniqueFd refused(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    refused.reset();
    kept_.reset(openNothing());
}

bool DescriptorReserve::onSocket(int fd, ino_t inode, const std::function<void(int)>& use) {
    auto own = holdSocket(fd, inode);
    const bool noneLeft = !own.valid() && isShortage(errno);
    if (noneLeft) {
        // Who floods while descriptors are short is cut all the same.
        kept_.reset();
        own = holdSocket(fd, inode);
    }
    const bool held = own.valid();
    if (held) {
        use(own.get());
    }
    own.reset();
    if (noneLeft) {
        kept_.reset(openNothing());
    }
    return held;
}

}  // namespace weft::services
