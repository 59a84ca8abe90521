// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_table.h"
#include "app/cli/commands/commands.h"
#include "app/cli/wording.h"

#include <fmt/format.h>

namespace weft::cli {

Status runVersion(Context& context, const Parsed& /*parsed*/) {
    // The own version is the answer; a daemon that is not there is no failure of this command.
    std::optional<api::Capabilities> daemon;
    if (context.session != nullptr && context.session->reach().ok()) {
        auto answer =
            context.session->call<api::Capabilities>([&](Callback<api::Capabilities> done) {
                context.session->controller().capabilities(std::move(done));
            });
        if (answer.ok()) {
            daemon = *std::move(answer);
        }
    }
    Output& out = context.out;
    if (out.isStructured()) {
        out.write(Document::Members{
            {"weftctl", WEFT_VERSION},
            {"weftd", daemon ? Document(daemon->version) : Document()},
            {"grade", daemon ? Document(std::string(nameOf(daemon->grade))) : Document()},
            {"features", daemon ? Document::listOf(daemon->features) : Document()},
        });
        return okStatus();
    }
    if (out.quiet()) {
        out.line(WEFT_VERSION);
        return okStatus();
    }
    Facts facts;
    facts.add("weftctl", WEFT_VERSION);
    facts.add("weftd", daemon ? daemon->version : "does not answer");
    facts.add("You may", daemon ? nameOf(daemon->grade) : "");
    facts.print(out);
    return okStatus();
}

Status runCompletion(Context& context, const Parsed& parsed) {
    WEFT_ASSIGN_OR_RETURN(const std::string script, completionScript(parsed.text("SHELL")));
    context.out.stream() << script;
    return okStatus();
}

Status runHelp(Context& context, const Parsed& parsed) {
    std::string path;
    for (const auto& word : parsed.list("COMMAND")) {
        path += (path.empty() ? "" : " ") + word;
    }
    if (!path.empty() && findCommand(path) == nullptr) {
        return invalidArgument("there is no command \"{}\": `weftctl help` lists them", path);
    }
    context.out.stream() << helpFor(path);
    return okStatus();
}

}  // namespace weft::cli
