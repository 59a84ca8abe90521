// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/net/endpoint.h"
#include "core/services/server/arrivals.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <sys/socket.h>
#include <sys/types.h>

/// What the accept gate needs of the kernel's sockets. For source files.
namespace weft::services {

/// The address in what the kernel fills; IPv4 inside IPv6 comes out as IPv4.
net::Endpoint endpointOf(const sockaddr_storage& address);

/// Opens a listening, non-blocking TCP socket; an IPv6 one takes IPv4 as well. With a `device` it
/// takes only what comes in through that network interface. Returns an errno value, 0 when `into`
/// listens.
int listenOn(
    const net::IpAddress& address,
    std::uint16_t port,
    const std::string& device,
    base::UniqueFd* into);

/// The same on `port` or the next free one of `steps` more. With `any`, the address of no host, it
/// does without IPv6 on a machine that has none.
int listenFrom(
    const net::IpAddress& address,
    bool any,
    std::uint16_t port,
    std::uint16_t steps,
    const std::string& device,
    base::UniqueFd* into);

/// Dissolves a connection (RFC 9293 section 3.10.5, ABORT). A shutdown would not: the kernel goes
/// on taking what the peer sends, and the library would go on reading it.
void dissolve(int socket);

/// The port that a socket is bound to.
std::uint16_t portOf(int fd);

/// Which of our addresses a connection called, and on which interface it began. Of a listener that
/// `listenOn` opened.
Arrival arrivalOf(int fd);

/// From now on the socket takes packets of this interface only, whatever others know of its
/// connection. False: it could not be done.
bool bindToInterface(int fd, unsigned index);

/// Tells one open socket from another that got the same descriptor number later; nullopt when the
/// number is no socket.
std::optional<ino_t> inodeOf(int fd);

/// A descriptor of one's own for the socket `fd` of which another is the owner, who may close it at
/// any moment so that the number is used again: what is done by this one is done to the socket that
/// was looked at. Empty when the number stands for another socket than `inode` by now, or no
/// descriptor is left (errno EMFILE or ENFILE). For a moment only: it keeps the connection open.
base::UniqueFd holdSocket(int fd, ino_t inode);

/// How many descriptors this process may have.
std::size_t descriptorLimit();

}  // namespace weft::services
