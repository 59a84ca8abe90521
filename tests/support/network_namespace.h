// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::tests {

/// Moves the calling thread into a network namespace of its own, with nothing in it but a loopback
/// interface that is up. It ends with the last thread and descriptor in it. False without the right
/// to do so, and then the thread is where it was.
bool enterNewNetwork();

/// Takes CAP_NET_ADMIN and CAP_NET_RAW from the calling thread, and what it starts, for good.
bool dropNetworkRights();

/// Makes the calling thread an ordinary user's with CAP_NET_ADMIN and nothing else, as a program is
/// whose file has that right.
bool becomeUserWithNetworkRights(unsigned user);

}  // namespace weft::tests
