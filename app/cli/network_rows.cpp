// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_rows.h"
#include "app/cli/commands/commands.h"

namespace weft::cli {

std::vector<Command> networkCommands() {
    return {
        {.path = "dns",
         .summary = "Look up a name, or show how names of the mesh are found",
         .arguments =
             {{.name = "NAME",
               .help = "a name, one of the mesh when it has no dot, or an address; the state of "
                       "the name server when it is missing",
               .required = false}},
         .options =
             {{.name = "type",
               .letter = "t",
               .value = "TYPE",
               .help = "A, AAAA, PTR, TXT or another (A, for an address PTR)"},
              kProfileOption},
         .details = "Asks the name server of the daemon's node, else that of another member. Ends "
                    "with 6 when there is no such name.",
         .examples = {"weftctl dns nas", "weftctl dns nas -t aaaa", "weftctl dns 172.16.0.1"},
         .run = runDns},
        {.path = "ping",
         .summary = "Send echo requests to a node through the mesh",
         .arguments =
             {{.name = "NODE", .help = "id of a node, its address in the mesh, or one behind it"}},
         .options =
             {{.name = "count",
               .letter = "c",
               .value = "N",
               .help = "how many; until Ctrl-C when it is missing"},
              {.name = "interval",
               .letter = "i",
               .value = "SECONDS",
               .help = "from one to the next, at least 0.2 (1)"},
              {.name = "wait",
               .letter = "W",
               .value = "SECONDS",
               .help = "how long an answer is waited for (2)"},
              {.name = "ipv4", .letter = "4", .help = "by IPv4 alone"},
              {.name = "ipv6", .letter = "6", .help = "by IPv6 alone"},
              kProfileOption},
         .details = "Ends with 0 when something was answered, with 1 when nothing was.",
         .examples = {"weftctl ping -c 3 nas", "weftctl ping -6 -i 0.5 nas"},
         .run = runPing},
        {.path = "explain path",
         .summary = "Which way packets take to a node, and why no other",
         .arguments = {{.name = "NODE", .help = "id of a node, or its address in the mesh"}},
         .options = {kProfileOption},
         .details = "By what this node knows; nothing is sent. \"weftctl ping\" tries it.",
         .examples = {"weftctl explain path nas"},
         .run = runExplainPath},
        {.path = "netcheck",
         .summary = "What works of the network beneath the mesh",
         .options = {kProfileOption},
         .details = "By what this node knows; nothing is sent to anybody. Ends with 5 when "
                    "something has failed.",
         .run = runNetcheck},
        {.path = "traffic",
         .summary = "How much goes through the tunnel, now and before",
         .arguments =
             {{.name = "PEER",
               .help = "id of a node; the whole tunnel when it is missing",
               .required = false}},
         .options =
             {{.name = "span",
               .letter = "s",
               .value = "SPAN",
               .help = "how far back (5m)",
               .choices = "5m|1h|24h"},
              {.name = "watch", .letter = "w", .help = "go on with what is new until Ctrl-C"},
              kProfileOption},
         .details = "The daemon remembers it while it runs, also over disconnects.",
         .examples = {"weftctl traffic", "weftctl traffic nas --span 1h", "weftctl traffic -w"},
         .run = runTraffic},
    };
}

std::vector<Command> recordCommands() {
    return {
        {.path = "logs",
         .summary = "Show what the daemon writes into its log",
         .options =
             {{.name = "follow", .letter = "f", .help = "go on with new lines until Ctrl-C"},
              {.name = "level",
               .value = "LEVEL",
               .help = "these lines and more important ones",
               .choices = "trace|debug|info|warn|error"},
              {.name = "subsystem",
               .value = "NAME",
               .help = "lines of this part of the daemon alone: mesh, wireguard, dns",
               .repeats = true},
              {.name = "text", .value = "TEXT", .help = "lines with this in them, in any case"}},
         .details = "The daemon keeps its last 2000 lines. They may name addresses and nodes, and "
                    "have no secrets.",
         .examples =
             {"weftctl logs --level warn",
              "weftctl logs -f --subsystem mesh --subsystem dns",
              "weftctl logs -o json --text handshake"},
         .run = runLogs},
        {.path = "log-level",
         .summary = "Have the daemon write more or less into its log",
         .arguments =
             {{.name = "LEVEL",
               .help = "the least important lines that it writes",
               .choices = "trace|debug|info|warn|error|off"}},
         .details = "It holds until the daemon ends; the configuration says how it starts.",
         .examples = {"weftctl log-level debug"},
         .run = runLogsLevel},
        {.path = "report",
         .summary = "Write what is known about this node into one file, for those who help",
         .arguments =
             {{.name = "FILE",
               .help = "a zip; weft-report-TIME.zip in this folder when it is missing",
               .required = false,
               .takes = Takes::File}},
         .options =
             {{.name = "redact",
               .value = "LEVEL",
               .help = "what is taken out (addresses)",
               .choices = "full|addresses|strict"},
              {.name = "preview", .help = "show what would be written instead"},
              {.name = "force", .help = "replace a file that exists"}},
         .details = "Nothing is sent to anybody. Secrets never stand in it. \"addresses\" replaces "
                    "public addresses and host names by words such as ip-1, \"strict\" also names "
                    "of nodes and meshes, addresses of the mesh and public keys, \"full\" nothing. "
                    "A part that cannot be had says why.",
         .examples =
             {"weftctl report", "weftctl report --preview --redact strict", "weftctl report a.zip"},
         .run = runReport},
    };
}

}  // namespace weft::cli
