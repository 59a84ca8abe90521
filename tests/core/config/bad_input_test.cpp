// SPDX-License-Identifier: Apache-2.0
#include "core/config/load.h"
#include "core/config/value.h"
#include "tests/core/config/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::config {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Bad {
    std::string name;
    std::string text;
    /// What the error must say besides the name of the file.
    std::vector<std::string> says;
};

class BadFile : public testing::TestWithParam<Bad> {};

TEST_P(BadFile, IsRefusedWithFileAndKey) {
    const SourceFile file(GetParam().name, GetParam().text);

    const auto options = load(requestOf(file));

    ASSERT_FALSE(options.ok());
    EXPECT_EQ(options.status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(options.status()), HasSubstr(file.path().string()));
    for (const auto& part : GetParam().says) {
        EXPECT_THAT(messageOf(options.status()), HasSubstr(part));
    }
    EXPECT_LT(messageOf(options.status()).size(), 4096U);
}

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
        text += open;
    }
    text += "1";
    for (std::size_t i = 0; i < depth; ++i) {
        text += close;
    }
    return text;
}

std::string manyKeys(std::size_t count) {
    std::string text = "bridge:\n";
    for (std::size_t i = 0; i < count; ++i) {
        text += "  k" + std::to_string(i) + ": 1\n";
    }
    return text;
}

std::string longList(std::size_t count) {
    std::string text = "mesh: {routes: [10.0.0.0/8";
    for (std::size_t i = 0; i < count; ++i) {
        text += ", 10.0.0.0/8";
    }
    return text + "]}\n";
}

std::string deepBlocks(std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
        text += std::string(i, ' ') + "a:\n";
    }
    return text;
}

INSTANTIATE_TEST_SUITE_P(
    Values,
    BadFile,
    testing::Values(
        Bad{"a.yaml", "mesh:\n  nodeid: x\n", {":2", "unknown key mesh.nodeid", "mesh.node-id"}},
        Bad{"a.yaml", "meshh:\n  node-id: x\n", {"meshh.node-id", "mesh.node-id"}},
        Bad{"a.yaml", "mesh.nodeid: x\n", {"mesh.node-id"}},
        Bad{"a.yaml", "wireguard: {listen-port: 70000}\n", {"wireguard.listen-port", "1025"}},
        Bad{"a.yaml", "wireguard: {listen-port: 80}\n", {"from 1025 to 65535"}},
        Bad{"a.yaml", "wireguard: {listen-port: -1}\n", {"wireguard.listen-port"}},
        Bad{"a.yaml", "wireguard: {mtu: 1279}\n", {"wireguard.mtu", "from 1280 to 9000"}},
        Bad{"a.yaml", "weft: {tunnel: maybe}\n", {"weft.tunnel"}},
        Bad{"a.yaml", "wireguard: {listen-port: 5e4}\n", {"\"5e4\" is not a number"}},
        Bad{"a.yaml", "mesh: {max-join-retries: 99999999999999999999}\n", {"max-join-retries"}},
        Bad{"a.yaml", "mesh: {grpc-advertise-port: 0}\n", {"from 1 to 65535"}},
        Bad{"a.yaml", "mesh: {routes: [10.0.0.0/33]}\n", {"mesh.routes", "\"10.0.0.0/33\""}},
        Bad{"a.yaml", "mesh: {routes: [10.0.0.0]}\n", {"mesh.routes", "write 10.1.0.0/16"}},
        Bad{"a.yaml", "bootstrap: {ipv4-network: fd00}\n", {"bootstrap.ipv4-network"}},
        Bad{"a.yaml", "weft: {connect-timeout: 3 parsecs}\n", {"weft.connect-timeout", "write 3s"}},
        Bad{"a.yaml", "weft: {connect-timeout: -3s}\n", {"weft.connect-timeout"}},
        Bad{"a.yaml", "bootstrap: {enabled: perhaps}\n", {"bootstrap.enabled", "true or false"}},
        Bad{"a.yaml", "bootstrap: {enabled: [true]}\n", {"one value is expected"}},
        Bad{"a.yaml", "mesh: {node-id: [a, b]}\n", {"mesh.node-id", "one value is expected"}},
        Bad{"a.yaml", "mesh: {node-id: {a: b}}\n", {"unknown key mesh.node-id.a"}},
        Bad{"a.yaml", "mesh: {join-address: [{a: b}]}\n", {"mesh.join-address", "plain values"}},
        Bad{"a.yaml", "mesh: {join-address: ['bad host:1']}\n", {"mesh.join-address"}},
        Bad{"a.yaml", "mesh: {primary-endpoint: 0.0.0.0}\n", {"mesh.primary-endpoint"}},
        Bad{"a.yaml", "wireguard: {endpoints: [host.example:1]}\n", {"wireguard.endpoints"}},
        Bad{"a.yaml", "services: {api: {listen-address: '[::]'}}\n", {"listen-address", "port"}},
        Bad{"a.yaml", "storage: {provider: external}\n", {"sqlite or memory or passthrough"}},
        Bad{"a.yaml", "bootstrap: {default-network-policy: allow}\n", {"accept or drop"}},
        Bad{"a.yaml", "weft: {group-grade: administer}\n", {"observe or operate"}},
        Bad{"a.yaml", "auth: {mtls: {cert-data: '!!'}}\n", {"auth.mtls.cert-data", "base64"}},
        Bad{"a.toml", "[mesh]\nnode-id = 5\n", {":2", "mesh.node-id", "in quotes"}},
        Bad{"a.toml", "[mesh]\nnode-id = true\n", {"mesh.node-id", "in quotes"}},
        Bad{"a.toml", "[mesh]\nnode-id = 1979-05-27\n", {"mesh.node-id", "date"}},
        Bad{"a.toml", "[bootstrap]\nenabled = 1\n", {"bootstrap.enabled", "true or false"}},
        Bad{"a.toml", "[wireguard]\nlisten-port = 2000.5\n", {"wireguard.listen-port"}}));

INSTANTIATE_TEST_SUITE_P(
    Shapes,
    BadFile,
    testing::Values(
        Bad{"a.yaml", "mesh: {node-id: a, node-id: b}\n", {"mesh.node-id stands twice"}},
        Bad{"a.yaml", "mesh: {node-id: a}\nmesh: {routes: []}\n", {":2", "mesh stands twice"}},
        Bad{"a.json", R"({"mesh": {"node-id": "a", "node-id": "b"}})", {"stands twice"}},
        Bad{"a.toml", "[mesh]\nnode-id = 'a'\nnode-id = 'b'\n", {":3", "TOML"}},
        Bad{"a.yaml", "tls: {ca-file: /a, tls-ca-file: /b}\n", {"stands for"}},
        Bad{"a.yaml", "- mesh\n", {"sections"}},
        Bad{"a.yaml", "just text\n", {"sections"}},
        Bad{"a.yaml", "mesh: {node-id: a\n", {"not YAML"}},
        Bad{"a.yaml", "mesh: [unclosed\n", {"not YAML"}},
        Bad{"a.yaml", "a: 1\n---\nb: 2\n", {"more than one document"}},
        Bad{"a.yaml", "[a], b\n", {"text behind its end"}},
        Bad{"a.json", "{\"a\": 1}, \"b\"", {"text behind its end"}},
        Bad{"a.yaml", "? [a, b]\n: 1\n", {"a key must be a word"}},
        Bad{"a.yaml", "mesh: &x {mesh: *x}\n", {}},
        Bad{"a.json", "{\"mesh\": ", {"not YAML or JSON"}},
        Bad{"a.toml", "mesh = [", {"not TOML"}},
        Bad{"a.ini", "mesh=1\n", {".yaml, .yml, .json or .toml"}},
        Bad{"noending", "mesh: {}\n", {".yaml"}},
        Bad{"a.yaml", std::string("mesh: {node-id: \"\xff\xfe\"}\n"), {"UTF-8"}},
        Bad{"a.yaml", std::string("mesh: \0 {}\n", 11), {"UTF-8"}},
        Bad{"a.yaml", std::string(2 * 1024 * 1024, '#'), {"larger than 1024 KiB"}},
        Bad{"a.yaml", nested(200, "{a: ", "}"), {"nested too deep"}},
        Bad{"a.yaml", nested(60, "{a: ", "}"), {"levels"}},
        Bad{"a.json", nested(100000, "[", "]"), {"nested too deep"}},
        Bad{"a.toml", "a = " + nested(2000, "[", "]"), {"not TOML"}},
        Bad{"a.toml", "a = " + nested(60, "{a = ", "}"), {"levels"}},
        Bad{"a.yaml", deepBlocks(40), {}},
        Bad{"a.yaml", deepBlocks(900), {}},
        Bad{"a.yaml", nested(100000, "- ", ""), {}},
        Bad{"a.yaml", manyKeys(5000), {"more than 4096 keys"}},
        Bad{"a.yaml", longList(2000), {"mesh.routes", "at most 1024"}},
        Bad{"a.yaml", std::string(300, 'k') + ": 1\n", {"256 bytes"}},
        Bad{"a.yaml", "mesh: {zone-awareness-id: " + std::string(70000, 'z') + "}\n", {"65536"}}));

INSTANTIATE_TEST_SUITE_P(
    Weakening,
    BadFile,
    testing::Values(
        Bad{"a.yaml", "tls: {insecure-skip-verify: true}\n", {":1", "weakens security"}},
        Bad{"a.yaml", "tls: {verify-chain-only: true}\n", {"tls.verify-chain-only", "weakens"}},
        Bad{"a.yaml", "global: {insecure-skip-verify: true}\n", {"weakens security"}},
        Bad{"a.yaml", "global: {verify-chain-only: 'yes'}\n", {"weakens security"}},
        Bad{"a.yaml", "storage: {external: {tls-skip-verify: true}}\n", {"weakens security"}},
        Bad{"a.yaml",
            "plugins: {configs: {basic-auth: {exec: {path: /etc/x}}}}\n",
            {"plugins.configs.basic-auth.exec.path", "weakens security"}}));

TEST(BadInput, TakesPasswordsOverTlsOnly) {
    const SourceFile file(
        "a.yaml",
        "plugins: {configs: {basic-auth: {config: {htpasswd-file: /etc/x}}}}\n"
        "services: {api: {insecure: true}}\n");

    const auto options = load(requestOf(file));

    EXPECT_EQ(options.status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(options.status()), HasSubstr("services.api.htpasswd-file"));
}

TEST(BadInput, ReportsSeveralProblemsAtOnce) {
    const SourceFile file("a.yaml", "mesh:\n  nodeid: x\n  routes: [x]\n  request-vote: maybe\n");

    const auto text = messageOf(load(requestOf(file)).status());

    EXPECT_THAT(text, HasSubstr(file.at(2)));
    EXPECT_THAT(text, HasSubstr(file.at(3)));
    EXPECT_THAT(text, HasSubstr(file.at(4)));
}

TEST(BadInput, CountsTheProblemsThatItDoesNotShow) {
    std::string text = "mesh:\n";
    for (int i = 0; i < 20; ++i) {
        text += "  unknown" + std::to_string(i) + ": 1\n";
    }
    const SourceFile file("a.yaml", text);

    EXPECT_THAT(messageOf(load(requestOf(file)).status()), HasSubstr("and 12 more"));
}

TEST(BadInput, NeverShowsASecret) {
    const SourceFile file(
        "a.yaml", "auth: {basic: {password: [hunter2]}, mtls: {key-data: hunter2}}\n");

    const auto text = messageOf(load(requestOf(file)).status());

    EXPECT_THAT(text, HasSubstr("auth.basic.password"));
    EXPECT_THAT(text, HasSubstr("auth.mtls.key-data"));
    EXPECT_THAT(text, Not(HasSubstr("hunter2")));
}

TEST(BadInput, EscapesForeignText) {
    const SourceFile file("a.yaml", "\"mesh\\x1b[31m\": {a: 1}\n");

    EXPECT_THAT(messageOf(load(requestOf(file)).status()), Not(HasSubstr("\x1b")));
}

TEST(BadInput, TellsMissingFilesFromFolders) {
    const tests::TempDir folder;
    auto request = plainRequest();

    request.file = folder / "missing.yaml";
    EXPECT_EQ(load(request).status().code(), StatusCode::kNotFound);

    std::filesystem::create_directory(folder / "folder.yaml");
    request.file = folder / "folder.yaml";
    EXPECT_EQ(load(request).status().code(), StatusCode::kInvalidArgument);
}

TEST(BadInput, TakesAnEmptyFileAndEmptySections) {
    for (const std::string text : {"", "\n", "# nothing\n", "mesh:\n", "mesh: {}\n", "mesh: ~\n"}) {
        const SourceFile file("a.yaml", text);
        EXPECT_TRUE(load(requestOf(file)).ok()) << "\"" << text << "\"";
    }
    const SourceFile toml("a.toml", "");
    EXPECT_TRUE(load(requestOf(toml)).ok());
    const SourceFile json("a.json", "{}");
    EXPECT_TRUE(load(requestOf(json)).ok());
}

TEST(BadInput, NamesTheNearestVariable) {
    auto request = plainRequest();
    request.environment["WEFT_MESH_NODEID"] = "x";

    EXPECT_THAT(
        messageOf(load(request).status()),
        testing::AllOf(HasSubstr("WEFT_MESH_NODEID"), HasSubstr("WEFT_MESH_NODE_ID")));
}

struct BadFlags {
    std::vector<std::string> arguments;
    std::string says;
};

TEST(BadInput, RefusesBadFlags) {
    const std::vector<BadFlags> cases = {
        {{"--mesh.nodeid=x"}, "the nearest is --mesh.node-id"},
        {{"--mesh.node-id"}, "--mesh.node-id needs a value"},
        {{"--bootstrap.enabled", "false"}, "\"false\" is no flag"},
        {{"--bootstrap.enabled=perhaps"}, "flag --bootstrap.enabled"},
        {{"positional"}, "\"positional\" is no flag"},
        {{"--"}, "\"--\" is no flag"},
        {{"-x"}, "\"-x\" is no flag"},
        {{"--config"}, "--config needs a value"},
        {{"--config="}, "--config needs the name of a file"},
        {{"--version=1"}, "--version takes no value"},
        {{"--tls.insecure-skip-verify"}, "weakens security"},
        {{"--app-daemon-insecure-socket"}, "weakens security"},
    };

    for (const auto& each : cases) {
        auto request = plainRequest();
        request.arguments = each.arguments;
        const auto options = load(request);
        ASSERT_FALSE(options.ok()) << each.arguments.front();
        EXPECT_EQ(options.status().code(), StatusCode::kInvalidArgument);
        EXPECT_THAT(messageOf(options.status()), HasSubstr(each.says));
    }
}

}  // namespace
}  // namespace weft::config
