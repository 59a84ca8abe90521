// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace weft::services {

/// Who may call a method of the mesh-facing server.
enum class Access : std::uint8_t {
    Anyone,         ///< no proof asked: the call carries its own credential, or tells nothing
    Authenticated,  ///< who proves an identity; in a mesh without authentication everybody
    InMesh,         ///< members; in a mesh without authentication everybody
    Rights,         ///< who proves an identity, in any mesh; then the roles decide on each object
    Admin,          ///< the mesh's administrator
    LocalOnly,      ///< nobody here: such services live on the local socket or on a plugin's
};

/// What a server that does not lead does with a call of the method.
enum class ProxyClass : std::uint8_t {
    Leader,     ///< hands it to the leader
    NonLeader,  ///< answers; hands it to the leader when the caller asks for that
    Local,      ///< answers
    None,       ///< never handed on
};

/// One row of the authorisation table.
struct MethodRow {
    /// As on the wire: "/v1.Node/GetStatus".
    std::string_view name;
    Access access = Access::LocalOnly;
    ProxyClass proxy = ProxyClass::None;
    /// False: answers UNIMPLEMENTED, after authorisation.
    bool built = false;
};

/// The authorisation table: every method of v1, of weft.mesh.v1, of the health service and of
/// reflection. Sorted by name.
std::span<const MethodRow> methodRows();

/// The row of `name` in `rows` (sorted); nullptr when there is none, which means: refuse.
const MethodRow* findMethod(std::span<const MethodRow> rows, std::string_view name);

/// Walks the descriptors of `services` ("v1.Node").
/// Errors: kFailedPrecondition  a service is unknown, or has a method without a row; the text names
///                              it. The server does not start then.
Status checkRows(std::span<const MethodRow> rows, std::span<const std::string_view> services);

}  // namespace weft::services
