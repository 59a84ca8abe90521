// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"

#include "core/config/value.h"

#include <charconv>
#include <utility>

namespace weft::cli {

bool Parsed::has(std::string_view name) const {
    return values_.contains(name);
}

std::string Parsed::text(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() || found->second.empty() ? std::string() : found->second.back();
}

std::vector<std::string> Parsed::list(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>() : found->second;
}

StatusOr<Duration> Parsed::duration(std::string_view name, Duration fallback) const {
    if (!has(name)) {
        return fallback;
    }
    const auto duration = config::parseDuration(text(name));
    if (!duration.ok() || *duration <= Duration::zero()) {
        return invalidArgument(
            "--{}: \"{}\" is not a duration: write 30s, 10m or 24h", name, text(name));
    }
    return *duration;
}

StatusOr<std::uint32_t> Parsed::number(
    std::string_view name, std::uint32_t fallback, std::uint32_t most) const {
    if (!has(name)) {
        return fallback;
    }
    const std::string given = text(name);
    std::uint32_t value = 0;
    const auto* const end = given.data() + given.size();
    const auto [stopped, error] = std::from_chars(given.data(), end, value);
    if (error != std::errc{} || stopped != end || value == 0 || value > most) {
        return invalidArgument("--{}: \"{}\" is not a number from 1 to {}", name, given, most);
    }
    return value;
}

void Parsed::add(std::string_view name, std::vector<std::string> values) {
    values_.insert_or_assign(std::string(name), std::move(values));
}

int exitCodeOf(const Status& status, bool daemonLost) {
    switch (status.code()) {
    case StatusCode::kOk:
        return kExitOk;
    case StatusCode::kInvalidArgument:
    case StatusCode::kOutOfRange:
        return kExitUsage;
    case StatusCode::kUnavailable:
        return daemonLost ? kExitNoDaemon : kExitFailed;
    case StatusCode::kPermissionDenied:
    case StatusCode::kUnauthenticated:
        return kExitDenied;
    case StatusCode::kFailedPrecondition:
    case StatusCode::kAborted:
        return kExitPrecondition;
    case StatusCode::kNotFound:
        return kExitNotFound;
    case StatusCode::kDeadlineExceeded:
        return kExitTimeout;
    default:
        return kExitFailed;
    }
}

}  // namespace weft::cli
