// SPDX-License-Identifier: Apache-2.0
#include "core/config/load.h"

#include "tests/core/config/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kYaml = R"(# as for a reference node
global:
  log-level: debug
  primary-endpoint: 192.0.2.10
  endpoints: [192.0.2.11, "192.0.2.12:7000"]
  tls-cert-file: /etc/weft/node.crt
  tls-key-file: /etc/weft/node.key
  tls-ca-file: /etc/weft/ca.crt
  mtls: true
bootstrap:
  enabled: true
  election-timeout: 3s
  ipv4-network: 10.20.0.0/16
  mesh-domain: lab.internal
  admin: alice
  default-network-policy: drop
  transport:
    tcp-listen-address: "[::]:9001"
mesh:
  node-id: alpha
  join-address: [one.example, "two.example:9443"]
  max-join-retries: 3
  routes:
    - 10.1.0.0/16
    - fd00:7::/48
  request-vote: true
storage:
  in-memory: true
  raft:
    heartbeat-timeout: 2s
services:
  api:
    listen-address: "[::]:9443"
    mesh-enabled: true
  metrics:
    enabled: true
    listen-address: 127.0.0.1:9090
    path: /m
wireguard:
  listen-port: 51999
  key-file: /etc/weft/wg.key
weft:
  connect-timeout: 45s
  shutdown-timeout: 5000000000
)";

constexpr std::string_view kToml = R"(# as for a reference node
[global]
log-level = "debug"
primary-endpoint = "192.0.2.10"
endpoints = ["192.0.2.11", "192.0.2.12:7000"]
tls-cert-file = "/etc/weft/node.crt"
tls-key-file = "/etc/weft/node.key"
tls-ca-file = "/etc/weft/ca.crt"
mtls = true

[bootstrap]
enabled = true
election-timeout = "3s"
ipv4-network = "10.20.0.0/16"
mesh-domain = "lab.internal"
admin = "alice"
default-network-policy = "drop"
transport.tcp-listen-address = "[::]:9001"

[mesh]
node-id = "alpha"
join-address = ["one.example", "two.example:9443"]
max-join-retries = 3
routes = ["10.1.0.0/16", "fd00:7::/48"]
request-vote = true

[storage]
in-memory = true
raft.heartbeat-timeout = 2000000000

[services.api]
listen-address = "[::]:9443"
mesh-enabled = true

[services.metrics]
enabled = true
listen-address = "127.0.0.1:9090"
path = "/m"

[wireguard]
listen-port = 51999
key-file = "/etc/weft/wg.key"

[weft]
connect-timeout = "45s"
shutdown-timeout = 5000000000
)";

constexpr std::string_view kJson = R"({
	"global": {
		"log-level": "debug", "primary-endpoint": "192.0.2.10",
		"endpoints": ["192.0.2.11", "192.0.2.12:7000"],
		"tls-cert-file": "/etc/weft/node.crt", "tls-key-file": "/etc/weft\/node.key",
		"tls-ca-file": "/etc/weft/ca.crt", "mtls": true
	},
	"bootstrap": {
		"enabled": true, "election-timeout": "3s", "ipv4-network": "10.20.0.0/16",
		"mesh-domain": "lab.internal", "admin": "alice", "default-network-policy": "drop",
		"transport": { "tcp-listen-address": "[::]:9001" }
	},
	"mesh": {
		"node-id": "alpha", "join-address": ["one.example", "two.example:9443"],
		"max-join-retries": 3, "routes": ["10.1.0.0/16", "fd00:7::/48"], "request-vote": true
	},
	"storage": { "in-memory": true, "raft": { "heartbeat-timeout": "2s" } },
	"services": {
		"api": { "listen-address": "[::]:9443", "mesh-enabled": true },
		"metrics": { "enabled": true, "listen-address": "127.0.0.1:9090", "path": "\u002fm" }
	},
	"wireguard": { "listen-port": 51999, "key-file": "/etc/weft/wg.key" },
	"weft": { "connect-timeout": "45s", "shutdown-timeout": 5000000000 }
})";

struct Format {
    std::string name;
    std::string_view text;
};

class LoadFile : public testing::TestWithParam<Format> {};

void expectSections(const NodeOptions& options) {
    EXPECT_EQ(options.global.logLevel, "debug");
    EXPECT_TRUE(options.bootstrap.enabled);
    EXPECT_EQ(options.bootstrap.ipv4Network.toString(), "10.20.0.0/16");
    EXPECT_EQ(options.bootstrap.meshDomain, "lab.internal");
    EXPECT_EQ(options.bootstrap.admin, "alice");
    EXPECT_EQ(options.bootstrap.defaultNetworkPolicy, NetworkPolicy::Drop);
    EXPECT_EQ(options.mesh.nodeId, "alpha");
    EXPECT_THAT(
        options.mesh.joinAddresses,
        ElementsAre(net::HostPort{"one.example", 8443}, net::HostPort{"two.example", 9443}));
    EXPECT_EQ(options.mesh.maxJoinRetries, 3U);
    EXPECT_EQ(options.mesh.routes.size(), 2U);
    EXPECT_TRUE(options.mesh.requestVote);
    EXPECT_EQ(options.storage.effectiveProvider(), StorageProvider::Memory);
    EXPECT_EQ(options.services.api.listenAddress, (net::HostPort{"::", 9443}));
    EXPECT_TRUE(options.services.metrics.enabled);
    EXPECT_EQ(options.services.metrics.listenAddress, (net::HostPort{"127.0.0.1", 9090}));
    EXPECT_EQ(options.services.metrics.path, "/m");
    EXPECT_EQ(options.wireguard.listenPort, 51999);
    EXPECT_EQ(options.wireguard.keyFile, "/etc/weft/wg.key");
    EXPECT_EQ(options.weft.connectTimeout, 45s);
    EXPECT_EQ(options.weft.shutdownTimeout, 5s);
}

void expectGlobalsApplied(const NodeOptions& options) {
    EXPECT_EQ(options.services.api.tlsCertFile, "/etc/weft/node.crt");
    EXPECT_EQ(options.services.api.tlsKeyFile, "/etc/weft/node.key");
    EXPECT_EQ(options.services.api.clientCaFile, "/etc/weft/ca.crt");
    EXPECT_EQ(options.auth.mtls.certFile, "/etc/weft/node.crt");
    EXPECT_EQ(options.auth.mtls.keyFile, "/etc/weft/node.key");
    EXPECT_EQ(options.tls.caFile, "/etc/weft/ca.crt");
    ASSERT_TRUE(options.mesh.primaryEndpoint.has_value());
    EXPECT_EQ(options.mesh.primaryEndpoint->toString(), "192.0.2.10");
    std::vector<std::string> endpoints;
    for (const auto& endpoint : options.wireguard.endpoints) {
        endpoints.push_back(endpoint.toString());
    }
    EXPECT_THAT(endpoints, ElementsAre("192.0.2.10:51999", "192.0.2.11:51999", "192.0.2.12:7000"));
}

TEST_P(LoadFile, ReadsAReferenceStyleFile) {
    const SourceFile file(GetParam().name, GetParam().text);

    const auto options = load(requestOf(file));

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    expectSections(*options);
    expectGlobalsApplied(*options);
    EXPECT_THAT(options->warnings, IsEmpty());
    EXPECT_THAT(options->origins.at("mesh.node-id"), HasSubstr(file.path().string()));
    EXPECT_EQ(options->origins.at("tls.tls-ca-file"), "global.tls-ca-file");
}

INSTANTIATE_TEST_SUITE_P(
    Formats,
    LoadFile,
    testing::Values(
        Format{"weft.yaml", kYaml},
        Format{"weft.yml", kYaml},
        Format{"weft.toml", kToml},
        Format{"weft.json", kJson}),
    [](const auto& each) {
        auto name = each.param.name;
        std::replace(name.begin(), name.end(), '.', '_');
        return name;
    });

TEST(Load, HasSaneDefaultsWithoutAnySource) {
    const auto options = load(plainRequest());

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_FALSE(options->hasMeshSource());
    EXPECT_TRUE(options->bootstrap.admin.empty());
    EXPECT_EQ(options->bootstrap.ipv4Network.toString(), "172.16.0.0/12");
    EXPECT_EQ(options->weft.localGroup, "weft");
    EXPECT_EQ(options->weft.groupGrade, GroupGrade::Operate);
    EXPECT_EQ(options->weft.stateDir, "/home/tester/.local/state/weft");
    EXPECT_EQ(options->storagePath(), "/home/tester/.local/state/weft/store");
    EXPECT_FALSE(options->services.metrics.enabled);
    EXPECT_THAT(options->origins, IsEmpty());
}

TEST(Load, LetsFlagsWinOverEnvironmentOverFileOverProgram) {
    const SourceFile file(
        "weft.yaml",
        "mesh: {node-id: from-file, zone-awareness-id: from-file}\n"
        "bootstrap: {mesh-domain: from-file, admin: from-file}\n");
    auto request = requestOf(file);
    request.base = {
        {.key = "mesh.node-id", .values = {"from-program"}},
        {.key = "mesh.zone-awareness-id", .values = {"from-program"}},
        {.key = "bootstrap.mesh-domain", .values = {"from-program"}},
        {.key = "bootstrap.admin", .values = {"from-program"}},
        {.key = "weft.local-group", .values = {"from-program"}},
    };
    request.environment["WEFT_MESH_NODE_ID"] = "from-environment";
    request.environment["WEFT_BOOTSTRAP_MESH_DOMAIN"] = "from-environment";
    request.arguments = {"--mesh.node-id=from-flag"};

    const auto options = load(request);

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_EQ(options->mesh.nodeId, "from-flag");
    EXPECT_EQ(options->bootstrap.meshDomain, "from-environment");
    EXPECT_EQ(options->bootstrap.admin, "from-file");
    EXPECT_EQ(options->weft.localGroup, "from-program");
    EXPECT_EQ(options->origins.at("mesh.node-id"), "flag --mesh.node-id");
    EXPECT_EQ(
        options->origins.at("bootstrap.mesh-domain"), "environment WEFT_BOOTSTRAP_MESH_DOMAIN");
    EXPECT_EQ(options->origins.at("bootstrap.admin"), file.at(2));
    EXPECT_EQ(options->origins.at("weft.local-group"), "program");
}

TEST(Load, TakesFlagsInEveryForm) {
    auto request = plainRequest();
    request.arguments = {
        "--bootstrap.enabled",
        "--mesh.node-id",
        "alpha",
        "--mesh.routes=10.1.0.0/16,10.2.0.0/16",
        "--mesh.routes",
        "10.3.0.0/16",
        "--tls.ca-file=/etc/ca.crt",
        "--services.api.mesh-enabled=false",
        "--weft.connect-timeout=5s",
        "--weft.connect-timeout=6s",
    };

    const auto options = load(request);

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_TRUE(options->bootstrap.enabled);
    EXPECT_EQ(options->mesh.nodeId, "alpha");
    EXPECT_EQ(options->mesh.routes.size(), 3U);
    EXPECT_EQ(options->tls.caFile, "/etc/ca.crt");
    EXPECT_FALSE(options->services.api.meshEnabled);
    EXPECT_EQ(options->weft.connectTimeout, 6s);
}

TEST(Load, FindsTheFileByFlagBeforeEnvironmentBeforeRequest) {
    const SourceFile byFlag("flag.yaml", "mesh: {node-id: by-flag}");
    const SourceFile byEnvironment("env.yaml", "mesh: {node-id: by-environment}");
    const SourceFile byRequest("request.yaml", "mesh: {node-id: by-request}");
    auto request = requestOf(byRequest);

    EXPECT_EQ(load(request)->mesh.nodeId, "by-request");
    request.environment["WEFT_CONFIG"] = byEnvironment.path().string();
    EXPECT_EQ(load(request)->mesh.nodeId, "by-environment");
    request.arguments = {"--config", byFlag.path().string()};
    EXPECT_EQ(load(request)->mesh.nodeId, "by-flag");
    request.arguments = {"-c", byFlag.path().string()};
    EXPECT_EQ(load(request)->mesh.nodeId, "by-flag");
}

TEST(Load, ReadsOnlyItsOwnVariables) {
    auto request = plainRequest();
    request.environment.insert(
        {{"MESH", "x"}, {"TLS", "x"}, {"mesh_node_id", "x"}, {"MESH_NODE_ID", "x"}});

    const auto options = load(request);

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_EQ(options->mesh.nodeId, "");
}

struct FolderCase {
    std::map<std::string, std::string> environment;
    bool isRoot;
    std::string stateDir;
    std::string socket;
};

TEST(Load, FindsTheFoldersOfServiceRootAndUser) {
    const std::vector<FolderCase> cases = {
        {{{"HOME", "/root"}}, true, "/var/lib/weft", "/run/weft/weft.sock"},
        {{{"HOME", "/h"}}, false, "/h/.local/state/weft", "/h/.local/state/weft/weft.sock"},
        {{{"XDG_STATE_HOME", "/s"}, {"XDG_RUNTIME_DIR", "/r"}},
         false,
         "/s/weft",
         "/r/weft/weft.sock"},
        {{{"XDG_STATE_HOME", "relative"}, {"HOME", "/h"}},
         false,
         "/h/.local/state/weft",
         "/h/.local/state/weft/weft.sock"},
        {{{"STATE_DIRECTORY", "/var/lib/a:/var/lib/b"}, {"RUNTIME_DIRECTORY", "/run/a"}},
         false,
         "/var/lib/a",
         "/run/a/weft.sock"},
    };

    for (const auto& each : cases) {
        const auto options = load({.environment = each.environment, .isRoot = each.isRoot});
        ASSERT_TRUE(options.ok()) << messageOf(options.status());
        EXPECT_EQ(options->weft.stateDir, each.stateDir);
        EXPECT_EQ(options->weft.localSocket, each.socket);
        EXPECT_THAT(options->origins, IsEmpty());
    }
}

TEST(SocketCandidates, HaveTheUsersSocketFirst) {
    EXPECT_THAT(
        socketCandidates({{"XDG_RUNTIME_DIR", "/r"}}),
        ElementsAre("/r/weft/weft.sock", "/run/weft/weft.sock"));
    EXPECT_THAT(socketCandidates({}), ElementsAre("/run/weft/weft.sock"));
}

TEST(Load, WarnsOfKnownKeysWithoutEffect) {
    const SourceFile file(
        "weft.yaml",
        "wireguard:\n  force-tun: true\nstorage:\n  provider: raft\n  raft: {commit-timeout: 50ms}\n"
        "bridge:\n  meshes:\n    one: {mesh: {node-id: a}}\n    two: {mesh: {node-id: b}}\n");

    const auto options = load(requestOf(file));

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_THAT(
        options->warnings,
        ElementsAre(
            HasSubstr(":2: wireguard.force-tun has no effect: packets always take a tunnel device"),
            HasSubstr(":4: storage.provider: Weft does not use Raft"),
            HasSubstr(":5: storage.raft.commit-timeout has no effect: Weft does not use Raft"),
            HasSubstr("bridge.meshes.one.mesh.node-id has no effect")));
    EXPECT_EQ(options->storage.provider, StorageProvider::Sqlite);
}

TEST(Load, TakesWhatIsSaidOfTheTunnel) {
    const SourceFile file(
        "weft.yaml",
        "wireguard: {interface-name: wm-n1, mtu: 1400,\n"
        "  persistent-keepalive: 25s, record-metrics: true}\nweft: {tunnel: off}\n");

    const auto options = load(requestOf(file));

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_THAT(options->warnings, IsEmpty());
    EXPECT_EQ(options->wireguard.interfaceName, "wm-n1");
    EXPECT_EQ(options->wireguard.mtu, 1400);
    EXPECT_EQ(options->wireguard.effectiveKeepalive(), 25s);
    EXPECT_TRUE(options->wireguard.recordMetrics);
    EXPECT_FALSE(options->weft.tunnel);
}

TEST(Load, KeepsTheKeepaliveOfTheReferenceForNoneAndForZero) {
    const SourceFile file("weft.yaml", "wireguard: {persistent-keepalive: 0s}\n");

    const auto zero = load(requestOf(file));
    const auto none = load({});

    ASSERT_TRUE(zero.ok() && none.ok());
    EXPECT_EQ(zero->wireguard.effectiveKeepalive(), 30s);
    EXPECT_EQ(none->wireguard.effectiveKeepalive(), 30s);
    EXPECT_TRUE(none->weft.tunnel);
}

TEST(Load, TakesTheReferencesDefaultsWithoutAWord) {
    const SourceFile file(
        "weft.yaml",
        "global: {insecure-skip-verify: false, verify-chain-only: false}\n"
        "tls: {insecure-skip-verify: false}\n"
        "wireguard: {mtu: 1420, key-rotation-interval: 604800000000000}\n"
        "discovery: {announce-ttl: 60s, bootstrap-servers: []}\n"
        "services: {meshdns: {compression: true}, webrtc: {enabled: false}}\n");

    const auto options = load(requestOf(file));

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_THAT(options->warnings, IsEmpty());
}

TEST(Load, KeepsWhatASectionSaysOverGlobal) {
    const SourceFile file(
        "weft.yaml",
        "global: {insecure: true, primary-endpoint: 192.0.2.1, disable-ipv6: true}\n"
        "tls: {insecure: false}\n"
        "mesh: {primary-endpoint: 192.0.2.2, disable-ipv6: false}\n"
        "wireguard: {endpoints: ['192.0.2.3:1']}\n");

    const auto options = load(requestOf(file));

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_FALSE(options->tls.insecure);
    EXPECT_TRUE(options->services.api.insecure);
    EXPECT_EQ(options->mesh.primaryEndpoint->toString(), "192.0.2.2");
    EXPECT_EQ(options->wireguard.endpoints.front().toString(), "192.0.2.3:1");
    // The reference overwrites this one, and a family that is off is off everywhere.
    EXPECT_TRUE(options->mesh.disableIpv6);
}

TEST(Load, DecodesCertificatesThatStandInTheFile) {
    const SourceFile file(
        "weft.yaml",
        "auth: {mtls: {cert-data: LS0tLS1CRUdJTiBBLS0tLS0K, key-data: LS0tLS1CRUdJTiBCLS0tLS0K}}\n");

    const auto options = load(requestOf(file));

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_EQ(options->auth.mtls.certData.pem, "-----BEGIN A-----\n");
    EXPECT_EQ(options->auth.mtls.keyData.pem.revealText(), "-----BEGIN B-----\n");
}

TEST(Load, DetectsEndpointsOfThisHostAndAsksNobodyOutside) {
    const SourceFile file(
        "weft.yaml",
        "global:\n  detect-endpoints: true\n  detect-private-endpoints: true\n"
        "  detect-ipv6: true\n  allow-remote-detection: true\n");

    const auto options = load(requestOf(file));

    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_TRUE(options->global.detectEndpoints);
    EXPECT_TRUE(options->global.detectPrivateEndpoints);
    EXPECT_TRUE(options->global.detectIpv6);
    EXPECT_THAT(
        options->warnings,
        ElementsAre(HasSubstr(":5: global.allow-remote-detection has no effect: nobody outside")));
}

TEST(Load, WarnsWhenEverybodyCanReadAPassword) {
    const SourceFile file("weft.yaml", "auth: {basic: {username: a, password: hunter2}}\n");
    EXPECT_THAT(load(requestOf(file))->warnings, IsEmpty());

    std::filesystem::permissions(file.path(), std::filesystem::perms(0644));

    const auto options = load(requestOf(file));
    ASSERT_TRUE(options.ok()) << messageOf(options.status());
    EXPECT_THAT(options->warnings, ElementsAre(HasSubstr("chmod 600")));
    EXPECT_THAT(options->warnings.front(), testing::Not(HasSubstr("hunter2")));
}

TEST(ReadInvocation, SeesHelpAndVersionWithoutTheFile) {
    const auto invocation =
        readInvocation({"--config=/does/not/exist.yaml", "--help", "--version", "--print-config"});

    ASSERT_TRUE(invocation.ok()) << messageOf(invocation.status());
    EXPECT_TRUE(invocation->help);
    EXPECT_TRUE(invocation->version);
    EXPECT_TRUE(invocation->printConfig);
}

}  // namespace
}  // namespace weft::config
