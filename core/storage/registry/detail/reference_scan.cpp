// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/detail/reference_scan.h"

#include "v1/network_acls.pb.h"
#include "v1/rbac.pb.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

namespace weft::storage::detail {
namespace {

template <typename Message>
bool parse(std::string_view json, Message* message) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    return google::protobuf::util::JsonStringToMessage(
               google::protobuf::StringPiece(json.data(), json.size()), message, options)
        .ok();
}

template <typename Subjects>
bool subjectsName(const Subjects& subjects, const NodeId& id) {
    // Names of users count too: a certificate's common name is both.
    return std::ranges::any_of(subjects, [&id](const v1::Subject& subject) {
        return subject.type() != v1::SUBJECT_GROUP && subject.name() == id.value();
    });
}

template <typename Names>
bool contains(const Names& names, const NodeId& id) {
    return std::ranges::find(names, id.value()) != names.end();
}

}  // namespace

bool policyNames(std::string_view key, std::string_view json, const NodeId& id) {
    // Most records name few nodes: a text search spares the parser.
    if (json.find(id.value()) == std::string_view::npos && json.find('\\') == json.npos) {
        return false;
    }
    if (key.starts_with(kRoleBindingsPrefix)) {
        v1::RoleBinding binding;
        return !parse(json, &binding) || subjectsName(binding.subjects(), id);
    }
    if (key.starts_with(kGroupsPrefix)) {
        v1::Group group;
        return !parse(json, &group) || subjectsName(group.subjects(), id);
    }
    if (key.starts_with(kNetworkAclsPrefix)) {
        v1::NetworkACL acl;
        return !parse(json, &acl) || contains(acl.source_nodes(), id)
               || contains(acl.destination_nodes(), id);
    }
    return false;
}

}  // namespace weft::storage::detail
