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
constexpr Argument kFolderOrDraft{
    .name = "FOLDER",
    .help = "such a folder; the draft when it is missing",
    .required = false,
    .takes = Takes::Folder};

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
              kYesOption,
              kProfileOption},
         .details = "An undo is a change itself and can be taken back as well. It is refused when "
                    "an object is not as the change left it.",
         .examples = {"weftctl policy undo 12", "weftctl policy undo 12 --object group/laptops"},
         .run = runPolicyUndo},
        {.path = "policy revert",
         .summary = "Take back the change that waits for its confirmation, at once",
         .options = {kProfileOption},
         .details = "It would go back by itself; this does not wait until then.",
         .examples = {"weftctl policy revert"},
         .run = runPolicyRevert},
        {.path = "policy restore",
         .summary = "Make the rules what they were after a change",
         .arguments = {kChange},
         .options =
             {{.name = "draft", .help = "put it into the draft instead of making it"},
              kAutoRevertOption,
              kWaitOption,
              kWaitAllOption,
              kYesOption,
              kProfileOption},
         .details = "Takes back all changes that came after it, as one change. Shows what that "
                    "does and asks; it reaches as far back as the history.",
         .examples = {"weftctl policy restore 12", "weftctl policy restore 12 --draft"},
         .run = runPolicyRestore},
        {.path = "policy confirm",
         .summary = "Keep a change that would go back by itself",
         .arguments = {kChange},
         .options = {kWaitOption, kWaitAllOption, kProfileOption},
         .examples = {"weftctl policy confirm 13"},
         .run = runPolicyConfirm},
        {.path = "policy propagation",
         .summary = "Show which nodes have a change in effect",
         .arguments =
             {{.name = "CHANGE",
               .help = "number of a change; the newest one when it is missing",
               .required = false}},
         .options = {kProfileOption},
         .details =
             "Nodes say themselves what they have set: done is who has in effect what the mesh "
             "says now, pending who is there and has not said so, unreachable who does not follow "
             "the mesh. Reference nodes and older ones say nothing: they are told. With -q it "
             "prints who does not have it. Exits with 8 while somebody is pending or unreachable.",
         .examples = {"weftctl policy propagation", "weftctl policy propagation 13 -o json"},
         .run = runPolicyPropagation},
    };
}

std::vector<Command> folderCommands() {
    return {
        {.path = "policy export",
         .summary = "Write all rules of the mesh into a folder, one file for each object",
         .arguments = {kPolicyFolder},
         .options = {kWithEdgesOption, kProfileOption},
         .details = "The files have a stable order and come out the same each time, so that they "
                    "can be kept in git. Files of objects that are gone are removed; others stay.",
         .examples = {"weftctl policy export rules"},
         .run = runPolicyExport},
        {.path = "policy import",
         .summary = "Put what a folder would change into the draft",
         .arguments = {kPolicyFolder},
         .options =
             {{.name = "add", .help = "keep what the draft has already"},
              kWithEdgesOption,
              kYesOption,
              kProfileOption},
         .details = "Nothing changes in the mesh before the draft is applied. Asks before it "
                    "replaces a draft that has edits.",
         .examples = {"weftctl policy import rules", "weftctl policy review"},
         .run = runPolicyImport},
        {.path = "policy diff",
         .summary = "Show how a folder or the draft differs from the mesh",
         .arguments = {kFolderOrDraft},
         .options = {kWithEdgesOption, kProfileOption},
         .details = "Exits with 5 when it does. Objects that the mesh stands on, and routes that "
                    "nodes brought along, may be left out of the folder.",
         .examples = {"weftctl policy diff rules", "weftctl policy diff"},
         .run = runPolicyDiff},
        {.path = "policy apply",
         .summary = "Make the mesh as a folder or the draft says, all of it or nothing",
         .arguments = {kFolderOrDraft},
         .options =
             {kAutoRevertOption,
              {.name = "note", .value = "TEXT", .help = "why, for the history"},
              kWaitOption,
              kWaitAllOption,
              kWithEdgesOption,
              kYesOption,
              kProfileOption},
         .details =
             "Objects that the folder does not have are deleted. A draft is made as it was "
             "shown, or not at all. With --auto-revert the mesh itself goes back to how it was when nobody says `weftctl policy confirm` "
             "in time, also when the change has cut off who made it. Waits a moment until nodes "
             "say that they have it, and names those that do not.",
         .examples = {"weftctl policy apply rules", "weftctl policy apply rules --auto-revert 60s"},
         .run = runPolicyApply},
    };
}

std::vector<Command> testCommands() {
    return {
        {.path = "policy tests",
         .summary = "List the tests of who must reach whom that are kept with the mesh",
         .options = {kProfileOption},
         .details = "Each node runs them when the mesh or its rules have changed; what fails is in "
                    "`weftctl status`. What -o yaml prints is what `weftctl policy tests-set` "
                    "takes.",
         .examples = {"weftctl policy tests -o yaml > tests.yaml"},
         .run = runPolicyTests},
        {.path = "policy tests-set",
         .summary = "Keep the tests of a file with the mesh, in place of those it has",
         .arguments =
             {{.name = "FILE",
               .help = "YAML or JSON, a list with name, must (reach, not-reach), from and to or "
                       "network",
               .takes = Takes::File}},
         .options =
             {{.name = "remove-all", .help = "the list may be empty: the mesh keeps no tests then"},
              kYesOption,
              kProfileOption},
         .details = "Shows what changes and asks; without a terminal it needs --yes. It is refused "
                    "when somebody else has changed the tests meanwhile.",
         .examples = {"weftctl policy tests-set tests.yaml"},
         .run = runPolicyTestsSet},
    };
}

}  // namespace

std::vector<Command> changeCommands() {
    std::vector<Command> all{
        {.path = "policy", .summary = "The rules as a whole: files, history, undo"}};
    for (auto part : {historyCommands, folderCommands, testCommands}) {
        for (auto& row : part()) {
            all.push_back(std::move(row));
        }
    }
    return all;
}

}  // namespace weft::cli
