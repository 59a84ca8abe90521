// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/certificate.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string readAll(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

unsigned modeOf(const std::filesystem::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777U : 0;
}

/// An authority in a folder of its own.
class Pki : public testing::Test {
protected:
    Result run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "pki");
        // No daemon: these commands work without one.
        return Weftctl("lost").run(arguments);
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    Result init() { return run({"init", "--dir", path("ca")}); }

    tests::TempDir folder_;
    tests::FakeClock clock_;
};

TEST_F(Pki, InitMakesAnAuthorityForItsOwnerAlone) {
    const Result result = init();

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(result.out, path("ca/ca.crt") + "\n" + path("ca/ca.key") + "\n");
    EXPECT_EQ(modeOf(path("ca/ca.key")), 0600U);
    EXPECT_EQ(modeOf(path("ca/ca.crt")), 0600U);
    EXPECT_TRUE(crypto::inspectCertificate(readAll(path("ca/ca.crt")))->isAuthority);
}

TEST_F(Pki, InitNeverOverwritesUnasked) {
    init();
    const std::string before = readAll(path("ca/ca.key"));

    const Result again = init();
    EXPECT_EQ(again.code, kExitFailed);
    EXPECT_THAT(again.err, AllOf(HasSubstr("ca.key exists"), HasSubstr("--force")));
    EXPECT_EQ(readAll(path("ca/ca.key")), before);

    EXPECT_EQ(run({"init", "--dir", path("ca"), "--force"}).code, kExitOk);
    EXPECT_NE(readAll(path("ca/ca.key")), before);
}

TEST_F(Pki, IssueMakesACertificateThatTheAuthorityVouchesFor) {
    init();

    const Result result = run(
        {"issue",
         "alpha",
         "-d",
         path("ca"),
         "--out",
         path("nodes"),
         "--dns",
         "alpha.example",
         "--ip",
         "192.0.2.7",
         "--ip",
         "2001:db8::7"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    const std::string certificate = readAll(path("nodes/alpha.crt"));
    EXPECT_TRUE(
        crypto::verifyCertificate(certificate, readAll(path("ca/ca.crt")), clock_.wallNow()).ok());
    EXPECT_TRUE(
        crypto::checkKeyPair(crypto::SecretBytes(readAll(path("nodes/alpha.key"))), certificate)
            .ok());
    const auto info = crypto::inspectCertificate(certificate).value();
    EXPECT_EQ(info.commonName, "alpha");
    EXPECT_THAT(info.dnsNames, testing::ElementsAre("alpha", "alpha.example"));
    EXPECT_THAT(info.ipAddresses, testing::ElementsAre("192.0.2.7", "2001:db8::7"));
    EXPECT_EQ(modeOf(path("nodes/alpha.key")), 0600U);
}

TEST_F(Pki, IssueSignsARequestAndMakesNoKey) {
    init();
    const auto key = crypto::generateTlsKey().value();
    std::ofstream(path("request.csr"))
        << crypto::makeCertificateRequest(key, {.commonName = "somebody-else"}).value();

    const Result result =
        run({"issue", "beta", "--dir", path("ca"), "--request", path("request.csr")});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_FALSE(std::filesystem::exists(path("ca/beta.key")));
    const std::string certificate = readAll(path("ca/beta.crt"));
    EXPECT_EQ(crypto::inspectCertificate(certificate)->commonName, "beta");
    EXPECT_TRUE(crypto::checkKeyPair(key, certificate).ok());
}

TEST_F(Pki, IssueNeverOverwritesUnasked) {
    init();
    run({"issue", "alpha", "--dir", path("ca")});
    const std::string before = readAll(path("ca/alpha.key"));

    EXPECT_EQ(run({"issue", "alpha", "--dir", path("ca")}).code, kExitFailed);
    EXPECT_EQ(readAll(path("ca/alpha.key")), before);
    EXPECT_EQ(run({"issue", "alpha", "--dir", path("ca"), "--force"}).code, kExitOk);
}

TEST_F(Pki, IssueRefusesNamesThatLeadElsewhere) {
    init();

    for (const std::string name :
         {"../evil", "a/b", "ca", ".hidden", "-dash", "a b", "leader", "a\nb"}) {
        const Result result = run({"issue", "--dir", path("ca"), "--", name});
        EXPECT_EQ(result.code, kExitUsage) << name;
    }
    EXPECT_EQ(run({"issue", "a", "--dir", path("ca"), "--dns", "*.x"}).code, kExitUsage);
    EXPECT_EQ(run({"issue", "a", "--dir", path("ca"), "--ip", "300.1.1.1"}).code, kExitUsage);
}

TEST_F(Pki, IssueSaysWhatIsMissing) {
    const Result result = run({"issue", "alpha", "--dir", path("nowhere")});

    EXPECT_EQ(result.code, kExitNotFound);
    EXPECT_THAT(result.err, HasSubstr("weftctl pki init"));
}

TEST_F(Pki, IssueRefusesADamagedRequest) {
    init();
    std::ofstream(path("request.csr")) << "-----BEGIN CERTIFICATE REQUEST-----\nnonsense\n";

    EXPECT_EQ(
        run({"issue", "beta", "--dir", path("ca"), "--request", path("request.csr")}).code,
        kExitUsage);
    EXPECT_FALSE(std::filesystem::exists(path("ca/beta.crt")));
}

TEST_F(Pki, InspectShowsAndChecks) {
    init();
    run({"issue", "alpha", "--dir", path("ca"), "--days", "30"});

    const Result plain = run({"inspect", path("ca/alpha.crt")});
    EXPECT_EQ(plain.code, kExitOk) << plain.err;
    EXPECT_THAT(plain.out, AllOf(HasSubstr("Name         alpha\n"), HasSubstr("(in 30 days)")));
    EXPECT_EQ(
        YAML::Load(run({"inspect", path("ca/alpha.crt"), "-o", "json"}).out)["isAuthority"]
            .as<bool>(),
        false);
    EXPECT_EQ(run({"inspect", path("ca/alpha.crt"), "--ca", path("ca/ca.crt")}).code, kExitOk);

    run({"init", "--dir", path("other")});
    const Result other = run({"inspect", path("ca/alpha.crt"), "--ca", path("other/ca.crt")});
    EXPECT_EQ(other.code, kExitDenied);
}

TEST_F(Pki, InspectRefusesWhatIsNoCertificate) {
    std::ofstream(path("junk")) << "junk";

    EXPECT_EQ(run({"inspect", path("junk")}).code, kExitUsage);
    EXPECT_EQ(run({"inspect", path("missing")}).code, kExitNotFound);
}

}  // namespace
}  // namespace weft::cli
