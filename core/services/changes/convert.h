// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/change_control.h"

namespace weft::mesh::v1 {
class AppliedChange;
class ChangeRecord;
class KeptPolicyTests;
class ObjectEdit;
class ObjectName;
}  // namespace weft::mesh::v1

namespace weft::services {

/// Errors: kInvalidArgument for a kind that is none.
StatusOr<mesh::ObjectRef> refOf(const mesh::v1::ObjectName& message);
void toProto(const mesh::ObjectRef& ref, mesh::v1::ObjectName* message);
/// Taken as it comes: what it means is checked where it is written. Errors: kInvalidArgument.
StatusOr<mesh::changes::Edit> editOf(const mesh::v1::ObjectEdit& message);
void toProto(const mesh::changes::Edit& edit, mesh::v1::ObjectEdit* message);

mesh::AppliedChange appliedOf(const mesh::v1::AppliedChange& message);
void toProto(const mesh::AppliedChange& applied, mesh::v1::AppliedChange* message);
void toProto(const mesh::ListedChange& change, mesh::v1::ChangeRecord* message);
/// For whoever has the tests of revision `known` already.
void toProto(
    const mesh::KeptPolicyTests& kept, storage::Revision known, mesh::v1::KeptPolicyTests* message);

}  // namespace weft::services
