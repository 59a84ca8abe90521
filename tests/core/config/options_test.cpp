// SPDX-License-Identifier: Apache-2.0
#include "core/config/options.h"

#include "core/config/load.h"
#include "tests/core/config/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::config {
namespace {

using testing::HasSubstr;

struct Case {
    std::vector<std::string> flags;
    /// Empty: valid.
    std::string says;
};

void expectAll(const std::vector<Case>& cases) {
    for (const auto& each : cases) {
        auto request = plainRequest();
        request.arguments = each.flags;
        const auto options = load(request);
        if (each.says.empty()) {
            EXPECT_TRUE(options.ok()) << each.flags.front() << messageOf(options.status());
            continue;
        }
        EXPECT_EQ(options.status().code(), StatusCode::kInvalidArgument) << each.flags.front();
        EXPECT_THAT(messageOf(options.status()), HasSubstr(each.says));
    }
}

/// The option with so many networks.
std::string agreedRoutes(int count) {
    std::string text = "--mesh.agreed-routes=0.0.0.0/0";
    for (int number = 1; number < count; ++number) {
        text += fmt::format(",10.{}.0.0/16", number);
    }
    return text;
}

TEST(Validate, ChecksNodeAndMesh) {
    expectAll({
        {{"--mesh.node-id=alpha.Beta 1"}, ""},
        {{"--mesh.node-id=a/b"}, "mesh.node-id"},
        {{"--mesh.node-id=leader"}, "reserved"},
        {{"--mesh.node-id=" + std::string(254, 'a')}, "253"},
        {{"--mesh.node-id=a\tb"}, "control characters"},
        {{"--bootstrap.admin=a:b"}, "bootstrap.admin"},
        {{"--bootstrap.ipv4-network=10.0.0.0/31"}, "/8 to /30"},
        {{"--bootstrap.ipv4-network=10.0.0.5/16"}, "write 10.0.0.0/16"},
        {{"--bootstrap.ipv4-network=fd00::/64"}, "IPv4"},
        {{"--bootstrap.mesh-domain=-x-"}, "bootstrap.mesh-domain"},
        {{"--bootstrap.mesh-domain=a..b"}, "bootstrap.mesh-domain"},
        {{"--bootstrap.mesh-domain=mesh.internal."}, ""},
        {{"--mesh.routes=10.0.0.5/16"}, "write 10.0.0.0/16"},
        {{"--mesh.agreed-routes=10.0.0.5/16"}, "write 10.0.0.0/16"},
        {{agreedRoutes(64), "--mesh.lockdown"}, ""},
        {{agreedRoutes(65)}, "64 are the most"},
        {{"--mesh.join-address=:8443"}, "mesh.join-address"},
        {{"--mesh.request-vote", "--mesh.request-observer"}, "exclude each other"},
        {{"--mesh.disable-ipv4", "--mesh.disable-ipv6"}, "leave no addresses"},
        {{"--global.disable-ipv4", "--global.disable-ipv6"}, "leave no addresses"},
        {{"--bootstrap.enabled", "--storage.provider=passthrough"}, "storage.provider"},
    });
}

TEST(Validate, ChecksTlsAndAuthentication) {
    expectAll({
        {{"--global.log-level=loud"}, "global.log-level"},
        {{"--global.mtls"}, "global.tls-cert-file"},
        {{"--global.insecure", "--global.mtls"}, "exclude each other"},
        {{"--global.tls-cert-file=/a"}, "give global.tls-key-file too"},
        {{"--services.api.tls-cert-file=/a"}, "give services.api.tls-key-file too"},
        {{"--services.api.tls-key-file=/a"}, "give services.api.tls-cert-file too"},
        {{"--services.api.insecure", "--services.api.client-ca-file=/a"}, "remove one"},
        {{"--auth.mtls.cert-file=/a"}, "give auth.mtls.key-file too"},
        {{"--auth.basic.password=x"}, "give auth.basic.username too"},
        {{"--auth.basic.username=a", "--auth.ldap.username=b"}, "exclude each other"},
        {{"--auth.basic.username=a", "--tls.insecure"}, "readable by everybody"},
        {{"--global.insecure"}, ""},
    });
}

TEST(Validate, ChecksServicesAndTheDaemon) {
    expectAll({
        {{"--services.metrics.path=metrics"}, "write /metrics"},
        // check-tests: allow port, it is refused and never bound
        {{"--services.meshdns.listen-udp=192.0.2.1:53"}, "give a port as in [::]:53"},
        // check-tests: allow port, it is refused and never bound
        {{"--services.meshdns.listen-tcp=[::]:0"}, "give a port as in [::]:53"},
        {{"--services.meshdns.forwarders=0.0.0.0"}, "is not an address of a server"},
        {{"--services.meshdns.request-timeout=31s"}, "write a time from"},
        {{"--wireguard.endpoints=0.0.0.0:1"}, "wireguard.endpoints"},
        {{"--wireguard.persistent-keepalive=1500ms"}, "whole number of seconds"},
        {{"--wireguard.persistent-keepalive=19h"}, "65535"},
        {{"--wireguard.interface-name=we/ft"}, "wireguard.interface-name"},
        {{"--wireguard.interface-name=weft%d"}, "write weft0"},
        {{"--wireguard.interface-name=+"}, "write weft0"},
        {{"--wireguard.interface-name=abcdefghijklm+"}, "write weft0"},
        {{"--wireguard.interface-name=abcdefghijklmnop"}, "write weft0"},
        {{"--weft.state-dir=relative"}, "weft.state-dir"},
        {{"--weft.local-socket=relative"}, "weft.local-socket"},
        {{"--weft.local-socket=/" + std::string(107, 'a')}, "at most 107"},
        {{"--weft.connect-timeout=0s"}, "weft.connect-timeout"},
        {{"--weft.connect-timeout=2h"}, "at most 1h"},
        {{"--weft.shutdown-timeout=1h"}, "at most 10m"},
        {{"--weft.local-group="}, ""},
    });
}

}  // namespace
}  // namespace weft::config
