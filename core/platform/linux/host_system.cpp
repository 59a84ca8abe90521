// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host_system.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/unique_fd.h"
#include "core/platform/linux/firewall_script.h"
#include "core/platform/linux/firewall_state.h"
#include "core/platform/linux/lookups.h"
#include "core/platform/linux/program.h"
#include "core/platform/linux/rights.h"
#include "core/platform/linux/routes.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace weft::platform {
namespace {

constexpr std::size_t kMostSettingBytes = 4096;
constexpr std::chrono::seconds kPatience{10};
/// Turns forwarding on for all interfaces that are and will be.
constexpr const char* kAllOfIpv4 = "net/ipv4/ip_forward";

std::filesystem::path pathOf(const std::string& setting) {
    return std::filesystem::path("/proc/sys") / setting;
}

/// Nothing that leads out of the folder of settings: names come back from the journal.
Status checkName(const std::string& setting) {
    const std::filesystem::path path(setting);
    const bool leadsOut = path.is_absolute() || std::ranges::any_of(path, [](const auto& part) {
                              return part == ".." || part.empty();
                          });
    if (!setting.starts_with("net/") || leadsOut) {
        return invalidArgument("{} is no setting of the network", base::quoted(setting));
    }
    return okStatus();
}

Status settingFailure(const std::string& setting, int error) {
    const auto deed = fmt::format("the setting {}", base::quoted(setting));
    switch (error) {
    case ENOENT:
        return notFound("{} is not there", deed);
    case EACCES:
    case EPERM:
        return detail::missingRight(fmt::format("changing {}", deed));
    case EROFS:
        return permissionDenied(
            "{} cannot be changed: /proc/sys is mounted read-only here, as in a container or in a "
            "service with ProtectKernelTunables. Set it from outside: sysctl -w {}=1",
            deed,
            setting);
    case EINVAL:
        return invalidArgument("{}: {}", deed, std::generic_category().message(error));
    default:
        return unavailable("{}: {}", deed, std::generic_category().message(error));
    }
}

std::string trimmed(std::string text) {
    const auto end = text.find_last_not_of(" \t\n");
    text.resize(end == std::string::npos ? 0 : end + 1);
    return text;
}

std::string forwardingOf(std::string_view version, const std::string& interface) {
    return fmt::format("net/{}/conf/{}/forwarding", version, interface);
}

/// Since Linux 6.17.
std::string alone(const std::string& interface) {
    return fmt::format("net/ipv6/conf/{}/force_forwarding", interface);
}

bool isOn(const std::string& setting) {
    const auto now = base::readFile(pathOf(setting), kMostSettingBytes);
    return now.ok() && trimmed(*now) != "0";
}

/// Interfaces that take their IPv6 routes from a router's announcements, which they stop doing once
/// the host forwards, unless they are told to go on (the value 2 instead of 1).
std::vector<HostSetting> goOnListening() {
    std::vector<HostSetting> settings;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(pathOf("net/ipv6/conf"), error)) {
        const auto name = entry.path().filename().string();
        const auto setting = fmt::format("net/ipv6/conf/{}/accept_ra", name);
        const auto now = base::readFile(pathOf(setting), kMostSettingBytes);
        const bool isOne = name != "all" && name != "default";
        if (isOne && now.ok() && trimmed(*now) != "0") {
            settings.push_back({setting, "2"});
        }
    }
    std::ranges::sort(settings);
    return settings;
}

/// Asks Linux.
class LinuxHostSystem final : public HostSystem {
public:
    explicit LinuxHostSystem(HostSystemOptions options) : options_(std::move(options)) {}

    std::string runName() override;
    Status addRoute(const HostRoute& route) override { return detail::addRoute(route); }
    Status removeRoute(const HostRoute& route) override { return detail::removeRoute(route); }
    StatusOr<std::vector<ListedRoute>> routes() override { return detail::listRoutes(); }
    Status addLookup(const LookupRule& rule) override { return detail::addLookup(rule); }
    Status removeLookup(const LookupRule& rule) override { return detail::removeLookup(rule); }
    StatusOr<std::vector<LookupRule>> lookups() override { return detail::listLookups(); }
    StatusOr<std::vector<HostSetting>> detourSettings(
        const std::vector<std::string>& interfaces) override;
    StatusOr<std::vector<ForwardingSwitch>> forwardingSwitches(
        net::Family family, const std::vector<std::string>& interfaces) override;
    StatusOr<std::vector<HostSetting>> closingSettings(
        net::Family family, const std::string& interface) override;
    StatusOr<std::string> setting(const std::string& name) override;
    Status set(const HostSetting& setting) override;
    Status setFirewall(const std::string& owner, const FirewallRules& rules) override;
    StatusOr<std::uint64_t> firewallState(const std::string& owner) override {
        return detail::firewallState(owner);
    }

private:
    HostSystemOptions options_;
};

std::string LinuxHostSystem::runName() {
    const auto boot = base::readFile("/proc/sys/kernel/random/boot_id", kMostSettingBytes);
    struct stat own {};
    const int failed = ::stat("/proc/self/ns/net", &own);
    return fmt::format(
        "{} {}", boot.ok() ? trimmed(*boot) : std::string(), failed == 0 ? own.st_ino : 0);
}

StatusOr<std::vector<HostSetting>> LinuxHostSystem::detourSettings(
    const std::vector<std::string>& interfaces) {
    // The larger value of "all" and the interface's own counts (RFC 3704: 1 strict, 2 loose).
    constexpr std::string_view kLoose = "2";
    const auto valueOf = [](std::string_view of) {
        const auto text = base::readFile(
            pathOf(fmt::format("net/ipv4/conf/{}/rp_filter", of)), kMostSettingBytes);
        return text.ok() ? trimmed(*text) : std::string();
    };
    const auto all = valueOf("all");
    std::vector<HostSetting> settings;
    for (const auto& name : interfaces) {
        const auto own = valueOf(name);
        const bool isChecked = own != "0" || all != "0";
        if (!own.empty() && isChecked && all != kLoose) {
            settings.push_back(
                {fmt::format("net/ipv4/conf/{}/rp_filter", name), std::string(kLoose)});
        }
    }
    return settings;
}

StatusOr<std::vector<ForwardingSwitch>> LinuxHostSystem::forwardingSwitches(
    net::Family family, const std::vector<std::string>& interfaces) {
    std::vector<ForwardingSwitch> switches;
    if (family == net::Family::V4) {
        for (const auto& name : interfaces) {
            switches.push_back(
                {{forwardingOf("ipv4", name), "1"}, OpenedForwarding{family, name}, kAllOfIpv4});
        }
        return switches;
    }
    // Since Linux 6.17 an interface can forward alone. Before, all do or none, and the host becomes
    // a router, which hears no other router any more.
    std::error_code error;
    if (std::filesystem::exists(pathOf(alone("all")), error)) {
        for (const auto& name : interfaces) {
            switches.push_back(
                {{alone(name), "1"}, OpenedForwarding{family, name}, forwardingOf("ipv6", "all")});
        }
        return switches;
    }
    for (const auto& listening : goOnListening()) {
        switches.push_back({listening, std::nullopt});
    }
    switches.push_back(
        {{forwardingOf("ipv6", "all"), "1"}, OpenedForwarding{family, std::string()}});
    return switches;
}

StatusOr<std::vector<HostSetting>> LinuxHostSystem::closingSettings(
    net::Family family, const std::string& interface) {
    const auto own = family == net::Family::V4 ? forwardingOf("ipv4", interface) : alone(interface);
    if (family == net::Family::V6 && isOn(forwardingOf("ipv6", "all"))) {
        return failedPrecondition(
            "this host forwards IPv6 between all its interfaces, {} among them: install the package "
            "nftables, or turn it off with sysctl -w net.ipv6.conf.all.forwarding=0",
            interface);
    }
    std::vector<HostSetting> settings;
    if (isOn(own)) {
        settings.push_back({own, "0"});
    }
    return settings;
}

StatusOr<std::string> LinuxHostSystem::setting(const std::string& name) {
    WEFT_RETURN_IF_ERROR(checkName(name));
    auto text = base::readFile(pathOf(name), kMostSettingBytes);
    WEFT_RETURN_IF_ERROR(text.status());
    return trimmed(*std::move(text));
}

Status LinuxHostSystem::set(const HostSetting& setting) {
    WEFT_RETURN_IF_ERROR(checkName(setting.name));
    const base::UniqueFd file(::open(pathOf(setting.name).c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.valid()) {
        return settingFailure(setting.name, errno);
    }
    if (::write(file.get(), setting.value.data(), setting.value.size()) < 0) {
        return settingFailure(setting.name, errno);
    }
    return okStatus();
}

Status LinuxHostSystem::setFirewall(const std::string& owner, const FirewallRules& rules) {
    WEFT_ASSIGN_OR_RETURN(const auto script, detail::firewallScript(owner, rules));
    detail::passOnTheRight();
    const auto ended = detail::runProgram(options_.filterProgram, {"-f", "-"}, script, kPatience);
    if (ended.status().code() == StatusCode::kNotFound) {
        return failedPrecondition(
            "{} is missing, without which nothing is forwarded: install the package nftables",
            base::quoted(options_.filterProgram.string()));
    }
    WEFT_RETURN_IF_ERROR(ended.status());
    if (ended->exitCode == 0) {
        return okStatus();
    }
    if (ended->complaints.find("not permitted") != std::string::npos) {
        return detail::missingRight("filtering what is forwarded");
    }
    return unavailable("nft says: {}", base::quoted(ended->complaints, 500));
}

}  // namespace

std::unique_ptr<HostSystem> createHostSystem(HostSystemOptions options) {
    return std::make_unique<LinuxHostSystem>(std::move(options));
}

}  // namespace weft::platform
