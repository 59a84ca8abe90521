// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_rows.h"
#include "app/cli/commands/commands.h"

#include <initializer_list>
#include <iterator>
#include <utility>

namespace weft::cli {
namespace {

using api::PolicyKind;
using Run = Status (*)(Context&, const Parsed&);

constexpr Argument kName{
    .name = "NAME", .help = "name of the object; not with --file", .required = false};
constexpr Option kFile{
    .name = "file",
    .letter = "f",
    .value = "FILE",
    .help = "YAML or JSON, one object or a list; - reads standard input",
    .takes = Takes::File};
constexpr Option kRevision{
    .name = "revision",
    .value = "N",
    .help = "only if the object still has this revision; 0: only if there is none"};
constexpr Option kDraft{
    .name = "draft", .help = "add it to the draft, which changes nothing before it is applied"};
constexpr Option kFrom{.name = "from", .value = "NODE", .help = "one end of the edge"};
constexpr Option kTo{.name = "to", .value = "NODE", .help = "the other end"};

constexpr std::string_view kPutDetails =
    "Replaces the whole object and shows what changed. The write is refused when somebody else has "
    "changed the object since it was looked at. What `weftctl get ... -o yaml` prints is what "
    "--file takes; a revision in it counts as --revision.";
constexpr std::string_view kDeleteDetails =
    "Shows what goes with it and asks; without a terminal it needs --yes.";

constexpr Option repeated(std::string_view name, std::string_view value, std::string_view help) {
    return {.name = name, .value = value, .help = help, .repeats = true};
}

Command getRow(std::string_view path, std::string_view aliases, std::string_view summary, Run run) {
    return {
        .path = path,
        .aliases = aliases,
        .summary = summary,
        .arguments = {{.name = "NAME", .help = "show this one alone", .required = false}},
        .options = {kProfileOption},
        .run = run};
}

Command putRow(
    std::string_view path,
    std::string_view aliases,
    std::string_view summary,
    std::vector<Option> options,
    std::string_view example,
    Run run) {
    options.insert(options.end(), {kFile, kRevision, kDraft, kProfileOption});
    return {
        .path = path,
        .aliases = aliases,
        .summary = summary,
        .arguments = {kName},
        .options = std::move(options),
        .details = kPutDetails,
        .examples = {example},
        .run = run};
}

Command deleteRow(
    std::string_view path, std::string_view aliases, std::string_view summary, Run run) {
    return {
        .path = path,
        .aliases = aliases,
        .summary = summary,
        .arguments = {kName},
        .options = {kFile, kRevision, kDraft, kYesOption, kProfileOption},
        .details = kDeleteDetails,
        .run = run};
}

std::vector<Command> getCommands() {
    return {
        getRow("get role", "roles", "List roles, or show one", runGet<PolicyKind::Role>),
        getRow(
            "get rolebinding",
            "rolebindings",
            "List role bindings, or show one",
            runGet<PolicyKind::RoleBinding>),
        getRow("get group", "groups", "List groups, or show one", runGet<PolicyKind::Group>),
        getRow(
            "get acl",
            "acls|networkacl|networkacls",
            "List access rules between nodes, or show one",
            runGet<PolicyKind::NetworkAcl>),
        getRow("get route", "routes", "List routes, or show one", runGet<PolicyKind::Route>),
    };
}

std::vector<Command> putCommands() {
    auto edge = putRow(
        "put edge",
        "edges",
        "Create or change the edge between two nodes",
        {kFrom,
         kTo,
         {.name = "weight", .value = "N", .help = "stored with the edge (0)"},
         {.name = "ice", .help = "connect by ICE"},
         {.name = "libp2p", .help = "connect by libp2p"}},
        "weftctl put edge --from nas --to laptop --ice",
        runPut<PolicyKind::Edge>);
    edge.arguments.clear();
    return {
        {.path = "put", .summary = "Create or change who may do what"},
        putRow(
            "put role",
            "roles",
            "Create or change a role",
            {{.name = "verb",
              .value = "VERB",
              .help = "what it allows",
              .choices = "put|get|delete|*",
              .repeats = true},
             {.name = "resource",
              .value = "RESOURCE",
              .help = "on what",
              .choices = "votes|roles|rolebindings|groups|networkacls|routes|datachannels|pubsub|"
                         "observers|edges|*",
              .repeats = true},
             repeated("resource-name", "NAME", "only on what has this name")},
            "weftctl put role route-editor --verb put --verb delete --resource routes",
            runPut<PolicyKind::Role>),
        putRow(
            "put rolebinding",
            "rolebindings",
            "Give a role to nodes, users and groups",
            {{.name = "role", .value = "ROLE", .help = "name of the role"},
             repeated("node", "NODE", "a node that gets it; * is everybody"),
             repeated("user", "USER", "a user who gets it"),
             repeated("group", "GROUP", "a group that gets it")},
            "weftctl put rolebinding office-routes --role route-editor --group office",
            runPut<PolicyKind::RoleBinding>),
        putRow(
            "put group",
            "groups",
            "Create or change a group",
            {repeated("node", "NODE", "a node in it; * is everybody"),
             repeated("user", "USER", "a user in it"),
             repeated("group", "GROUP", "a group whose members are in it too")},
            "weftctl put group office --node build-01 --node build-02",
            runPut<PolicyKind::Group>),
        putRow(
            "put acl",
            "acls|networkacl|networkacls",
            "Create or change an access rule between nodes",
            {{.name = "priority", .value = "N", .help = "a higher one is asked first (0)"},
             {.name = "accept", .help = "let it pass"},
             {.name = "deny", .help = "stop it"},
             repeated("src-node", "NODE", "from a node, group:NAME or *; missing: any"),
             repeated("dst-node", "NODE", "to a node, group:NAME or *; missing: any"),
             repeated("src-cidr", "PREFIX", "from these addresses alone"),
             repeated("dst-cidr", "PREFIX", "to these addresses alone")},
            "weftctl put acl cameras --priority 100 --deny --src-node group:cameras",
            runPut<PolicyKind::NetworkAcl>),
        putRow(
            "put route",
            "routes",
            "Offer networks behind a node",
            {{.name = "node", .value = "NODE", .help = "the node that leads there"},
             repeated("cidr", "PREFIX", "a network behind it"),
             {.name = "next-hop", .value = "NODE", .help = "stored; nothing uses it"}},
            "weftctl put route home-lan --node nas --cidr 10.1.0.0/24",
            runPut<PolicyKind::Route>),
        std::move(edge),
    };
}

std::vector<Command> deleteCommands() {
    auto edge = deleteRow(
        "delete edge", "edges", "Delete the edge between two nodes", runDelete<PolicyKind::Edge>);
    edge.arguments.clear();
    edge.options.insert(edge.options.begin(), {kFrom, kTo});
    return {
        {.path = "delete", .summary = "Delete what says who may do what"},
        deleteRow("delete role", "roles", "Delete a role", runDelete<PolicyKind::Role>),
        deleteRow(
            "delete rolebinding",
            "rolebindings",
            "Take a role away",
            runDelete<PolicyKind::RoleBinding>),
        deleteRow("delete group", "groups", "Delete a group", runDelete<PolicyKind::Group>),
        deleteRow(
            "delete acl",
            "acls|networkacl|networkacls",
            "Delete an access rule between nodes",
            runDelete<PolicyKind::NetworkAcl>),
        deleteRow("delete route", "routes", "Delete a route", runDelete<PolicyKind::Route>),
        std::move(edge),
    };
}

std::vector<Command> questionCommands() {
    return {
        {.path = "can",
         .summary = "Tell whether somebody may do something, and by which role",
         .arguments =
             {{.name = "SUBJECT", .help = "a node or user; node:NAME, user:NAME or group:NAME"},
              {.name = "VERB", .help = "what to do", .choices = "put|get|delete|*"},
              {.name = "RESOURCE",
               .help = "with what",
               .choices = "votes|roles|rolebindings|groups|networkacls|routes|datachannels|pubsub|"
                          "observers|edges|*"},
              {.name = "NAME", .help = "with this one alone", .required = false}},
         .options = {kProfileOption},
         .details = "Exits with 4 when it is not allowed. Judged by what this node knows of the "
                    "mesh.",
         .examples = {"weftctl can build-01 put routes office-lan"},
         .run = runCan},
        {.path = "explain", .summary = "Why things are as they are"},
        {.path = "explain access",
         .summary = "Tell whether two nodes may talk, and which rule says so",
         .arguments =
             {{.name = "FROM", .help = "id of a node"}, {.name = "TO", .help = "id of a node"}},
         .options =
             {{.name = "draft", .help = "as it would be with the draft"},
              {.name = "after", .value = "CHANGE", .help = "as it was after this change"},
              kProfileOption},
         .examples =
             {"weftctl explain access camera-door nas",
              "weftctl explain access camera-door nas --draft"},
         .run = runExplainAccess},
    };
}

std::vector<Command> nodeCommands() {
    return {
        {.path = "node", .summary = "Nodes that are taken out of the mesh"},
        {.path = "node remove",
         .summary = "Take a node out of the mesh for good",
         .arguments = {{.name = "NODE", .help = "id of the node"}},
         .options =
             {{.name = "reason", .value = "TEXT", .help = "for those who read the list later"},
              kYesOption,
              kProfileOption},
         .details = "Its edges, routes and rights go too, and neither its id nor its key is let in "
                    "again before `weftctl node readmit`. Asks first; without a terminal it needs "
                    "--yes.",
         .run = runNodeRemove},
        {.path = "node readmit",
         .summary = "Let a removed node join again",
         .arguments = {{.name = "NODE", .help = "id of the node"}},
         .options = {kProfileOption},
         .details = "It gets back nothing of what it had; it joins with a new invitation.",
         .run = runNodeReadmit},
        {.path = "node removed",
         .summary = "List the nodes that were removed",
         .options = {kProfileOption},
         .run = runNodeRemoved},
        {.path = "audit",
         .summary = "Show who changed what, and who was refused",
         .options =
             {{.name = "who", .value = "NAME", .help = "only what this identity did"},
              {.name = "kind", .value = "KIND", .help = "only this kind of object"},
              {.name = "name", .value = "NAME", .help = "only objects of this name"},
              {.name = "outcome",
               .value = "OUTCOME",
               .help = "only what ended so",
               .choices = "allowed|denied|failed"},
              {.name = "since", .value = "DURATION", .help = "only the last 30m, 24h"},
              {.name = "limit", .value = "N", .help = "the newest so many (50)"},
              kProfileOption},
         .details = "Newest first, from the log of the member that decides over the mesh. Needs "
                    "the rights of an administrator there.",
         .examples = {"weftctl audit --outcome denied --since 24h"},
         .run = runAudit},
    };
}

}  // namespace

std::vector<Command> policyCommands() {
    std::vector<Command> all;
    for (auto part : {getCommands, putCommands, deleteCommands, questionCommands, nodeCommands}) {
        auto rows = part();
        std::move(rows.begin(), rows.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace weft::cli
