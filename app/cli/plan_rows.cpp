// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_rows.h"
#include "app/cli/commands/commands.h"

#include <iterator>
#include <utility>

namespace weft::cli {
namespace {

constexpr Option kDraft{.name = "draft", .help = "the rules as they would be with the draft"};

constexpr Argument folderOr(std::string_view help) {
    return {.name = "FOLDER", .help = help, .required = false, .takes = Takes::Folder};
}

constexpr Argument kFolderOrLive =
    folderOr("the rules as this folder would make them; those of now when it is missing");

std::vector<Command> draftCommands() {
    return {
        {.path = "policy draft",
         .summary = "Show the draft: edits that are collected and not made yet",
         .options = {kProfileOption},
         .details =
             "Each user of the daemon has one for each profile. `weftctl put --draft`, "
             "`delete --draft` add to it, `policy import` fills it; `policy review` tells what it "
             "would do, and `policy apply` makes it.",
         .examples =
             {"weftctl put group crew --node laptop --draft",
              "weftctl policy review",
              "weftctl policy apply --auto-revert 60s"},
         .run = runPolicyDraft},
        {.path = "policy draft-discard",
         .summary = "Take edits out of the draft, or all of it",
         .arguments =
             {{.name = "OBJECT",
               .help = "KIND/NAME, as in group/crew or edge/a/b; all when it is missing",
               .required = false,
               .repeats = true}},
         .options = {kYesOption, kProfileOption},
         .details = "Asks before it discards all of it.",
         .examples =
             {"weftctl policy draft-discard group/crew", "weftctl policy draft-discard --yes"},
         .run = runPolicyDraftDiscard},
        {.path = "policy rebase",
         .summary = "Put the draft on top of what the mesh has now",
         .options =
             {{.name = "mine",
               .value = "KIND/NAME",
               .help = "keep what the draft wants of this object",
               .repeats = true},
              {.name = "theirs",
               .value = "KIND/NAME",
               .help = "keep what the mesh has of this object",
               .repeats = true},
              kProfileOption},
         .details = "What others changed in other objects and fields goes together with the draft "
                    "by itself. Exits with 5 while a conflict is left; `weftctl policy draft` "
                    "shows it from both sides.",
         .examples = {"weftctl policy rebase", "weftctl policy rebase --mine group/crew"},
         .run = runPolicyRebase},
    };
}

std::vector<Command> questionCommands() {
    return {
        {.path = "policy review",
         .summary = "Tell what the draft or a folder would do to the mesh",
         .arguments = {folderOr("a folder of rules; the draft when it is missing")},
         .options =
             {{.name = "allow-loss",
               .help = "pairs, routes and views that are lost are meant; warnings still count"},
              kWithEdgesOption,
              kProfileOption},
         .details = "Exits with 5 when something would be lost, when this node would lock itself "
                    "out, or when the draft does not go together with what others changed.",
         .examples = {"weftctl policy review", "weftctl policy review rules --allow-loss"},
         .run = runPolicyReview},
        {.path = "policy lint",
         .summary = "Look for rules that do not do what they seem to",
         .arguments = {kFolderOrLive},
         .options =
             {kDraft,
              {.name = "strict", .help = "a warning is a failure, too"},
              {.name = "fix-to-draft", .help = "put the fixes that there are into the draft"},
              kWithEdgesOption,
              kProfileOption},
         .details = "Exits with 5 when there is an error. Nothing changes in the mesh.",
         .examples = {"weftctl policy lint", "weftctl policy lint --fix-to-draft"},
         .run = runPolicyLint},
        {.path = "policy test",
         .summary = "Check what the rules must and must not let happen",
         .arguments = {kFolderOrLive},
         .options =
             {{.name = "tests",
               .value = "FILE",
               .help = "these, YAML or JSON, in place of those that the mesh keeps",
               .takes = Takes::File},
              kDraft,
              {.name = "after", .value = "CHANGE", .help = "the rules as they were after it"},
              kWithEdgesOption,
              kProfileOption},
         .details = "Exits with 5 when a test fails.",
         .examples =
             {"weftctl policy test",
              "weftctl policy test --draft",
              "weftctl policy test rules --tests tests.yaml"},
         .run = runPolicyTest},
        {.path = "policy what-if",
         .summary = "Tell who would be cut off without nodes, links or an object",
         .options =
             {{.name = "node", .value = "NODE", .help = "without this node", .repeats = true},
              {.name = "link",
               .value = "A/B",
               .help = "without the edge between these two",
               .repeats = true},
              {.name = "object", .value = "KIND/NAME", .help = "without this object, and alone"},
              kDraft,
              kProfileOption},
         .examples =
             {"weftctl policy what-if --node nas", "weftctl policy what-if --object acl/office"},
         .run = runPolicyWhatIf},
    };
}

}  // namespace

std::vector<Command> planCommands() {
    auto all = draftCommands();
    auto questions = questionCommands();
    std::move(questions.begin(), questions.end(), std::back_inserter(all));
    return all;
}

}  // namespace weft::cli
