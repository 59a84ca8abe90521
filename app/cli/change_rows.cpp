// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_rows.h"
#include "app/cli/commands/commands.h"

namespace weft::cli {
namespace {

constexpr Argument kChange{.name = "CHANGE", .help = "number of the change, as the history has it"};
constexpr Argument kPolicyFolder{
    .name = "FOLDER",
    .help = "folder with groups/, networkacls/, roles/ and so on, one file for each object",
    .takes = Takes::Folder};
constexpr Option kWithEdges{
    .name = "with-edges", .help = "also the edges, which come and go with the nodes that join"};
constexpr Option kYes{.name = "yes", .letter = "y", .help = "do not ask"};

std::vector<Command> historyCommands() {
    return {
        {.path = "policy history",
         .summary = "Show what was changed, by whom, and what was taken back",
         .arguments =
             {{.name = "CHANGE",
               .help = "number of a change: shows it with all that it did",
               .required = false}},
         .options =
             {{.name = "limit", .value = "N", .help = "the newest so many (20)"}, kProfileOption},
         .details = "Newest first. The mesh keeps the last 500 changes. Needs the rights of an "
                    "administrator there.",
         .examples = {"weftctl policy history", "weftctl policy history 12"},
         .run = runPolicyHistory},
        {.path = "policy undo",
         .summary = "Take a change back",
         .arguments = {kChange},
         .options =
             {{.name = "object",
               .value = "KIND/NAME",
               .help = "only this object of the change",
               .repeats = true},
              {.name = "skip-changed",
               .help = "leave alone what others have changed since, instead of refusing"},
              kYes,
              kProfileOption},
         .details = "An undo is a change itself and can be taken back as well. It is refused when "
                    "an object is not as the change left it.",
         .examples = {"weftctl policy undo 12", "weftctl policy undo 12 --object group/laptops"},
         .run = runPolicyUndo},
        {.path = "policy confirm",
         .summary = "Keep a change that would go back by itself",
         .arguments = {kChange},
         .options = {kProfileOption},
         .examples = {"weftctl policy confirm 13"},
         .run = runPolicyConfirm},
    };
}

std::vector<Command> folderCommands() {
    return {
        {.path = "policy export",
         .summary = "Write all rules of the mesh into a folder, one file for each object",
         .arguments = {kPolicyFolder},
         .options = {kWithEdges, kProfileOption},
         .details = "The files have a stable order and come out the same each time, so that they "
                    "can be kept in git. Files of objects that are gone are removed; others stay.",
         .examples = {"weftctl policy export rules"},
         .run = runPolicyExport},
        {.path = "policy diff",
         .summary = "Show how a folder differs from the mesh",
         .arguments = {kPolicyFolder},
         .options = {kWithEdges, kProfileOption},
         .details = "Exits with 5 when it does. Objects that the mesh stands on, and routes that "
                    "nodes brought along, may be left out of the folder.",
         .examples = {"weftctl policy diff rules"},
         .run = runPolicyDiff},
        {.path = "policy apply",
         .summary = "Make the mesh as a folder says, all of it or nothing",
         .arguments = {kPolicyFolder},
         .options =
             {{.name = "auto-revert",
               .value = "TIME",
               .help = "take it back after 30s, 5m unless it is confirmed; at most 1h"},
              {.name = "note", .value = "TEXT", .help = "why, for the history"},
              kWithEdges,
              kYes,
              kProfileOption},
         .details = "Objects that the folder does not have are deleted. With --auto-revert the "
                    "mesh itself goes back to how it was when nobody says `weftctl policy confirm` "
                    "in time, also when the change has cut off who made it.",
         .examples = {"weftctl policy apply rules", "weftctl policy apply rules --auto-revert 60s"},
         .run = runPolicyApply},
    };
}

}  // namespace

std::vector<Command> changeCommands() {
    std::vector<Command> all{
        {.path = "policy", .summary = "The rules as a whole: files, history, undo"}};
    for (auto part : {historyCommands, folderCommands}) {
        for (auto& row : part()) {
            all.push_back(std::move(row));
        }
    }
    return all;
}

}  // namespace weft::cli
