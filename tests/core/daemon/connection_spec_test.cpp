// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/connection_spec.h"

#include "core/daemon/detail/credentials.h"

#include <gtest/gtest.h>

#include <string>

namespace weft::daemon {
namespace {

using weft::local::v1::Profile;

TEST(ConnectionSpec, ProfileIdsAreMadeFromNamesAndDoNotCollide) {
    EXPECT_EQ(newProfileId("Home", {}), "home");
    EXPECT_EQ(newProfileId("B\xC3\xBCro 2", {}), "b-ro-2");
    EXPECT_EQ(newProfileId("../../etc", {}), "etc");
    EXPECT_EQ(newProfileId("!!!", {}), "mesh");
    EXPECT_EQ(newProfileId("home", {"home", "home-2"}), "home-3");
    EXPECT_EQ(newProfileId("default", {}), "default-2");
    EXPECT_TRUE(isProfileId(newProfileId(std::string(500, 'x'), {})));
}

TEST(ConnectionSpec, NodeIdsComeFromHostNames) {
    EXPECT_EQ(nodeIdFromHostName("Laptop-7.example.org"), "laptop-7");
    EXPECT_EQ(nodeIdFromHostName(""), "node");
    EXPECT_EQ(nodeIdFromHostName("___"), "node");
}

TEST(ConnectionSpec, AMeshIsMadeWithANetworkAndNotWithAnAddressInsideOne) {
    weft::local::v1::CreateMeshRequest request;
    request.set_name("Home");
    request.set_domain("home.internal");
    request.set_node_id("alpha");
    request.set_ipv4_network("10.0.0.0/8");
    EXPECT_EQ(validateCreation(request), okStatus());

    request.set_ipv4_network("10.0.0.1/8");
    const Status refused = validateCreation(request);
    EXPECT_EQ(refused.code(), StatusCode::kInvalidArgument);
    EXPECT_NE(messageOf(refused).find("write 10.0.0.0/8"), std::string::npos) << refused;
    request.set_ipv4_network("10.0.0.0/31");
    EXPECT_EQ(validateCreation(request).code(), StatusCode::kInvalidArgument);
}

TEST(ConnectionSpec, AJoinBringsNoWayToEverywhere) {
    const auto some = *net::IpPrefix::parse("10.9.0.0/24");

    const auto routes =
        joinableRoutes({some, *net::IpPrefix::parse("0.0.0.0/0"), *net::IpPrefix::parse("::/0")});

    ASSERT_EQ(routes.size(), 1U);
    EXPECT_EQ(routes.front(), some);
}

TEST(ConnectionSpec, AnEnrolledMemberUsesTheFilesOfItsFolder) {
    StoredProfile stored;
    stored.profile.set_id("home");
    stored.profile.set_kind(Profile::KIND_MEMBER);
    stored.profile.set_node_id("beta");
    stored.profile.set_tls_mode(Profile::TLS_MODE_MUTUAL);
    stored.profile.set_mesh_domain("home.internal.");
    stored.profile.add_join_addresses("node.example");

    const auto spec = specOf(stored, "/state/home", {}, {});

    ASSERT_TRUE(spec.ok()) << spec.status();
    EXPECT_EQ(spec->options.tls.caFile, "/state/home/ca.crt");
    EXPECT_EQ(spec->options.auth.mtls.certFile, "/state/home/node.crt");
    EXPECT_EQ(spec->options.mesh.joinAddresses.at(0).toString(), "node.example:8443");
    EXPECT_TRUE(spec->enrolled);
    EXPECT_FALSE(spec->ownAuthority);
}

TEST(ConnectionSpec, TheDaemonsFiguresForPrometheusAreThoseOfItsProfilesToo) {
    StoredProfile stored;
    stored.profile.set_id("home");
    stored.profile.set_kind(Profile::KIND_FOUNDER);
    stored.profile.set_node_id("alpha");
    stored.profile.set_mesh_domain("home.internal");
    config::NodeOptions base;
    base.services.metrics.enabled = true;
    base.services.metrics.listenAddress = {"127.0.0.1", 9100};
    base.wireguard.recordMetrics = true;

    const auto spec = specOf(stored, "/state/home", base, {});

    ASSERT_TRUE(spec.ok()) << spec.status();
    EXPECT_TRUE(spec->options.services.metrics.enabled);
    EXPECT_EQ(spec->options.services.metrics.listenAddress.toString(), "127.0.0.1:9100");
    EXPECT_TRUE(spec->options.wireguard.recordMetrics);
}

TEST(ConnectionSpec, APasswordComesWithTheSecrets) {
    StoredProfile stored;
    stored.profile.set_id("home");
    stored.profile.set_kind(Profile::KIND_MEMBER);
    stored.profile.set_node_id("beta");
    stored.profile.set_tls_mode(Profile::TLS_MODE_SERVER_ONLY);
    stored.profile.add_join_addresses("node.example");
    SecretMap secrets;
    secrets.emplace("password", crypto::SecretBytes("x"));

    const auto spec = specOf(stored, "/state/home", {}, secrets);

    ASSERT_TRUE(spec.ok());
    EXPECT_EQ(spec->options.auth.basic.username, "beta");
    EXPECT_EQ(spec->options.auth.basic.password.revealText(), "x");
}

TEST(ConnectionSpec, APasswordReachesTheLinkAndNeverWithoutTls) {
    ConnectionSpec spec;
    spec.tlsMode = Profile::TLS_MODE_SERVER_ONLY;
    spec.options.auth.ldap.username = "beta";
    spec.options.auth.ldap.password = config::SharedSecret("x");

    const auto link = linkOptionsOf(spec);

    ASSERT_TRUE(link.ok()) << link.status();
    EXPECT_EQ(link->password.scheme, services::PasswordCredential::Scheme::Ldap);
    EXPECT_EQ(link->password.username, "beta");
    EXPECT_EQ(link->password.password.revealText(), "x");
    spec.tlsMode = Profile::TLS_MODE_INSECURE;
    EXPECT_EQ(linkOptionsOf(spec).status().code(), StatusCode::kInvalidArgument);
}

TEST(ConnectionSpec, AConfigurationWithoutACertificateMakesItsOwnAuthority) {
    config::NodeOptions options;
    options.bootstrap.enabled = true;

    const auto spec = specOf(options, "/state/default");

    EXPECT_EQ(spec.kind, Profile::KIND_FOUNDER);
    EXPECT_TRUE(spec.ownAuthority);
    EXPECT_EQ(spec.tlsMode, Profile::TLS_MODE_MUTUAL);
    options.services.api.insecure = true;
    EXPECT_FALSE(specOf(options, "/state/default").ownAuthority);
    EXPECT_EQ(specOf(options, "/state/default").tlsMode, Profile::TLS_MODE_INSECURE);
}

TEST(ConnectionSpec, MembersNeedAnAddressThatParses) {
    Profile profile;
    profile.set_kind(Profile::KIND_MEMBER);
    profile.set_node_id("beta");

    EXPECT_EQ(validateProfile(profile).code(), StatusCode::kInvalidArgument);
    profile.add_join_addresses("host:99999");
    EXPECT_EQ(validateProfile(profile).code(), StatusCode::kInvalidArgument);
    profile.set_join_addresses(0, "host:8443");
    EXPECT_TRUE(validateProfile(profile).ok());
    profile.set_name("a\x1b[31m");
    EXPECT_EQ(validateProfile(profile).code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::daemon
