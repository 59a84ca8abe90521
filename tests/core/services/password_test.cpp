// SPDX-License-Identifier: Apache-2.0
#include "core/base/check.h"
#include "core/base/file.h"
#include "core/base/mutex.h"
#include "core/mesh/member.h"
#include "core/services/auth/htpasswd_authenticator.h"
#include "core/services/auth/login_limiter.h"
#include "core/services/link/grpc_member_link.h"
#include "tests/core/services/server_fixture.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <map>

namespace weft::tests {
namespace {

using services::LinkOptions;
using services::PasswordCredential;
using services::TlsMode;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using Headers = std::map<std::string, std::string>;

/// Notes the headers of every call and answers it the way a reference node does: UNAUTHENTICATED
/// unless the password is right, else UNIMPLEMENTED.
class PasswordService final : public grpc::CallbackGenericService {
public:
    grpc::ServerGenericBidiReactor* CreateReactor(
        grpc::GenericCallbackServerContext* context) override {
        struct Reactor final : grpc::ServerGenericBidiReactor {
            void OnDone() override { delete this; }
        };
        Headers headers;
        for (const auto& [name, value] : context->client_metadata()) {
            headers[{name.data(), name.size()}] = {value.data(), value.size()};
        }
        const bool right = headers["x-webmesh-basic-auth-password"] == "correct horse";
        {
            const base::MutexLock lock(mutex_);
            calls_.push_back(std::move(headers));
        }
        auto* reactor = new Reactor;
        reactor->Finish(
            right ? grpc::Status(grpc::UNIMPLEMENTED, "not here")
                  : grpc::Status(grpc::UNAUTHENTICATED, "authenticate: invalid credentials"));
        return reactor;
    }
    std::vector<Headers> calls() {
        const base::MutexLock lock(mutex_);
        return calls_;
    }

private:
    base::Mutex mutex_;
    std::vector<Headers> calls_ WEFT_GUARDED_BY(mutex_);
};

class PasswordTest : public ::testing::Test {
protected:
    PasswordTest() {
        const auto identity = authority_.issue("alpha");
        grpc::SslServerCredentialsOptions tls;
        tls.pem_key_cert_pairs.push_back(
            {std::string(identity.keyPem.revealText()), identity.certificatePem});
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port_);
        builder.RegisterCallbackGenericService(&service_);
        server_ = builder.BuildAndStart();
    }
    ~PasswordTest() override {
        onLoop([this] {
            member_.reset();
            link_.reset();
            factory_.reset();
        });
        server_->Shutdown();
    }

    void onLoop(const std::function<void()>& task) {
        std::promise<void> done;
        loop_.post([&task, &done] {
            task();
            done.set_value();
        });
        done.get_future().wait();
    }
    LinkOptions optionsWith(std::string_view password) const {
        LinkOptions options;
        options.tls = TlsMode::ServerOnly;
        options.authorityPem = authority_.pem();
        options.password = {
            PasswordCredential::Scheme::Basic, "bravo", crypto::SecretBytes(password)};
        return options;
    }
    net::HostPort address() const { return {"127.0.0.1", static_cast<std::uint16_t>(port_)}; }
    Status dial(LinkOptions options) {
        Status status;
        onLoop([&] {
            factory_ = std::make_unique<services::GrpcMemberLinkFactory>(std::move(options), loop_);
            auto dialled = factory_->dial(address());
            status = dialled.status();
            if (dialled.ok()) {
                link_ = *std::move(dialled);
            }
        });
        return status;
    }
    Status await(const std::function<void(StatusCallback)>& begin) {
        auto done = std::make_shared<std::promise<Status>>();
        auto answer = done->get_future();
        onLoop([&] { begin([done](const Status& status) { done->set_value(status); }); });
        return answer.wait_for(kPatience) == std::future_status::ready ? answer.get()
                                                                       : internalError("silence");
    }

    TestAuthority authority_;
    PasswordService service_;
    int port_ = 0;
    std::unique_ptr<grpc::Server> server_;
    base::AsioLoop loop_{"test-node"};
    std::unique_ptr<services::GrpcMemberLinkFactory> factory_;
    std::unique_ptr<mesh::MemberLink> link_;
    std::unique_ptr<mesh::Member> member_;
};

TEST_F(PasswordTest, GoesWithEveryCallAndStream) {
    ASSERT_TRUE(dial(optionsWith("correct horse")).ok());
    Subscription stream;

    const auto left =
        await([&](auto done) { link_->leave(mesh::NodeId("bravo"), std::move(done)); });
    const auto ended = await([&](auto done) {
        stream = link_->subscribePeers(
            mesh::NodeId("bravo"), [](const auto&) {}, std::move(done));
    });

    EXPECT_EQ(left.code(), StatusCode::kUnimplemented);
    EXPECT_EQ(ended.code(), StatusCode::kUnimplemented);
    EXPECT_EQ(service_.calls().size(), 2U);
    EXPECT_THAT(
        service_.calls(),
        Each(AllOf(
            Contains(Pair("x-webmesh-basic-auth-username", "bravo")),
            Contains(Pair("x-webmesh-basic-auth-password", "correct horse")))));
}

TEST_F(PasswordTest, OfADirectoryGoesUnderItsOwnNames) {
    auto options = optionsWith("correct horse");
    options.password.scheme = PasswordCredential::Scheme::Ldap;
    ASSERT_TRUE(dial(std::move(options)).ok());

    const auto left =
        await([&](auto done) { link_->leave(mesh::NodeId("bravo"), std::move(done)); });

    // The server knows the other names only.
    EXPECT_EQ(left.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(
        service_.calls(),
        Each(AllOf(
            Contains(Pair("x-webmesh-ldap-auth-username", "bravo")),
            Contains(Pair("x-webmesh-ldap-auth-password", "correct horse")),
            Not(Contains(Pair("x-webmesh-basic-auth-password", "correct horse"))))));
}

TEST_F(PasswordTest, GoesToNoServerOfAnotherAuthority) {
    auto options = optionsWith("correct horse");
    options.authorityPem = TestAuthority("another mesh").pem();
    ASSERT_TRUE(dial(std::move(options)).ok());

    const auto left =
        await([&](auto done) { link_->leave(mesh::NodeId("bravo"), std::move(done)); });

    EXPECT_EQ(left.code(), StatusCode::kUnauthenticated);
    EXPECT_TRUE(service_.calls().empty());
}

TEST_F(PasswordTest, IsNotSentWithoutTls) {
    auto options = optionsWith("correct horse");
    options.tls = TlsMode::Insecure;

    const auto status = dial(std::move(options));

    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(status), HasSubstr("without TLS"));
}

TEST_F(PasswordTest, ThatAHeaderCannotCarryIsRefusedAndNotShown) {
    for (const char* password : {"p\xC3\xA4ssword", "two\nlines", " padded", "padded ", ""}) {
        const auto status = dial(optionsWith(password));

        EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << password;
        EXPECT_THAT(messageOf(status), HasSubstr("the password"));
        EXPECT_THAT(messageOf(status), Not(HasSubstr("padded")));
    }
    EXPECT_EQ(
        dial(optionsWith(std::string(PasswordCredential::kMaxBytes + 1, 'x'))).code(),
        StatusCode::kInvalidArgument);
    EXPECT_TRUE(dial(optionsWith(std::string(PasswordCredential::kMaxBytes, 'x'))).ok());
}

TEST_F(PasswordTest, ThatIsWrongEndsTheAttemptsWithTheReason) {
    ASSERT_TRUE(dial(optionsWith("battery staple")).ok());
    mesh::MemberOptions options;
    options.join = joinParamsOf("bravo");
    options.joinAddresses = {address()};
    options.showsPassword = true;
    Subscription changes;

    const auto failure = await([&](const auto& done) {
        member_ = mesh::Member::create(options, loop_, *factory_);
        changes = member_->onChange([this, done] {
            if (member_->status().phase == mesh::MemberPhase::Failed) {
                done(member_->status().failure);
            }
        });
        member_->start();
    });
    onLoop([&] { changes.cancel(); });

    EXPECT_EQ(failure.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(failure), HasSubstr("user name or the password"));
    EXPECT_THAT(messageOf(failure), Not(HasSubstr("battery")));
    EXPECT_EQ(service_.calls().size(), 1U);
}

/// "correct horse", the cheapest bcrypt.
constexpr std::string_view kHash = "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

class PasswordAtOurServer : public ::testing::TestWithParam<TlsMode> {
protected:
    ~PasswordAtOurServer() override {
        fixture_.onLoop([this] {
            link_.reset();
            factory_.reset();
        });
    }

    std::unique_ptr<services::Authenticator> openFile() {
        WEFT_CHECK(
            base::writeFileAtomically(
                folder_.path() / "htpasswd", fmt::format("bravo:{0}\nboss:{0}\nalpha:{0}\n", kHash))
                .ok());
        return *services::HtpasswdAuthenticator::open(folder_.path() / "htpasswd", clock_);
    }
    mesh::MemberLink& linkAs(
        const std::string& name, std::string_view password, const std::string& certificate = "") {
        auto options = fixture_.linkOptionsAs(certificate);
        options.password = {PasswordCredential::Scheme::Basic, name, crypto::SecretBytes(password)};
        fixture_.onLoop([&] {
            link_.reset();
            factory_ = std::make_unique<services::GrpcMemberLinkFactory>(
                std::move(options), fixture_.loop);
            link_ = *factory_->dial(fixture_.address());
        });
        return *link_;
    }
    Status join(mesh::MemberLink& link, const std::string& id) {
        return fixture_
            .await<StatusOr<mesh::JoinGrant>>(
                [&](const auto& done) { link.join(joinParamsOf(id), done); })
            .status();
    }

    TempDir folder_;
    base::SystemClock clock_;
    ServerFixture fixture_{mesh::Authentication::Required, GetParam(), [this](auto* options) {
                               options->authenticators.push_back(openFile());
                           }};
    std::unique_ptr<services::GrpcMemberLinkFactory> factory_;
    std::unique_ptr<mesh::MemberLink> link_;
};

INSTANTIATE_TEST_SUITE_P(
    Tls,
    PasswordAtOurServer,
    ::testing::Values(TlsMode::ServerOnly, TlsMode::Mutual),
    [](const auto& mode) { return mode.param == TlsMode::Mutual ? "Mutual" : "ServerOnly"; });

TEST_P(PasswordAtOurServer, LetsANodeInUnderItsOwnName) {
    auto& link = linkAs("bravo", "correct horse");

    EXPECT_EQ(join(link, "charlie").code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(join(link, "bravo").ok());
    const auto servers = fixture_.await<StatusOr<std::vector<mesh::StorageServer>>>(
        [&](const auto& done) { link.storageServers(done); });
    EXPECT_TRUE(servers.ok());
}

TEST_P(PasswordAtOurServer, CarriesStreams) {
    auto& link = linkAs("bravo", "correct horse");
    ASSERT_TRUE(join(link, "bravo").ok());
    auto told = std::make_shared<std::promise<mesh::PeerSet>>();
    auto first = told->get_future();
    Subscription stream;

    fixture_.onLoop([&] {
        stream = link.subscribePeers(
            mesh::NodeId("bravo"),
            [told, heard = false](const mesh::PeerSet& peers) mutable {
                if (!std::exchange(heard, true)) {
                    told->set_value(peers);
                }
            },
            [](const Status&) {});
    });

    ASSERT_EQ(first.wait_for(kPatience), std::future_status::ready);
    EXPECT_EQ(first.get().peers.size(), 1U);
    fixture_.onLoop([&] { stream.cancel(); });
}

TEST_P(PasswordAtOurServer, ThatIsWrongGetsTheAnswerOfAnUnknownName) {
    const auto wrong = join(linkAs("bravo", "battery staple"), "bravo");
    const auto unknown = join(linkAs("stranger", "battery staple"), "stranger");

    EXPECT_EQ(wrong.code(), StatusCode::kUnauthenticated);
    EXPECT_EQ(wrong, unknown);
    EXPECT_THAT(messageOf(wrong), Not(HasSubstr("battery")));
}

TEST_P(PasswordAtOurServer, IsGuessedFiveTimesAMinute) {
    for (int i = 0; i < services::LoginLimiter::kMaxOfName; ++i) {
        EXPECT_EQ(
            join(linkAs("boss", fmt::format("guess{}", i)), "boss").code(),
            StatusCode::kUnauthenticated);
    }

    EXPECT_EQ(join(linkAs("boss", "correct horse"), "boss").code(), StatusCode::kResourceExhausted);
}

TEST_P(PasswordAtOurServer, OfADirectoryThatIsNotAskedProvesNothing) {
    auto options = fixture_.linkOptionsAs("");
    options.password = {
        PasswordCredential::Scheme::Ldap, "bravo", crypto::SecretBytes("correct horse")};
    fixture_.onLoop([&] {
        factory_ =
            std::make_unique<services::GrpcMemberLinkFactory>(std::move(options), fixture_.loop);
        link_ = *factory_->dial(fixture_.address());
    });

    const auto status = join(*link_, "bravo");

    EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(status), HasSubstr("checks no such password"));
}

TEST(PasswordBesideACertificate, MustBeOfTheSameIdentity) {
    TempDir folder;
    const base::SystemClock clock;
    const auto path = folder.path() / "htpasswd";
    ASSERT_TRUE(base::writeFileAtomically(path, fmt::format("boss:{}\n", kHash)).ok());
    ServerFixture fixture(mesh::Authentication::Required, TlsMode::Mutual, [&](auto* options) {
        options->authenticators.push_back(*services::HtpasswdAuthenticator::open(path, clock));
    });
    std::unique_ptr<services::GrpcMemberLinkFactory> factory;
    std::unique_ptr<mesh::MemberLink> link;
    std::map<std::string, StatusCode> answers;

    for (const std::string certificate : {"boss", "bravo"}) {
        auto options = fixture.linkOptionsAs(certificate);
        options.password = {
            PasswordCredential::Scheme::Basic, "boss", crypto::SecretBytes("correct horse")};
        const auto grant = fixture.await<StatusOr<mesh::JoinGrant>>([&](const auto& done) {
            link.reset();
            factory =
                std::make_unique<services::GrpcMemberLinkFactory>(std::move(options), fixture.loop);
            link = *factory->dial(fixture.address());
            link->join(joinParamsOf(certificate), done);
        });
        answers[certificate] = grant.status().code();
    }
    fixture.onLoop([&] {
        link.reset();
        factory.reset();
    });

    EXPECT_EQ(answers["boss"], StatusCode::kOk);
    EXPECT_EQ(answers["bravo"], StatusCode::kPermissionDenied);
}

TEST(PasswordWithoutAnAuthenticator, ProvesNothingAndIsToldSo) {
    ServerFixture fixture;
    auto options = fixture.linkOptionsAs("");
    options.password = {
        PasswordCredential::Scheme::Basic, "boss", crypto::SecretBytes("correct horse")};
    std::unique_ptr<services::GrpcMemberLinkFactory> factory;
    std::unique_ptr<mesh::MemberLink> link;

    const auto grant = fixture.await<StatusOr<mesh::JoinGrant>>([&](const auto& done) {
        factory =
            std::make_unique<services::GrpcMemberLinkFactory>(std::move(options), fixture.loop);
        link = *factory->dial(fixture.address());
        link->join(joinParamsOf("bravo"), done);
    });
    fixture.onLoop([&] {
        link.reset();
        factory.reset();
    });

    EXPECT_EQ(grant.status().code(), StatusCode::kUnauthenticated);
    EXPECT_THAT(messageOf(grant.status()), HasSubstr("checks no such password"));
}

}  // namespace
}  // namespace weft::tests
