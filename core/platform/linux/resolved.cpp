// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"
#include "core/platform/link_resolver.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <functional>
#include <string_view>
#include <system_error>

#include <net/if.h>
#include <sys/socket.h>
#include <systemd/sd-bus.h>

namespace weft::platform {
namespace {

constexpr const char* kName = "org.freedesktop.resolve1";
constexpr const char* kPath = "/org/freedesktop/resolve1";
constexpr const char* kManager = "org.freedesktop.resolve1.Manager";
constexpr const char* kDenied = "org.freedesktop.DBus.Error.AccessDenied";
constexpr const char* kInteractive = "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired";
constexpr const char* kNoSuchLink = "org.freedesktop.resolve1.NoSuchLink";
constexpr const char* kNobody = "org.freedesktop.DBus.Error.NameHasNoOwner";
constexpr const char* kUnknown = "org.freedesktop.DBus.Error.ServiceUnknown";
/// For one call: it answers at once, or hangs.
constexpr std::chrono::microseconds kPatience = std::chrono::seconds(2);

struct Freed {
    void operator()(sd_bus* bus) const { sd_bus_flush_close_unref(bus); }
    void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Bus = std::unique_ptr<sd_bus, Freed>;
using Message = std::unique_ptr<sd_bus_message, Freed>;

/// The library's answers: negative ones are errors of the system.
Status check(int result, const char* deed) {
    return result >= 0 ? okStatus()
                       : unavailable("{}: {}", deed, std::generic_category().message(-result));
}

Status failure(const sd_bus_error& error, int result, const char* method) {
    const std::string_view name = error.name == nullptr ? "" : error.name;
    const auto said = base::quoted(error.message == nullptr ? "" : error.message);
    if (name == kDenied || name == kInteractive) {
        return permissionDenied(
            "systemd-resolved does not let this user set name servers ({} said {}): install the "
            "package's rule for polkit, or run weftd as root",
            method,
            said);
    }
    if (name == kNoSuchLink || name == kUnknown || name == kNobody) {
        return notFound("systemd-resolved: {} said {}", method, said);
    }
    return unavailable(
        "systemd-resolved: {} said {}",
        method,
        said.size() > 2 ? said : std::generic_category().message(-result));
}

StatusOr<Bus> openBus() {
    sd_bus* opened = nullptr;
    const int result = sd_bus_open_system(&opened);
    Bus bus(opened);
    if (result < 0) {
        return notFound(
            "the system's bus is not there: {}", std::generic_category().message(-result));
    }
    sd_bus_set_method_call_timeout(bus.get(), static_cast<std::uint64_t>(kPatience.count()));
    return bus;
}

/// Puts arguments into a message: what is left out of its signature is an int for the interface.
using Fill = std::function<int(sd_bus_message*)>;

Status call(sd_bus* bus, const char* method, int interface, const Fill& fill) {
    sd_bus_message* made = nullptr;
    const int created = sd_bus_message_new_method_call(bus, &made, kName, kPath, kManager, method);
    const Message message(made);
    WEFT_RETURN_IF_ERROR(check(created, method));
    // It is not started for this, and nobody is asked for a password.
    sd_bus_message_set_auto_start(made, 0);
    WEFT_RETURN_IF_ERROR(check(sd_bus_message_append(made, "i", interface), method));
    WEFT_RETURN_IF_ERROR(check(fill(made), method));
    sd_bus_error error = SD_BUS_ERROR_NULL;
    const int result = sd_bus_call(bus, made, 0, &error, nullptr);
    const Status status = result >= 0 ? okStatus() : failure(error, result, method);
    sd_bus_error_free(&error);
    return status;
}

int addServer(sd_bus_message* message, const net::Endpoint& server) {
    const auto bytes = server.address.bytes();
    const int family = server.address.isV4() ? AF_INET : AF_INET6;
    int result = sd_bus_message_open_container(message, 'a', "(iayqs)");
    result = result < 0 ? result : sd_bus_message_open_container(message, 'r', "iayqs");
    result = result < 0 ? result : sd_bus_message_append(message, "i", family);
    result =
        result < 0 ? result : sd_bus_message_append_array(message, 'y', bytes.data(), bytes.size());
    result = result < 0 ? result : sd_bus_message_append(message, "qs", server.port, "");
    result = result < 0 ? result : sd_bus_message_close_container(message);
    return result < 0 ? result : sd_bus_message_close_container(message);
}

int addDomains(sd_bus_message* message, const std::vector<std::string>& domains) {
    int result = sd_bus_message_open_container(message, 'a', "(sb)");
    for (const auto& domain : domains) {
        constexpr int kForRoutingAlone = 1;
        result = result < 0
                     ? result
                     : sd_bus_message_append(message, "(sb)", domain.c_str(), kForRoutingAlone);
    }
    return result < 0 ? result : sd_bus_message_close_container(message);
}

/// Asks systemd-resolved (org.freedesktop.resolve1(5)). A connection for each call: there are few.
class Resolved final : public LinkResolver {
public:
    StatusOr<std::string> instance() override {
        WEFT_ASSIGN_OR_RETURN(const auto bus, openBus());
        sd_bus_creds* creds = nullptr;
        const int result =
            sd_bus_get_name_creds(bus.get(), kName, SD_BUS_CREDS_UNIQUE_NAME, &creds);
        const char* name = nullptr;
        if (result >= 0) {
            sd_bus_creds_get_unique_name(creds, &name);
        }
        const std::string found = name == nullptr ? "" : name;
        sd_bus_creds_unref(creds);
        return found.empty() ? StatusOr<std::string>(notFound("systemd-resolved does not run"))
                             : found;
    }

    Status set(const LinkNames& names) override {
        WEFT_ASSIGN_OR_RETURN(const auto index, indexOf(names.interface));
        WEFT_ASSIGN_OR_RETURN(const auto bus, openBus());
        const auto text = [](const char* value) {
            return [value](sd_bus_message* message) {
                return sd_bus_message_append(message, "s", value);
            };
        };
        WEFT_RETURN_IF_ERROR(
            call(bus.get(), "SetLinkDNSEx", index, [&names](sd_bus_message* message) {
                return addServer(message, names.server);
            }));
        WEFT_RETURN_IF_ERROR(
            call(bus.get(), "SetLinkDomains", index, [&names](sd_bus_message* message) {
                return addDomains(message, names.domains);
            }));
        WEFT_RETURN_IF_ERROR(
            call(bus.get(), "SetLinkDefaultRoute", index, [](sd_bus_message* message) {
                constexpr int kNo = 0;
                return sd_bus_message_append(message, "b", kNo);
            }));
        // Our zone is not signed, and our server speaks no TLS; the tunnel does for both. Without
        // these a host that asks everybody for them gets no answer, which the checklist tells.
        for (const auto* method : {"SetLinkDNSSEC", "SetLinkDNSOverTLS"}) {
            if (const Status off = call(bus.get(), method, index, text("no")); !off.ok()) {
                base::logger("platform").debug("resolver left reason={}", messageOf(off));
            }
        }
        return okStatus();
    }

    Status revert(const std::string& interface) override {
        const auto index = indexOf(interface);
        const auto bus = index.ok() ? openBus() : StatusOr<Bus>(index.status());
        const Status reverted =
            bus.ok() ? call(
                bus->get(), "RevertLink", *index, [](sd_bus_message* /*unused*/) { return 0; })
                     : bus.status();
        return reverted.code() == StatusCode::kNotFound ? okStatus() : reverted;
    }

private:
    static StatusOr<int> indexOf(const std::string& interface) {
        const auto index = ::if_nametoindex(interface.c_str());
        return index == 0
                   ? StatusOr<int>(notFound("there is no interface {}", base::quoted(interface)))
                   : static_cast<int>(index);
    }
};

}  // namespace

std::unique_ptr<LinkResolver> createLinkResolver() {
    return std::make_unique<Resolved>();
}

}  // namespace weft::platform
