// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/records.h"
#include "core/mesh/policy/validate.h"
#include "tests/fuzz/fuzz_check.h"

#include "v1/network_acls.pb.h"
#include "v1/rbac.pb.h"

#include <google/protobuf/util/json_util.h>

#include <optional>

namespace {

namespace policy = weft::mesh::policy;

/// What protobuf's own reader makes of the text; nullopt when it refuses it.
template <typename Object, typename Message>
std::optional<Object> readByProtobuf(std::string_view json) {
    Message message;
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(json.data(), json.size()), &message);
    return status.ok() ? std::optional(policy::fromProto(message)) : std::nullopt;
}

/// A text that our quick reader takes means the same to protobuf's, and what was read and written
/// once no longer changes; what is valid stays so in the form in which it is stored.
template <typename Object, typename Message, typename Decode>
void check(std::string_view json, Decode decode) {
    const auto object = decode(json);
    const auto byProtobuf = readByProtobuf<Object, Message>(json);
    WEFT_FUZZ_CHECK(object.ok() == byProtobuf.has_value());
    if (!object.ok()) {
        return;
    }
    WEFT_FUZZ_CHECK(*object == *byProtobuf);
    const auto again = decode(policy::encode(*object));
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *object);
    if (policy::validate(*object).ok()) {
        const auto stored = policy::normalised(*object);
        WEFT_FUZZ_CHECK(policy::validate(stored).ok());
        WEFT_FUZZ_CHECK(policy::normalised(stored) == stored);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    const auto json = weft::fuzz::asText(data, size);
    check<policy::Role, v1::Role>(json, policy::decodeRole);
    check<policy::RoleBinding, v1::RoleBinding>(json, policy::decodeRoleBinding);
    check<policy::Group, v1::Group>(json, policy::decodeGroup);
    check<policy::NetworkAcl, v1::NetworkACL>(json, policy::decodeNetworkAcl);
    const auto action = policy::decodeAction(json);
    const auto byProtobuf = readByProtobuf<policy::Action, v1::RBACAction>(json);
    WEFT_FUZZ_CHECK(action.ok() == byProtobuf.has_value());
    WEFT_FUZZ_CHECK(!action.ok() || *action == *byProtobuf);
    return 0;
}
