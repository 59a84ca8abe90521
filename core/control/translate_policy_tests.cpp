// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_policy_tests.h"

#include "core/control/detail/timestamps.h"

namespace weft::control {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

std::optional<api::AddressFamily> familyOf(meshv1::PolicyTest::Family family) {
    switch (family) {
    case meshv1::PolicyTest::FAMILY_V4:
        return api::AddressFamily::Ipv4;
    case meshv1::PolicyTest::FAMILY_V6:
        return api::AddressFamily::Ipv6;
    default:
        return std::nullopt;
    }
}

meshv1::PolicyTest::Family familyOf(const std::optional<api::AddressFamily>& family) {
    if (!family) {
        return meshv1::PolicyTest::FAMILY_UNSPECIFIED;
    }
    return *family == api::AddressFamily::Ipv4 ? meshv1::PolicyTest::FAMILY_V4
                                               : meshv1::PolicyTest::FAMILY_V6;
}

void fill(const api::PolicyTest& test, meshv1::PolicyTest* message) {
    message->set_name(test.name);
    message->set_must(
        test.mustReach ? meshv1::PolicyTest::MUST_REACH : meshv1::PolicyTest::MUST_NOT_REACH);
    message->set_from(test.from);
    message->set_to(test.to);
    message->set_family(familyOf(test.family));
    message->set_network(test.network);
}

}  // namespace

api::KeptPolicyTests fromProto(const meshv1::KeptPolicyTests& message) {
    api::KeptPolicyTests kept;
    kept.revision = message.revision();
    for (const auto& test : message.tests().tests()) {
        kept.tests.push_back(
            {test.name(),
             test.must() == meshv1::PolicyTest::MUST_REACH,
             test.from(),
             test.to(),
             familyOf(test.family()),
             test.network()});
    }
    return kept;
}

api::PolicyTestFigures fromProto(const local::PolicyTestFigures& message) {
    api::PolicyTestFigures figures;
    figures.passed = message.passed();
    figures.failed = message.failed();
    figures.at = detail::time(message.has_time(), message.time());
    for (const auto& each : message.failing()) {
        figures.failing.push_back({each.name(), each.text()});
    }
    return figures;
}

meshv1::PolicyTests toProto(const std::vector<api::PolicyTest>& tests) {
    meshv1::PolicyTests message;
    for (const auto& test : tests) {
        fill(test, message.add_tests());
    }
    return message;
}

meshv1::PutPolicyTestsRequest toProto(
    const std::vector<api::PolicyTest>& tests, std::uint64_t base) {
    meshv1::PutPolicyTestsRequest request;
    *request.mutable_tests() = toProto(tests);
    request.set_base_revision(base);
    return request;
}

}  // namespace weft::control
