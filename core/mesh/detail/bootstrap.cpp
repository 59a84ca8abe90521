// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/bootstrap.h"

#include "core/base/text.h"
#include "core/mesh/detail/request_rules.h"
#include "core/mesh/detail/shared_records.h"

#include "v1/network_acls.pb.h"
#include "v1/rbac.pb.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <limits>

namespace weft::mesh::detail {
namespace {

using storage::Put;
using storage::Transaction;

constexpr std::string_view kDefaultNetwork = "172.16.0.0/12";
constexpr std::string_view kAdminRole = "mesh-admin";
constexpr std::string_view kVoters = "voters";
constexpr int kLongestNetwork = 30;
constexpr std::size_t kMaxDomainBytes = 253;

template <typename Message>
void putJson(
    Transaction& transaction,
    std::string_view prefix,
    std::string_view name,
    const Message& message) {
    std::string json;
    // Fails for Any and broken timestamps alone, and these messages hold neither.
    (void)google::protobuf::util::MessageToJsonString(message, &json);
    transaction.operations.emplace_back(
        Put{std::string(prefix).append(name), std::move(json), std::nullopt});
}

void putText(Transaction& transaction, std::string_view key, std::string text) {
    transaction.operations.emplace_back(Put{std::string(key), std::move(text), std::nullopt});
}

StatusOr<net::IpPrefix> networkOf(const BootstrapOptions& options) {
    if (options.networkIpv4.isDefaultRoute()) {
        return net::IpPrefix::parse(kDefaultNetwork);
    }
    if (options.networkIpv4.family() != net::Family::V4
        || options.networkIpv4.length() > kLongestNetwork) {
        return invalidArgument(
            "the mesh network {} is not an IPv4 network of at least a /{}",
            options.networkIpv4.toString(),
            kLongestNetwork);
    }
    return options.networkIpv4.masked();
}

bool isDomainCharacter(char symbol) {
    return (symbol >= 'a' && symbol <= 'z') || (symbol >= '0' && symbol <= '9') || symbol == '-'
           || symbol == '.';
}

StatusOr<std::string> domainOf(const BootstrapOptions& options) {
    auto domain = options.domain;
    if (domain.ends_with('.')) {
        domain.pop_back();
    }
    if (domain.empty() || domain.size() > kMaxDomainBytes || domain.front() == '.'
        || domain.find("..") != std::string::npos
        || !std::ranges::all_of(domain, isDomainCharacter)) {
        return invalidArgument(
            "the mesh domain {} is not a domain name in lower case",
            base::escapeForLine(options.domain));
    }
    return domain + ".";
}

v1::Role role(std::string_view name, v1::RuleResource resource, v1::RuleVerb verb) {
    v1::Role message;
    message.set_name(std::string(name));
    auto* rule = message.add_rules();
    rule->add_resources(resource);
    rule->add_verbs(verb);
    return message;
}

template <typename Message>
void addSubject(Message& message, v1::SubjectType type, const std::string& name) {
    auto* subject = message.add_subjects();
    subject->set_type(type);
    subject->set_name(name);
}

void putRoles(Transaction& transaction, const BootstrapOptions& options, const std::string& self) {
    const auto admin = options.admin.value_or(self);
    putJson(
        transaction,
        storage::kRolesPrefix,
        kAdminRole,
        role(kAdminRole, v1::RESOURCE_ALL, v1::VERB_ALL));

    v1::RoleBinding adminBinding;
    adminBinding.set_name(std::string(kAdminRole));
    adminBinding.set_role(std::string(kAdminRole));
    addSubject(adminBinding, v1::SUBJECT_NODE, admin);
    addSubject(adminBinding, v1::SUBJECT_USER, admin);
    putJson(transaction, storage::kRoleBindingsPrefix, kAdminRole, adminBinding);

    putJson(
        transaction,
        storage::kRolesPrefix,
        kVoters,
        role(kVoters, v1::RESOURCE_VOTES, v1::VERB_PUT));

    v1::Group voters;
    voters.set_name(std::string(kVoters));
    // The administrator, the only bootstrap server, this node, and whom the options name.
    addSubject(voters, v1::SUBJECT_NODE, admin);
    addSubject(voters, v1::SUBJECT_NODE, self);
    for (const auto& voter : options.voters) {
        addSubject(voters, v1::SUBJECT_NODE, voter.value());
    }
    putJson(transaction, storage::kGroupsPrefix, kVoters, voters);

    v1::RoleBinding voterBinding;
    voterBinding.set_name("bootstrap-voters");
    voterBinding.set_role(std::string(kVoters));
    addSubject(voterBinding, v1::SUBJECT_GROUP, std::string(kVoters));
    putJson(transaction, storage::kRoleBindingsPrefix, voterBinding.name(), voterBinding);
    if (options.disableRbac) {
        putText(transaction, storage::kRbacDisabledKey, "true");
    }
}

void putAcls(Transaction& transaction, const BootstrapOptions& options) {
    v1::NetworkACL servers;
    servers.set_name("bootstrap-nodes");
    servers.set_priority(std::numeric_limits<std::int32_t>::max());
    servers.set_action(v1::ACTION_ACCEPT);
    servers.add_source_nodes("group:voters");
    servers.add_destination_nodes("group:voters");
    putJson(transaction, storage::kNetworkAclsPrefix, servers.name(), servers);
    if (options.defaultDeny) {
        return;
    }
    v1::NetworkACL accept;
    accept.set_name("default-accept");
    accept.set_priority(std::numeric_limits<std::int32_t>::min());
    accept.set_action(v1::ACTION_ACCEPT);
    accept.add_source_nodes("*");
    accept.add_destination_nodes("*");
    accept.add_source_cidrs("*");
    accept.add_destination_cidrs("*");
    putJson(transaction, storage::kNetworkAclsPrefix, accept.name(), accept);
}

StatusOr<storage::NodeRecord> ownRecord(
    const HostOptions& options, const net::IpPrefix& ipv6, WallTime now) {
    auto node = options.self;
    WEFT_ASSIGN_OR_RETURN(node.primaryEndpoint, checkedPrimaryEndpoint(node.primaryEndpoint));
    WEFT_ASSIGN_OR_RETURN(
        node.wireguardEndpoints, checkedWireguardEndpoints(node.wireguardEndpoints));
    WEFT_ASSIGN_OR_RETURN(node.features, checkedFeatures(node.features));
    WEFT_RETURN_IF_ERROR(validateZone(node.zone));
    WEFT_RETURN_IF_ERROR(validateMultiaddrs(node.multiaddrs));
    WEFT_ASSIGN_OR_RETURN(const auto wireGuardKey, node.publicKey->wireGuardKey());
    node.privateIpv6 = crypto::nodePrefix(ipv6, wireGuardKey);
    node.privateIpv4.reset();
    node.joinedAt = now;
    return node;
}

Status validateNames(const HostOptions& options) {
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(options.self.id.value()));
    if (!options.self.publicKey) {
        return invalidArgument("the server's own record has no public key");
    }
    if (options.bootstrap.admin) {
        WEFT_RETURN_IF_ERROR(annotate(
            storage::validateNodeId(*options.bootstrap.admin), "administrator of the mesh"));
    }
    for (const auto& voter : options.bootstrap.voters) {
        WEFT_RETURN_IF_ERROR(annotate(storage::validateNodeId(voter.value()), "voter of the mesh"));
    }
    return okStatus();
}

}  // namespace

StatusOr<Transaction> planBootstrap(
    const HostOptions& options, std::string_view secret, WallTime now) {
    WEFT_RETURN_IF_ERROR(validateNames(options));
    WEFT_ASSIGN_OR_RETURN(const auto ipv4, networkOf(options.bootstrap));
    WEFT_ASSIGN_OR_RETURN(const auto domain, domainOf(options.bootstrap));
    const auto ipv6 = crypto::meshPrefixFromSecret(secret);
    WEFT_ASSIGN_OR_RETURN(auto self, ownRecord(options, ipv6, now));

    Transaction transaction;
    for (const auto key :
         {storage::kIpv6PrefixKey, storage::kIpv4PrefixKey, storage::kMeshDomainKey}) {
        transaction.conditions.push_back({storage::Compare::Kind::Absent, std::string(key), 0, {}});
    }
    putText(transaction, storage::kIpv6PrefixKey, ipv6.toString());
    putText(transaction, storage::kIpv4PrefixKey, ipv4.toString());
    putText(transaction, storage::kMeshDomainKey, domain);
    putRoles(transaction, options.bootstrap, self.id.value());
    putAcls(transaction, options.bootstrap);
    if (!options.bootstrap.disableIpv4) {
        AddressPool pool;
        pool.reset(ipv4);
        const auto first = pool.lowestFree([](const net::IpAddress&) { return false; });
        self.privateIpv4 = net::IpPrefix::host(first.value_or(net::IpAddress()));
        putText(transaction, ipv4ReservationKey(self.privateIpv4->address()), self.id.value());
    }
    putText(transaction, storage::nodeKey(self.id), storage::encodeNode(self));
    putText(transaction, keyPinKey(self.id), self.publicKey->toString());
    putText(transaction, kMembershipKey, self.id.value());
    return transaction;
}

}  // namespace weft::mesh::detail
