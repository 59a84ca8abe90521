// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host/lost_changes.h"

#include "core/base/log.h"
#include "core/platform/host/host_plan.h"

#include <algorithm>
#include <set>
#include <variant>

namespace weft::platform {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("platform");
    return logger;
}

void logRestored(const HostChange& change) {
    log().warn("host network put back subject={}", base::quoted(subjectOf(change)));
}

void dropLostRoutes(HostSystem& system, std::vector<HostChange>& changes) {
    const auto listed = system.routes();
    if (!listed.ok()) {
        return;
    }
    std::set<HostRoute> there;
    for (const auto& each : *listed) {
        if (each.isOurs) {
            there.insert(each.route);
        }
    }
    std::erase_if(changes, [&there](const HostChange& change) {
        const auto* added = std::get_if<AddedRoute>(&change);
        const bool isLost = added != nullptr && !there.contains(added->route);
        if (isLost) {
            logRestored(change);
        }
        return isLost;
    });
}

void dropLostLookups(HostSystem& system, std::vector<HostChange>& changes) {
    const bool hasSome = std::ranges::any_of(changes, [](const HostChange& change) {
        return std::holds_alternative<AddedLookup>(change);
    });
    const auto listed = hasSome ? system.lookups() : std::vector<LookupRule>();
    if (!listed.ok()) {
        return;
    }
    std::erase_if(changes, [&listed](const HostChange& change) {
        const auto* added = std::get_if<AddedLookup>(&change);
        const bool isLost =
            added != nullptr && std::ranges::find(*listed, added->rule) == listed->end();
        if (isLost) {
            logRestored(change);
        }
        return isLost;
    });
}

void dropLostSettings(HostSystem& system, std::vector<HostChange>& changes) {
    std::erase_if(changes, [&system](const HostChange& change) {
        const auto* changed = std::get_if<ChangedSetting>(&change);
        if (changed == nullptr) {
            return false;
        }
        if (isTakenOver(system, *changed)) {
            log().info("others forward now as well setting={}", changed->name);
            return true;
        }
        const auto now = system.setting(changed->name);
        const bool isLost = now.ok() && *now == changed->before;
        if (isLost) {
            logRestored(change);
        }
        return isLost || now.status().code() == StatusCode::kNotFound;
    });
}

}  // namespace

void dropLostChanges(HostSystem& system, std::vector<HostChange>& changes) {
    dropLostRoutes(system, changes);
    dropLostLookups(system, changes);
    dropLostSettings(system, changes);
}

}  // namespace weft::platform
