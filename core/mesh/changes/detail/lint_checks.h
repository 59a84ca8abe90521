// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/detail/lint_scene.h"
#include "core/mesh/changes/lint.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::changes::detail {

/// Keeps the first of all findings, in their order, without holding all of them.
class FindingList {
public:
    void add(Finding finding);
    /// Something was not looked at.
    void noteIncomplete() { isComplete_ = false; }
    LintReport take();

private:
    void cut();

    std::vector<Finding> findings_;
    std::size_t count_ = 0;
    bool isComplete_ = true;
};

/// Names that lists hold and that nobody has.
void lintNames(const LintScene& scene, FindingList& findings);
/// Access rules one by one: lists and prefixes that say something else than they seem to.
void lintLists(const LintScene& scene, FindingList& findings);
void lintFamilies(const LintScene& scene, FindingList& findings);
/// Access rules together: what decides nothing, what is left to chance, and who may talk at all.
void lintOrder(const LintScene& scene, FindingList& findings);
void lintOneSided(const LintScene& scene, FindingList& findings);
void lintRoles(const LintScene& scene, FindingList& findings);
void lintRoutes(const LintScene& scene, FindingList& findings);
/// What reference nodes make of routes.
void lintRouteReaders(const LintScene& scene, FindingList& findings);
void lintGraph(const LintScene& scene, FindingList& findings);

/// Names for a text: the first few and how many more, each escaped. `total`: how many there are.
std::string listed(const std::vector<std::string>& names, std::size_t total);
inline std::string listed(const std::vector<std::string>& names) {
    return listed(names, names.size());
}
/// "1 node", "3 nodes".
std::string counted(std::size_t count, std::string_view what);

Edit changeOf(PolicyObject before, PolicyObject after);
Edit additionOf(PolicyObject object);
Edit removalOf(PolicyObject object);
bool mayWrite(const ObjectRef& ref);
bool mayRemove(const ObjectRef& ref);
/// A name that no such object has, made of `stem`; empty when none that is valid comes of it.
std::string freeName(const PolicySet& policy, policy::ObjectKind kind, std::string_view stem);

}  // namespace weft::mesh::changes::detail
