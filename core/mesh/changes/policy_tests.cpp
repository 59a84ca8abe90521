// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_tests.h"

#include "core/base/text.h"
#include "core/mesh/policy/model.h"

#include "weft/mesh/v1/policy_test.pb.h"

#include <google/protobuf/util/json_util.h>

#include <set>

namespace weft::mesh::changes {
namespace {

constexpr std::size_t kMaxReasonBytes = 120;

Status checkEnd(std::string_view text) {
    if (text == policy::kWildcard) {
        return okStatus();
    }
    const bool isGroup = text.starts_with(policy::kGroupMark);
    return annotate(
        storage::validateId(isGroup ? text.substr(policy::kGroupMark.size()) : text),
        "{}",
        base::escapeForLine(text));
}

Status checkNetwork(const PolicyTest& test) {
    if (!test.network) {
        return test.to.empty() ? invalidArgument("it says neither to whom nor to which network")
                               : okStatus();
    }
    if (test.network->masked() != *test.network) {
        return invalidArgument(
            "{} has bits behind its length; write {}",
            test.network->toString(),
            test.network->masked().toString());
    }
    if (test.family && *test.family != test.network->family()) {
        return invalidArgument("{} is not of the family asked for", test.network->toString());
    }
    return okStatus();
}

Status check(const PolicyTest& test) {
    WEFT_RETURN_IF_ERROR(checkEnd(test.from));
    if (!test.to.empty()) {
        WEFT_RETURN_IF_ERROR(checkEnd(test.to));
    }
    return checkNetwork(test);
}

v1::PolicyTest::Family familyOf(std::optional<net::Family> family) {
    if (!family) {
        return v1::PolicyTest::FAMILY_UNSPECIFIED;
    }
    return *family == net::Family::V4 ? v1::PolicyTest::FAMILY_V4 : v1::PolicyTest::FAMILY_V6;
}

StatusOr<std::optional<net::Family>> familyOf(v1::PolicyTest::Family family) {
    switch (family) {
    case v1::PolicyTest::FAMILY_UNSPECIFIED:
        return std::optional<net::Family>();
    case v1::PolicyTest::FAMILY_V4:
        return std::optional(net::Family::V4);
    case v1::PolicyTest::FAMILY_V6:
        return std::optional(net::Family::V6);
    default:
        return invalidArgument("its family {} is none", static_cast<int>(family));
    }
}

StatusOr<std::optional<net::IpPrefix>> networkOf(const std::string& text) {
    if (text.empty()) {
        return std::optional<net::IpPrefix>();
    }
    if (const auto address = net::IpAddress::parse(text); address.ok()) {
        return std::optional(net::IpPrefix::host(*address));
    }
    WEFT_ASSIGN_OR_RETURN(const auto prefix, net::IpPrefix::parse(text));
    return std::optional(prefix);
}

StatusOr<PolicyTest> testOf(const v1::PolicyTest& message) {
    PolicyTest test;
    test.name = message.name();
    test.from = message.from();
    test.to = message.to();
    if (message.must() != v1::PolicyTest::MUST_REACH
        && message.must() != v1::PolicyTest::MUST_NOT_REACH) {
        return invalidArgument("it does not say what must be: MUST_REACH or MUST_NOT_REACH");
    }
    test.must =
        message.must() == v1::PolicyTest::MUST_REACH ? Expectation::Reach : Expectation::NotReach;
    WEFT_ASSIGN_OR_RETURN(test.family, familyOf(message.family()));
    WEFT_ASSIGN_OR_RETURN(test.network, networkOf(message.network()));
    return test;
}

}  // namespace

Status validate(const std::vector<PolicyTest>& tests) {
    if (tests.size() > kMaxPolicyTests) {
        return invalidArgument(
            "{} tests are too many; at most {} are kept", tests.size(), kMaxPolicyTests);
    }
    std::set<std::string_view> names;
    for (const auto& test : tests) {
        WEFT_RETURN_IF_ERROR(annotate(storage::validateId(test.name), "name of the test"));
        const auto name = base::escapeForLine(test.name);
        if (!names.insert(test.name).second) {
            return invalidArgument("two tests are called {}; give each its own name", name);
        }
        WEFT_RETURN_IF_ERROR(annotate(check(test), "test {}", name));
    }
    return okStatus();
}

void toProto(const std::vector<PolicyTest>& tests, v1::PolicyTests* message) {
    message->Clear();
    for (const auto& test : tests) {
        auto* one = message->add_tests();
        one->set_name(test.name);
        one->set_must(
            test.must == Expectation::Reach ? v1::PolicyTest::MUST_REACH
                                            : v1::PolicyTest::MUST_NOT_REACH);
        one->set_from(test.from);
        one->set_to(test.to);
        one->set_family(familyOf(test.family));
        if (test.network) {
            one->set_network(test.network->toString());
        }
    }
}

StatusOr<std::vector<PolicyTest>> fromProto(const v1::PolicyTests& message) {
    std::vector<PolicyTest> tests;
    for (const auto& one : message.tests()) {
        auto test = testOf(one);
        if (!test.ok()) {
            return annotate(test.status(), "test {}", base::escapeForLine(one.name()));
        }
        tests.push_back(*std::move(test));
    }
    WEFT_RETURN_IF_ERROR(validate(tests));
    return tests;
}

std::string encode(const std::vector<PolicyTest>& tests) {
    v1::PolicyTests message;
    toProto(tests, &message);
    std::string json;
    // Names that are valid are UTF-8, and there is nothing else that fails.
    (void)google::protobuf::util::MessageToJsonString(message, &json);
    return json;
}

StatusOr<std::vector<PolicyTest>> decode(std::string_view json) {
    if (json.size() > kMaxPolicyTestBytes) {
        return invalidArgument("the tests are longer than {} bytes", kMaxPolicyTestBytes);
    }
    v1::PolicyTests message;
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(json.data(), json.size()), &message);
    if (!status.ok()) {
        return invalidArgument(
            "the tests do not parse: {}",
            base::escapeForLine(std::string(status.message()), kMaxReasonBytes));
    }
    return fromProto(message);
}

}  // namespace weft::mesh::changes
