// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/platform/resolver/host_resolver.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>

namespace weft::daemon {

/// Keeps the host's resolver as the tunnels want it: looks at it every half minute while somebody
/// wants something, or something is not undone. Thread: confined to its loop.
class ResolverKeeper {
public:
    static constexpr std::chrono::seconds kInterval{30};
    using Told = std::function<void(const platform::ResolverState&)>;

    /// Both outlive it.
    ResolverKeeper(platform::HostResolver& resolver, base::Loop& loop)
        : resolver_(resolver), loop_(loop) {}

    void recover();
    /// As HostResolver::want. `told` runs before this returns, and each time it is another.
    void want(const platform::LinkNames& names, Told told);
    void forget(const std::string& interface);

private:
    void look();
    void planNext();

    platform::HostResolver& resolver_;
    base::Loop& loop_;
    std::map<std::string, Told> told_;
    Subscription timer_;
};

}  // namespace weft::daemon
