// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/status.h"
#include "core/mesh/changes/policy_set.h"
#include "core/mesh/policy_object.h"

#include <functional>
#include <vector>

namespace weft::daemon {

/// How one object is written where several at once cannot be.
struct ObjectWrites {
    std::function<void(const mesh::PolicyObject&, Callback<mesh::WriteReport>)> put;
    std::function<void(const mesh::ObjectRef&, Callback<mesh::WriteReport>)> remove;
};

/// The order in which edits can be made one by one: what others name first, what names others last;
/// what goes the other way round. An edge whose attributes change goes and is made anew.
std::vector<mesh::changes::Edit> inOrder(std::vector<mesh::changes::Edit> edits);

/// Makes edits one after the other at a server that knows no changes of several objects, as those
/// of reference nodes. When one is refused, what was made before it is taken back. `present`: the
/// rules as they are; edits that are made already are left out. Answers with the revision of the
/// last write. Whoever looks meanwhile sees a part of it, and the end of this program leaves one.
/// Thread: that on which the writes answer.
/// Errors: kAborted  an object is not as its edit's `before` says: nothing was made
///         else that of the write that was refused; its text says what could not be taken back
void makeInOrder(
    std::vector<mesh::changes::Edit> edits,
    const mesh::changes::PolicySet& present,
    ObjectWrites writes,
    Callback<mesh::WriteReport> done);

}  // namespace weft::daemon
