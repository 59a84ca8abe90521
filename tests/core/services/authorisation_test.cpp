// SPDX-License-Identifier: Apache-2.0
#include "core/services/link/channel.h"
#include "core/services/server/method_table.h"
#include "tests/core/services/server_fixture.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>

namespace weft::tests {
namespace {

using services::Access;
using services::MethodRow;

/// What a caller of one method comes to see.
enum class Outcome { Admitted, Unimplemented, Unauthenticated, Denied, NoConnection };

/// One call with an empty request, of any shape. An answer, or any error that is not about the
/// caller, means that it was admitted.
class EmptyCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
public:
    EmptyCall(
        const std::shared_ptr<grpc::Channel>& channel,
        std::string_view method,
        const std::multimap<std::string, std::string>& headers)
        : stub_(channel) {
        for (const auto& [name, value] : headers) {
            context_.AddMetadata(name, value);
        }
        // A stream without a message ends by this, which shows that it was open.
        context_.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(400));
        stub_.PrepareBidiStreamingCall(&context_, std::string(method), {}, this);
        StartWriteLast(&empty_, {});
        StartRead(&answer_);
        StartCall();
    }

    void OnReadDone(bool ok) override {
        if (ok) {
            answered_ = true;
            context_.TryCancel();
        }
    }

    void OnDone(const grpc::Status& status) override {
        const std::lock_guard lock(mutex_);
        status_ = status;
        done_ = true;
        over_.notify_one();
    }

    Outcome outcome() {
        std::unique_lock lock(mutex_);
        over_.wait(lock, [this] { return done_; });
        if (answered_) {
            return Outcome::Admitted;
        }
        switch (status_.error_code()) {
        case grpc::StatusCode::UNIMPLEMENTED:
            return Outcome::Unimplemented;
        case grpc::StatusCode::UNAUTHENTICATED:
            return Outcome::Unauthenticated;
        case grpc::StatusCode::PERMISSION_DENIED:
            // Not yet a tunnel, not yet a record: such answers have other codes. A host that
            // refuses for a reason of its own says more than the table does.
            return status_.error_message() == "permission denied" ? Outcome::Denied
                                                                  : Outcome::Admitted;
        case grpc::StatusCode::UNAVAILABLE:
            return Outcome::NoConnection;
        default:
            return Outcome::Admitted;
        }
    }

private:
    grpc::GenericStub stub_;
    grpc::ClientContext context_;
    grpc::ByteBuffer empty_ = [] {
        const grpc::Slice slice;
        return grpc::ByteBuffer(&slice, 1);
    }();
    grpc::ByteBuffer answer_;
    std::atomic<bool> answered_{false};
    std::mutex mutex_;
    std::condition_variable over_;
    grpc::Status status_;
    bool done_ = false;
};

struct CallerCase {
    std::string name;
    std::string certificate;
    std::multimap<std::string, std::string> headers;
};

Outcome admitted(const MethodRow& row) {
    return row.built ? Outcome::Admitted : Outcome::Unimplemented;
}

// What the table means for one kind of caller, written out a second time.
Outcome expected(const MethodRow& row, const CallerCase& caller) {
    if (caller.name == "duplicated header") {
        return Outcome::Unauthenticated;
    }
    const bool admin = caller.certificate == "boss";
    const bool member = caller.certificate == "bravo";
    switch (row.access) {
    case Access::Anyone:
        return admitted(row);
    case Access::Authenticated:
        return caller.certificate.empty() ? Outcome::Unauthenticated : admitted(row);
    case Access::InMesh:
        if (caller.certificate.empty()) {
            return Outcome::Unauthenticated;
        }
        return member || admin ? admitted(row) : Outcome::Denied;
    case Access::Admin:
        if (caller.certificate.empty()) {
            return Outcome::Unauthenticated;
        }
        return admin ? admitted(row) : Outcome::Denied;
    case Access::LocalOnly:
        return Outcome::Denied;
    }
    return Outcome::Denied;
}

class Authorisation : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(fixture_.joinDirectly("bravo").ok()); }

    ServerFixture fixture_{
        mesh::Authentication::Required, services::TlsMode::Mutual, [](auto* options) {
            options->calls.callBurst = 1e6;
        }};
};

TEST_F(Authorisation, HoldsForEveryMethodAndEveryKindOfCaller) {
    const std::vector<CallerCase> callers{
        {"nobody", "", {}},
        {"stranger with a certificate", "stranger", {}},
        {"member", "bravo", {}},
        {"administrator", "boss", {}},
        {"nobody, proxied", "", {{"x-webmesh-proxied-for", "boss"}}},
        {"member, proxied",
         "bravo",
         {{"x-webmesh-proxied-for", "boss"}, {"x-webmesh-proxied-from", "alpha"}}},
        {"duplicated header",
         "boss",
         {{"x-webmesh-basic-auth-username", "boss"}, {"x-webmesh-basic-auth-username", "eve"}}},
    };
    for (const auto& caller : callers) {
        const auto channel = fixture_.channelAs(caller.certificate);
        std::map<std::string_view, std::unique_ptr<EmptyCall>> calls;
        for (const auto& row : services::methodRows()) {
            calls[row.name] = std::make_unique<EmptyCall>(channel, row.name, caller.headers);
        }
        for (const auto& row : services::methodRows()) {
            EXPECT_EQ(calls[row.name]->outcome(), expected(row, caller))
                << row.name << " called by " << caller.name;
        }
    }
}

TEST_F(Authorisation, AnswersUnimplementedForMethodsThatNobodyKnows) {
    const auto channel = fixture_.channelAs("boss");

    EmptyCall call(channel, "/v1.Node/Imaginary", {});
    EmptyCall other(channel, "/nothing", {});

    EXPECT_EQ(call.outcome(), Outcome::Unimplemented);
    EXPECT_EQ(other.outcome(), Outcome::Unimplemented);
}

TEST_F(Authorisation, LetsNoCertificateOfAnotherAuthorityThroughTheHandshake) {
    const TestAuthority stranger("another mesh");
    auto options = fixture_.linkOptionsAs("");
    options.identity = stranger.issue("boss");
    const auto channel = services::makeChannel(fixture_.address(), options);
    std::vector<std::unique_ptr<EmptyCall>> calls;
    for (const auto& row : services::methodRows()) {
        calls.push_back(
            std::make_unique<EmptyCall>(channel, row.name, decltype(CallerCase::headers){}));
    }

    for (const auto& call : calls) {
        EXPECT_EQ(call->outcome(), Outcome::NoConnection);
    }
}

TEST(MeshServerStart, FailsWhenAMethodHasNoRow) {
    ServerFixture fixture;
    std::vector<MethodRow> rows(services::methodRows().begin(), services::methodRows().end());
    std::erase_if(rows, [](const MethodRow& row) { return row.name == "/v1.Admin/PutRole"; });
    services::MeshServerOptions options;
    options.listen = {"127.0.0.1", 0};
    options.tls = services::TlsMode::Insecure;
    options.methods = rows;

    const auto server =
        services::MeshServer::start(std::move(options), {fixture.loop, *fixture.host, nullptr});

    EXPECT_EQ(server.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(server.status()), ::testing::HasSubstr("/v1.Admin/PutRole"));
}

}  // namespace
}  // namespace weft::tests
