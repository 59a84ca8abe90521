// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/loop.h"

namespace weft::mesh {
class Administration;
class Enrolment;
class Host;
}  // namespace weft::mesh

namespace weft::services {

class Dispatcher;

/// What the services of one server share. All of it outlives them.
struct ServiceContext {
    Dispatcher& dispatcher;
    /// The node loop, which owns host and enrolment.
    base::Loop& loop;
    /// Where reads of the store run, so that a long one holds nobody up.
    base::Loop& reader;
    mesh::Host& host;
    /// nullptr: this server gives out no certificates.
    mesh::Enrolment* enrolment = nullptr;
    /// nullptr: this server administers nothing.
    mesh::Administration* administration = nullptr;
    WallTime startedAt;
};

}  // namespace weft::services
