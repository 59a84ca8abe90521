// SPDX-License-Identifier: Apache-2.0
// What the window reads of the history of a mesh.
#include "app/cli/policy_objects.h"
#include "core/mesh/policy_object.h"
#include "tests/fuzz/fuzz_check.h"
#include "ui/bridge/policy_json.h"

#include <array>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using weft::api::PolicyKind;
    constexpr std::array kKinds{
        PolicyKind::Role,
        PolicyKind::RoleBinding,
        PolicyKind::Group,
        PolicyKind::NetworkAcl,
        PolicyKind::Route,
        PolicyKind::Edge};
    const auto json = weft::fuzz::asText(data, size);
    for (const auto kind : kKinds) {
        const auto object = weft::bridge::policyObjectOf(kind, json);
        if (!object) {
            continue;
        }
        WEFT_FUZZ_CHECK(weft::api::kindOf(*object) == kind);
        // What the mesh can keep comes out of it the same.
        const auto stored = weft::cli::toMesh(*object);
        if (stored.ok()) {
            const auto again = weft::bridge::policyObjectOf(kind, weft::mesh::encode(*stored));
            WEFT_FUZZ_CHECK(again.has_value());
            WEFT_FUZZ_CHECK(weft::api::refOf(*again) == weft::api::refOf(*object));
        }
    }
    return 0;
}
