// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"

#include "v1/node.pb.h"

namespace weft::services {

/// Where v1.Node has the figures of this node's tunnel interface from. Outlives the server.
/// Thread: the node loop.
class InterfaceSource {
public:
    InterfaceSource() = default;
    InterfaceSource(const InterfaceSource&) = delete;
    InterfaceSource& operator=(const InterfaceSource&) = delete;
    virtual ~InterfaceSource() = default;

    /// As they are now. Errors: kFailedPrecondition there is no interface, kCancelled it went
    /// meanwhile.
    virtual void read(Callback<::v1::InterfaceMetrics> done) = 0;
};

}  // namespace weft::services
