// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/records.h"

#include "core/base/text.h"
#include "core/mesh/policy/detail/record_reader.h"

#include "v1/network_acls.pb.h"
#include "v1/rbac.pb.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

namespace weft::mesh::policy {
namespace {

constexpr std::size_t kMaxReasonBytes = 120;

template <typename Message>
Status parseJson(std::string_view json, Message* message) {
    if (json.size() > kMaxRecordBytes) {
        return dataLoss("the record is longer than {} bytes", kMaxRecordBytes);
    }
    // Without options unknown fields are refused.
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(json.data(), json.size()), message);
    if (!status.ok()) {
        return dataLoss(
            "the record does not parse: {}",
            base::escapeForLine(std::string(status.message()), kMaxReasonBytes));
    }
    return okStatus();
}

template <typename Message, typename Value>
std::string printJson(const Value& value) {
    Message message;
    toProto(value, &message);
    std::string json;
    // It fails only for messages that hold Any or broken timestamps; these hold neither.
    (void)google::protobuf::util::MessageToJsonString(message, &json);
    return json;
}

template <typename Message>
auto parsed(std::string_view json) -> StatusOr<decltype(fromProto(Message()))> {
    Message message;
    WEFT_RETURN_IF_ERROR(parseJson(json, &message));
    return fromProto(message);
}

/// By the quick reader when it can.
template <typename Message, typename Quick>
auto decoded(std::string_view json, Quick quick) -> StatusOr<decltype(fromProto(Message()))> {
    if (json.size() <= kMaxRecordBytes) {
        if (auto object = quick(json)) {
            return *std::move(object);
        }
    }
    return parsed<Message>(json);
}

template <typename Texts>
std::vector<std::string> textsOf(const Texts& texts) {
    return {texts.begin(), texts.end()};
}

template <typename Messages>
std::vector<Subject> subjectsOf(const Messages& messages) {
    std::vector<Subject> subjects;
    subjects.reserve(static_cast<std::size_t>(messages.size()));
    for (const auto& message : messages) {
        subjects.push_back(fromProto(message));
    }
    return subjects;
}

template <typename Message>
void addSubjects(const std::vector<Subject>& subjects, Message* message) {
    for (const auto& subject : subjects) {
        auto* added = message->add_subjects();
        added->set_name(subject.name);
        added->set_type(static_cast<v1::SubjectType>(subject.kind));
    }
}

Rule ruleOf(const v1::Rule& message) {
    Rule rule;
    for (const auto resource : message.resources()) {
        rule.resources.push_back(static_cast<Resource>(resource));
    }
    for (const auto verb : message.verbs()) {
        rule.verbs.push_back(static_cast<Verb>(verb));
    }
    rule.resourceNames = textsOf(message.resource_names());
    return rule;
}

void fillRule(const Rule& rule, v1::Rule* message) {
    for (const auto resource : rule.resources) {
        message->add_resources(static_cast<v1::RuleResource>(resource));
    }
    for (const auto verb : rule.verbs) {
        message->add_verbs(static_cast<v1::RuleVerb>(verb));
    }
    message->mutable_resource_names()->Assign(rule.resourceNames.begin(), rule.resourceNames.end());
}

}  // namespace

Subject fromProto(const v1::Subject& message) {
    return {.name = message.name(), .kind = static_cast<SubjectKind>(message.type())};
}

Role fromProto(const v1::Role& message) {
    Role role;
    role.name = message.name();
    for (const auto& rule : message.rules()) {
        role.rules.push_back(ruleOf(rule));
    }
    return role;
}

RoleBinding fromProto(const v1::RoleBinding& message) {
    return {
        .name = message.name(), .role = message.role(), .subjects = subjectsOf(message.subjects())};
}

Group fromProto(const v1::Group& message) {
    return {.name = message.name(), .subjects = subjectsOf(message.subjects())};
}

NetworkAcl fromProto(const v1::NetworkACL& message) {
    return {
        .name = message.name(),
        .priority = message.priority(),
        .action = static_cast<AclAction>(message.action()),
        .sourceNodes = textsOf(message.source_nodes()),
        .destinationNodes = textsOf(message.destination_nodes()),
        .sourceCidrs = textsOf(message.source_cidrs()),
        .destinationCidrs = textsOf(message.destination_cidrs())};
}

Action fromProto(const v1::RBACAction& message) {
    return {
        .verb = static_cast<Verb>(message.verb()),
        .resource = static_cast<Resource>(message.resource()),
        .resourceName = message.resource_name()};
}

void toProto(const Role& role, v1::Role* message) {
    message->Clear();
    message->set_name(role.name);
    for (const auto& rule : role.rules) {
        fillRule(rule, message->add_rules());
    }
}

void toProto(const RoleBinding& binding, v1::RoleBinding* message) {
    message->Clear();
    message->set_name(binding.name);
    message->set_role(binding.role);
    addSubjects(binding.subjects, message);
}

void toProto(const Group& group, v1::Group* message) {
    message->Clear();
    message->set_name(group.name);
    addSubjects(group.subjects, message);
}

void toProto(const NetworkAcl& acl, v1::NetworkACL* message) {
    message->Clear();
    message->set_name(acl.name);
    message->set_priority(acl.priority);
    message->set_action(static_cast<v1::ACLAction>(acl.action));
    message->mutable_source_nodes()->Assign(acl.sourceNodes.begin(), acl.sourceNodes.end());
    message->mutable_destination_nodes()->Assign(
        acl.destinationNodes.begin(), acl.destinationNodes.end());
    message->mutable_source_cidrs()->Assign(acl.sourceCidrs.begin(), acl.sourceCidrs.end());
    message->mutable_destination_cidrs()->Assign(
        acl.destinationCidrs.begin(), acl.destinationCidrs.end());
}

StatusOr<Role> decodeRole(std::string_view json) {
    return decoded<v1::Role>(json, detail::readRole);
}

StatusOr<RoleBinding> decodeRoleBinding(std::string_view json) {
    return decoded<v1::RoleBinding>(json, detail::readRoleBinding);
}

StatusOr<Group> decodeGroup(std::string_view json) {
    return decoded<v1::Group>(json, detail::readGroup);
}

StatusOr<NetworkAcl> decodeNetworkAcl(std::string_view json) {
    return decoded<v1::NetworkACL>(json, detail::readNetworkAcl);
}

StatusOr<Action> decodeAction(std::string_view json) {
    auto action = parsed<v1::RBACAction>(json);
    if (!action.ok()) {
        return invalidArgument("{}", messageOf(action.status()));
    }
    return action;
}

std::string encode(const Role& role) {
    return printJson<v1::Role>(role);
}

std::string encode(const RoleBinding& binding) {
    return printJson<v1::RoleBinding>(binding);
}

std::string encode(const Group& group) {
    return printJson<v1::Group>(group);
}

std::string encode(const NetworkAcl& acl) {
    return printJson<v1::NetworkACL>(acl);
}

}  // namespace weft::mesh::policy
