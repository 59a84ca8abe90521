// SPDX-License-Identifier: Apache-2.0
#include "core/base/mutex.h"
#include "core/mesh/member.h"
#include "core/services/link/grpc_member_link.h"
#include "tests/core/services/server_fixture.h"

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

TEST(PasswordAtOurServer, ProvesNothingAndIsToldSo) {
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
    EXPECT_THAT(messageOf(grant.status()), HasSubstr("checks no password"));
}

}  // namespace
}  // namespace weft::tests
