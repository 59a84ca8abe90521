// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/ip_prefix.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// Addresses and state of a network interface. Each function asks the system and waits for its
// answer, which is a matter of microseconds.
//
// Errors of all: kNotFound          no interface has this name
//                kPermissionDenied  this process may not change interfaces; the text names the ways
//                out kInvalidArgument   the system finds that the value makes no sense kUnavailable
//                anything else the system reports; the text carries its words
// Thread: any.
namespace weft::platform {

/// Gives the interface an address with the length of its network, such as 10.0.0.7/16: the host
/// then routes that network into the interface while it is up. Giving it twice is no error. Linux
/// takes packets for an IPv6 address only some milliseconds after both are done.
Status addAddress(const std::string& name, const net::IpPrefix& address);
/// Errors besides: kNotFound when the interface has no such address.
Status removeAddress(const std::string& name, const net::IpPrefix& address);
/// The addresses of the interface, those that the system made up itself (fe80::) too.
StatusOr<std::vector<net::IpPrefix>> addressesOf(const std::string& name);

Status setUp(const std::string& name, bool up);
StatusOr<bool> isUp(const std::string& name);

Status setInterfaceMtu(const std::string& name, std::size_t mtu);
StatusOr<std::size_t> interfaceMtu(const std::string& name);

/// How many packets the system keeps for the interface before it drops.
Status setQueuePackets(const std::string& name, std::size_t packets);

/// Whether an interface that is made now can have addresses of IPv6.
bool newInterfacesHaveIpv6();

/// The number by which the system knows the interface; never 0.
StatusOr<std::uint32_t> interfaceIndex(const std::string& name);

}  // namespace weft::platform
