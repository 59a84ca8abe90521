// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_table.h"

#include "app/cli/command_rows.h"
#include "app/cli/commands/commands.h"

#include <algorithm>
#include <array>

namespace weft::cli {
namespace {

constexpr Argument kProfileArgument{
    .name = "PROFILE",
    .help = "id or name of a profile; the default one when it is missing",
    .required = false,
    .takes = Takes::Profile};
constexpr Option kNoWait{
    .name = "no-wait", .help = "return at once instead of waiting for the connection"};
constexpr Option kEndpoint{
    .name = "endpoint",
    .value = "ADDRESS",
    .help = "where others reach this node; the first is the primary one",
    .repeats = true};
constexpr Option kNodeId{.name = "node-id", .value = "ID", .help = "name of this node in the mesh"};
constexpr Option kForce{.name = "force", .help = "replace files that exist"};
constexpr Option kFolder{
    .name = "dir",
    .letter = "d",
    .value = "FOLDER",
    .help = "folder of the authority; the current one when it is missing",
    .takes = Takes::Folder};

std::vector<Command> connectionCommands() {
    return {
        {.path = "status",
         .summary = "Show the connection and what works",
         .arguments = {kProfileArgument},
         .options =
             {{.name = "watch", .letter = "w", .help = "go on with each change until Ctrl-C"},
              {.name = "check", .help = "exit with 5 unless connected"}},
         .run = runStatus},
        {.path = "connect",
         .summary = "Connect a profile",
         .arguments = {kProfileArgument},
         .options =
             {{.name = "password-file",
               .value = "FILE",
               .help = "password of the profile, first line of FILE; - reads standard input",
               .takes = Takes::File},
              kNoWait},
         .run = runConnect},
        {.path = "disconnect",
         .summary = "Leave the mesh of a profile",
         .arguments = {kProfileArgument},
         .run = runDisconnect},
        {.path = "profiles", .summary = "The meshes that this computer knows"},
        {.path = "profiles list", .summary = "List profiles", .run = runProfilesList},
        {.path = "profiles show",
         .summary = "Show one profile",
         .arguments = {kProfileArgument},
         .run = runProfilesShow},
        {.path = "profiles accept-dns",
         .summary = "Have the programs of this host find the names of a mesh",
         .arguments =
             {{.name = "ANSWER",
               .help = "whether they do, from the next connect on",
               .choices = "yes|no"}},
         .options = {kProfileOption},
         .details =
             "The daemon's host asks its own node for the names of the mesh, by systemd-resolved or "
             "/etc/resolv.conf, while the profile is connected.",
         .examples = {"weftctl profiles accept-dns yes"},
         .run = runProfilesAcceptDns},
        {.path = "profiles remove",
         .summary = "Remove a profile",
         .arguments =
             {{.name = "PROFILE", .help = "id or name of a profile", .takes = Takes::Profile}},
         .options =
             {{.name = "forget", .help = "also delete the keys of the node and its database"}},
         .details = "Disconnects first. Without --forget the files stay in the state folder.",
         .run = runProfilesRemove},
        {.path = "profiles lockdown",
         .summary = "Let nothing leave outside the tunnels, or everything",
         .arguments =
             {{.name = "SWITCH", .help = "whether it is to be locked", .choices = "on|off"},
              kProfileArgument},
         .details = "On: from connect to disconnect nothing leaves this computer but into tunnels "
                    "and to private networks, also while the connection is lost.",
         .run = runProfilesLockdown},
    };
}

constexpr Argument kRouteArgument{.name = "CIDR", .help = "the network, as the list has it"};
constexpr Option kFrom{.name = "from", .value = "NODE", .help = "the node that offers it"};

std::vector<Command> routeCommands() {
    return {
        {.path = "routes",
         .summary = "The networks that the mesh leads to, and which of them are used"},
        {.path = "routes list",
         .summary = "List them, and why one is not used",
         .options = {kProfileOption},
         .details = "The way to the Internet, networks that are not private, and such as this "
                    "computer reaches in another way are used only when somebody accepts them.",
         .examples =
             {"weftctl routes list",
              "weftctl routes accept 0.0.0.0/0 --from exit",
              "weftctl routes refuse 0.0.0.0/0"},
         .run = runRoutesList},
        {.path = "routes accept",
         .summary = "Use a route that others offer",
         .arguments = {kRouteArgument},
         .options = {kFrom, kProfileOption},
         .details = "It holds for the key that the node has now. 0.0.0.0/0 sends everything there, "
                    "but for the networks beside this computer.",
         .examples = {"weftctl routes accept 0.0.0.0/0 --from exit"},
         .run = runRoutesAccept},
        {.path = "routes refuse",
         .summary = "Do not use a route, and be asked no more",
         .arguments = {kRouteArgument},
         .options = {kFrom, kProfileOption},
         .details = "Without --from it holds for all nodes of the mesh, now and later.",
         .run = runRoutesRefuse},
        {.path = "routes forget",
         .summary = "Take back what was said to a route",
         .arguments = {kRouteArgument},
         .options = {kFrom, kProfileOption},
         .run = runRoutesForget},
    };
}

std::vector<Command> meshCommands() {
    return {
        {.path = "mesh", .summary = "Start a mesh and look after it"},
        {.path = "mesh create",
         .summary = "Start a mesh with this computer as its first node",
         .options =
             {{.name = "domain", .value = "DOMAIN", .help = "DNS domain (home.internal)"},
              {.name = "name", .value = "NAME", .help = "what people call it"},
              kNodeId,
              {.name = "ipv4-network", .value = "CIDR", .help = "IPv4 network (172.16.0.0/12)"},
              {.name = "no-ipv4", .help = "IPv6 only"},
              {.name = "default-deny", .help = "nodes may not talk until a rule allows it"},
              {.name = "listen", .value = "HOST:PORT", .help = "where the API listens ([::]:8443)"},
              kEndpoint,
              {.name = "tls",
               .value = "MODE",
               .help = "how nodes prove themselves (mutual)",
               .choices = "mutual|server-only|insecure"},
              kNoWait},
         .examples = {"weftctl mesh create --domain home.internal --endpoint 192.0.2.14"},
         .run = runMeshCreate},
        {.path = "mesh release",
         .summary = "Let a node come back with a new key",
         .arguments = {{.name = "NODE", .help = "id of the node"}},
         .options = {kProfileOption},
         .details = "A node id belongs to the key that joined first. After this the next node that "
                    "joins with the id keeps it.",
         .run = runMeshRelease},
        {.path = "join",
         .summary = "Join a mesh with an invitation code",
         .arguments = {{.name = "CODE", .help = "the code; - reads it from standard input"}},
         .options =
             {kNodeId,
              {.name = "name", .value = "NAME", .help = "what people call the mesh here"},
              kEndpoint,
              kNoWait},
         .details =
             "A code works once. Given on the command line, other users of this computer can "
             "see it while the command runs; - avoids that.",
         .run = runJoin},
        {.path = "invite", .summary = "Invitations to a mesh that this node leads"},
        {.path = "invite create",
         .summary = "Make a code for one new node",
         .options =
             {kProfileOption,
              {.name = "node-id", .value = "ID", .help = "the only name that the code gives"},
              {.name = "note", .value = "TEXT", .help = "whom it is for"},
              {.name = "expires", .value = "DURATION", .help = "how long it works (24h)"},
              {.name = "address",
               .value = "HOST:PORT",
               .help = "where the new node finds this mesh",
               .repeats = true},
              {.name = "qr", .help = "show a code that a camera reads, too"}},
         .details = "With -q only the code is printed.",
         .examples =
             {"weftctl invite create --note \"Office phone\" --qr",
              "weftctl invite create -q | ssh nas weftctl join -"},
         .run = runInviteCreate},
        {.path = "invite list",
         .summary = "List invitations, used ones too",
         .options = {kProfileOption},
         .run = runInviteList},
        {.path = "invite revoke",
         .summary = "Make a code useless",
         .arguments = {{.name = "ID", .help = "id of the invitation"}},
         .options = {kProfileOption},
         .run = runInviteRevoke},
        {.path = "invite open",
         .summary = "Show what a code says, without using it",
         .arguments = {{.name = "CODE", .help = "the code; - reads it from standard input"}},
         .needsDaemon = false,
         .run = runInviteOpen},
    };
}

std::vector<Command> pkiCommands() {
    return {
        {.path = "pki", .summary = "Certificates by files, without a daemon"},
        {.path = "pki init",
         .summary = "Make an authority: ca.crt and ca.key",
         .options =
             {kFolder,
              {.name = "name", .value = "NAME", .help = "name of the authority (weft-ca)"},
              {.name = "days", .value = "N", .help = "how long it is valid (3650)"},
              kForce},
         .needsDaemon = false,
         .run = runPkiInit},
        {.path = "pki issue",
         .summary = "Issue a certificate for a node",
         .arguments = {{.name = "NODE", .help = "id of the node"}},
         .options =
             {kFolder,
              {.name = "out",
               .value = "FOLDER",
               .help = "where NODE.crt and NODE.key go; the authority's folder when it is missing",
               .takes = Takes::Folder},
              {.name = "dns", .value = "NAME", .help = "host name of the node", .repeats = true},
              {.name = "ip", .value = "ADDRESS", .help = "address of the node", .repeats = true},
              {.name = "request",
               .value = "FILE",
               .help = "sign this certificate request; its key stays where it is",
               .takes = Takes::File},
              {.name = "days", .value = "N", .help = "how long it is valid (90)"},
              kForce},
         .details = "Names in a request are ignored: only NODE, --dns and --ip stand in the "
                    "certificate.",
         .needsDaemon = false,
         .run = runPkiIssue},
        {.path = "pki inspect",
         .summary = "Show what a certificate says",
         .arguments = {{.name = "FILE", .help = "a certificate, PEM", .takes = Takes::File}},
         .options =
             {{.name = "ca",
               .value = "FILE",
               .help = "check that this authority issued it, and that it is valid now",
               .takes = Takes::File}},
         .needsDaemon = false,
         .run = runPkiInspect},
        {.path = "passwd",
         .summary = "Set a password in a file for services.api.htpasswd-file",
         .arguments =
             {{.name = "FILE", .help = "made when it is missing", .takes = Takes::File},
              {.name = "USER", .help = "the name that the password proves"}},
         .details = "Asks for the password twice, or reads one line when the input is no terminal. "
                    "The line is argon2id; all other lines stay as they are.",
         .examples = {"weftctl passwd /etc/weft/htpasswd laptop"},
         .needsDaemon = false,
         .run = runPasswd},
    };
}

std::vector<Command> viewCommands() {
    return {
        {.path = "get", .summary = "What there is in a mesh: nodes, edges, roles, rules, routes"},
        {.path = "get nodes",
         .summary = "List the nodes of the mesh",
         .options = {kProfileOption},
         .run = runGetNodes},
        {.path = "get edges",
         .aliases = "edge",
         .summary = "List the edges between nodes",
         .options =
             {{.name = "from", .value = "NODE", .help = "only edges of this node"},
              {.name = "to", .value = "NODE", .help = "with --from: this edge, as it is stored"},
              kProfileOption},
         .run = runGetEdges},
        {.path = "get graph",
         .summary = "The graph for Graphviz, or as JSON or YAML",
         .options = {kProfileOption},
         .examples = {"weftctl get graph | dot -Tsvg > mesh.svg"},
         .run = runGetGraph},
        {.path = "peers",
         .summary = "List the nodes that this node talks to, how, and what flows to them",
         .options =
             {kProfileOption,
              {.name = "watch", .letter = "w", .help = "go on with each change until Ctrl-C"}},
         .run = runPeers},
        {.path = "query", .summary = "Read the database of the mesh"},
        {.path = "query get",
         .summary = "Print the value of a key",
         .arguments = {{.name = "KEY", .help = "the whole key"}},
         .options = {{.name = "raw", .help = "print the bytes as they are, even to a terminal"}},
         .run = runQueryGet},
        {.path = "query list",
         .summary = "List keys",
         .arguments = {{.name = "PREFIX", .help = "how the keys begin", .required = false}},
         .run = runQueryList},
        {.path = "query iter",
         .summary = "List keys with their values",
         .arguments = {{.name = "PREFIX", .help = "how the keys begin", .required = false}},
         .run = runQueryIter},
        {.path = "subscribe",
         .summary = "Print each change below a prefix until Ctrl-C",
         .arguments = {{.name = "PREFIX", .help = "how the keys begin"}},
         .run = runSubscribe},
        {.path = "publish",
         .summary = "Set a key for all to see",
         .arguments =
             {{.name = "KEY", .help = "the whole key"},
              {.name = "VALUE", .help = "the value; - reads it from standard input"}},
         .options = {{.name = "ttl", .value = "DURATION", .help = "how long the key stays"}},
         .run = runPublish},
    };
}

std::vector<Command> aboutCommands() {
    return {
        {.path = "sandbox",
         .summary = "Try it all on a mesh that is simulated",
         .arguments =
             {{.name = "COMMAND",
               .help = "after --: words of a command to run in it; ';' begins another",
               .required = false,
               .takes = Takes::Command}},
         .options =
             {{.name = "nodes", .value = "N", .help = "nodes of the mesh, 3 to 200 (30)"},
              {.name = "seed", .value = "N", .help = "another number is another mesh (1)"}},
         .details =
             "Without a COMMAND it serves until Ctrl-C, at a socket of its own or at --socket, "
             "and says how to talk to it. With one it ends after it. It needs no rights, touches "
             "no other daemon, opens nothing but that socket, and removes what it made. "
             "The database, the rules, changes and their history are real; nodes, their tunnels and "
             "what flows are not.",
         .examples =
             {"weftctl sandbox",
              "weftctl sandbox --nodes 60 -- get nodes -o json",
              "weftctl sandbox -- put acl x --deny --priority 2000 --src-node desk --dst-node tv ';' peers"},
         .needsDaemon = false,
         .run = runSandbox},
        {.path = "version",
         .summary = "Show the versions of weftctl and of the daemon",
         .needsDaemon = false,
         .run = runVersion},
        {.path = "completion",
         .summary = "Print a completion script for a shell",
         .arguments = {{.name = "SHELL", .help = "the shell", .choices = "bash|zsh|fish"}},
         .examples =
             {"source <(weftctl completion bash)",
              "weftctl completion fish > ~/.config/fish/completions/weftctl.fish"},
         .needsDaemon = false,
         .run = runCompletion},
        {.path = "help",
         .summary = "Show the help of a command",
         .arguments =
             {{.name = "COMMAND",
               .help = "words of a command",
               .required = false,
               .takes = Takes::Command,
               .repeats = true}},
         .needsDaemon = false,
         .run = runHelp},
    };
}

}  // namespace

std::span<const Command> commandTable() {
    // A command comes after the one that it is a part of.
    static const std::vector<Command> kTable = [] {
        std::vector<Command> all;
        for (auto group :
             {connectionCommands,
              meshCommands,
              viewCommands,
              routeCommands,
              policyCommands,
              changeCommands,
              planCommands,
              networkCommands,
              recordCommands,
              pkiCommands,
              aboutCommands}) {
            for (auto& command : group()) {
                all.push_back(std::move(command));
            }
        }
        return all;
    }();
    return kTable;
}

std::span<const Option> globalOptions() {
    static constexpr std::array kOptions = {
        Option{
            .name = "socket",
            .value = "PATH",
            .help = "the daemon's socket; found by itself when it is missing",
            .takes = Takes::File},
        Option{
            .name = "output",
            .letter = "o",
            .value = "FORMAT",
            .help = "how results are written (table)",
            .choices = "table|json|yaml"},
        Option{.name = "timeout", .value = "DURATION", .help = "how long one call may take (75s)"},
        Option{.name = "no-color", .help = "no colours; NO_COLOR in the environment does the same"},
        Option{
            .name = "quiet", .letter = "q", .help = "only the one thing that the command is about"},
        Option{.name = "help", .letter = "h", .help = "show help"},
    };
    return kOptions;
}

const Command* findCommand(std::string_view path) {
    const auto table = commandTable();
    const auto found = std::ranges::find(table, path, &Command::path);
    return found == table.end() ? nullptr : &*found;
}

std::vector<std::string_view> wordsBelow(std::string_view path) {
    std::vector<std::string_view> words;
    for (const Command& command : commandTable()) {
        std::string_view rest = command.path;
        if (!path.empty()) {
            if (!rest.starts_with(path) || rest.size() <= path.size() || rest[path.size()] != ' ') {
                continue;
            }
            rest.remove_prefix(path.size() + 1);
        }
        if (rest.find(' ') == std::string_view::npos) {
            words.push_back(rest);
        }
    }
    return words;
}

std::vector<std::string_view> splitChoices(std::string_view choices) {
    std::vector<std::string_view> parts;
    while (!choices.empty()) {
        const auto bar = choices.find('|');
        parts.push_back(choices.substr(0, bar));
        choices = bar == std::string_view::npos ? std::string_view{} : choices.substr(bar + 1);
    }
    return parts;
}

}  // namespace weft::cli
