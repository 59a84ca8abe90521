// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

#include <vector>

// Parts of the table of commands that have a file of their own.
namespace weft::cli {

inline constexpr Option kProfileOption{
    .name = "profile",
    .letter = "p",
    .value = "PROFILE",
    .help = "id or name of a profile; the default one when it is missing",
    .takes = Takes::Profile};
inline constexpr Option kYesOption{.name = "yes", .letter = "y", .help = "do not ask"};
inline constexpr Option kWithEdgesOption{
    .name = "with-edges", .help = "also the edges, which come and go with the nodes that join"};
inline constexpr Option kAutoRevertOption{
    .name = "auto-revert",
    .value = "TIME",
    .help = "take it back after 30s, 5m unless it is confirmed; at most 1h"};
inline constexpr Option kWaitOption{
    .name = "wait",
    .value = "TIME",
    .help = "how long to wait until nodes have it in effect (5s); 0: not at all"};
inline constexpr Option kWaitAllOption{
    .name = "wait-all", .help = "exit with 8 when not all nodes have it by then"};

/// Who may do what: roles, bindings, groups, access rules, routes and edges, and removed nodes.
std::vector<Command> policyCommands();
/// The rules as a whole: their files, their history, and the way back.
std::vector<Command> changeCommands();
/// The rules before they are made: the draft, reviews, checks, tests.
std::vector<Command> planCommands();
/// What the network does: pings, and what there is to find out about ways.
std::vector<Command> networkCommands();
/// What the daemon keeps of itself: its log, and a report for those who help.
std::vector<Command> recordCommands();

}  // namespace weft::cli
