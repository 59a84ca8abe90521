// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/endpoint.h"

#include <memory>
#include <string>
#include <vector>

namespace weft::platform {

/// Names that are asked for over one interface.
struct LinkNames {
    std::string interface;
    /// Whom to ask.
    net::Endpoint server;
    /// For what, and for what lies below: without a dot at the end. They are not added to short
    /// names.
    std::vector<std::string> domains;

    friend bool operator==(const LinkNames&, const LinkNames&) = default;
};

/// A resolver of the system that has name servers for each interface, and asks each for its own
/// domains alone. What it was told goes with the interface.
/// Thread: one at a time; calls wait for the other program, a few seconds at most.
class LinkResolver {
public:
    LinkResolver() = default;
    LinkResolver(const LinkResolver&) = delete;
    LinkResolver& operator=(const LinkResolver&) = delete;
    virtual ~LinkResolver() = default;

    /// Another text after each start of that program, which may have forgotten what it was told.
    /// Errors: kNotFound it does not run, kUnavailable
    virtual StatusOr<std::string> instance() = 0;
    /// In place of what it was told before of the interface.
    /// Errors: kPermissionDenied, kNotFound (it does not run, or there is no such interface),
    ///         kUnavailable
    virtual Status set(const LinkNames& names) = 0;
    /// The interface has no names of its own any more; fine when it has gone.
    /// Errors: kPermissionDenied, kUnavailable
    virtual Status revert(const std::string& interface) = 0;
};

/// systemd-resolved, on the system's bus.
std::unique_ptr<LinkResolver> createLinkResolver();

}  // namespace weft::platform
