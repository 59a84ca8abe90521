// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_table.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

namespace weft::cli {
namespace {

using testing::HasSubstr;

/// What bash offers after these words, the last of which is being written.
class BashCompletion {
public:
    BashCompletion() {
        std::ofstream(folder_ / "completion.bash") << completionScript("bash").value();
    }

    std::string complete(const std::vector<std::string>& words) {
        std::string line = "source '" + (folder_ / "completion.bash").string()
                           + "'; weftctl() { echo home work; }; COMP_WORDS=(weftctl";
        for (const auto& word : words) {
            line += " '" + word + "'";
        }
        line += "); COMP_CWORD=" + std::to_string(words.size())
                + "; _weftctl; echo \"${COMPREPLY[*]}\"";
        std::ofstream(folder_ / "ask.bash") << line;
        return output("bash '" + (folder_ / "ask.bash").string() + "' 2>&1");
    }

private:
    static std::string output(const std::string& command) {
        struct Close {
            void operator()(FILE* pipe) const { ::pclose(pipe); }
        };
        // The command line is the test's own.
        const std::unique_ptr<FILE, Close> pipe(
            ::popen(command.c_str(), "r"));  // NOLINT(cert-env33-c): see above
        std::string text;
        std::array<char, 4096> buffer{};
        while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr) {
            text += buffer.data();
        }
        return text;
    }

    tests::TempDir folder_;
};

TEST(BashCompletion, OffersCommandsThenTheirWords) {
    BashCompletion bash;

    EXPECT_EQ(bash.complete({"pro"}), "profiles\n");
    EXPECT_EQ(bash.complete({"invite", ""}), "create list revoke open\n");
    EXPECT_EQ(bash.complete({"-o", "json", "get", "e"}), "edges\n");
    EXPECT_EQ(bash.complete({"completion", "z"}), "zsh\n");
}

TEST(BashCompletion, OffersOptionsAndTheirValues) {
    BashCompletion bash;

    EXPECT_EQ(bash.complete({"invite", "create", "--no"}), "--no-color --node-id --note\n");
    EXPECT_EQ(bash.complete({"status", "--output", "j"}), "json\n");
    EXPECT_EQ(bash.complete({"mesh", "create", "--tls", "s"}), "server-only\n");
    EXPECT_EQ(bash.complete({"invite", "list", "--profile", "w"}), "work\n");
}

TEST(BashCompletion, OffersProfiles) {
    BashCompletion bash;

    EXPECT_EQ(bash.complete({"connect", ""}), "home work\n");
    EXPECT_EQ(bash.complete({"profiles", "show", "h"}), "home\n");
}

TEST(CompletionScript, KnowsEachCommandInEachShell) {
    for (const std::string_view shell : {"bash", "zsh", "fish"}) {
        const auto script = completionScript(shell);
        ASSERT_TRUE(script.ok()) << shell;
        for (const Command& command : commandTable()) {
            const auto word = command.path.substr(command.path.rfind(' ') + 1);
            EXPECT_THAT(*script, HasSubstr(std::string(word))) << shell;
            for (const Option& option : command.options) {
                EXPECT_THAT(*script, HasSubstr(std::string(option.name))) << shell;
            }
        }
    }
    EXPECT_THAT(*completionScript("zsh"), testing::StartsWith("#compdef weftctl\n"));
    EXPECT_EQ(completionScript("tcsh").status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::cli
