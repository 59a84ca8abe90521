// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/loop.h"

namespace weft::mesh {
class Administration;
class ChangeControl;
class Enrolment;
class Host;
class Standing;
}  // namespace weft::mesh

namespace weft::services {

class Dispatcher;
class InterfaceSource;

/// What the services share that every node has. All of it outlives them.
struct NodeContext {
    Dispatcher& dispatcher;
    /// The node loop, which owns what `standing` tells of.
    base::Loop& loop;
    const mesh::Standing& standing;
    WallTime startedAt;
    /// nullptr: this node has no tunnel to tell of.
    InterfaceSource* tunnel = nullptr;
};

/// What the services of a node share that keeps the mesh. All of it outlives them.
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
    /// nullptr: this server changes one object at a time.
    mesh::ChangeControl* changes = nullptr;
};

}  // namespace weft::services
