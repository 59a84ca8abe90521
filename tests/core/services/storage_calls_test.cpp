// SPDX-License-Identifier: Apache-2.0
// Reading, publishing and following keys of the storage.
#include "tests/core/services/service_calls_fixture.h"

#include "v1/storage.grpc.pb.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>

#include <vector>

namespace weft::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class StorageCalls : public ServiceCalls {
protected:
    std::vector<::v1::QueryResponse> query(
        const std::string& as,
        ::v1::QueryRequest::QueryCommand command,
        const std::string& text,
        grpc::Status* status) {
        const auto stub = ::v1::StorageQueryService::NewStub(fixture_.channelAs(as));
        grpc::ClientContext context;
        limit(&context);
        ::v1::QueryRequest request;
        request.set_command(command);
        request.set_query(text);
        const auto reader = stub->Query(&context, request);
        std::vector<::v1::QueryResponse> messages;
        ::v1::QueryResponse message;
        while (reader->Read(&message)) {
            messages.push_back(message);
        }
        *status = reader->Finish();
        return messages;
    }

    using Stub = ::v1::StorageQueryService::Stub;

    grpc::Status publish(Stub& stub, const std::string& key, const std::string& value) {
        grpc::ClientContext context;
        limit(&context);
        ::v1::PublishRequest request;
        request.set_key(key);
        request.set_value(value);
        ::v1::PublishResponse response;
        return stub.Publish(&context, request, &response);
    }

    grpc::Status publish(const std::string& key, const std::string& value) {
        return publish(
            *::v1::StorageQueryService::NewStub(fixture_.channelAs("bravo")), key, value);
    }
};

TEST_F(StorageCalls, QueryGetAnswersOneMessageWithOneValueOrTheError) {
    grpc::Status status;
    ASSERT_TRUE(publish("colour", "").ok());

    const auto there = query("bravo", ::v1::QueryRequest::GET, "colour", &status);
    ASSERT_TRUE(status.ok());
    ASSERT_EQ(there.size(), 1U);
    EXPECT_THAT(there[0].value(), ElementsAre(""));
    EXPECT_THAT(there[0].error(), IsEmpty());

    const auto missing = query("bravo", ::v1::QueryRequest::GET, "shape", &status);
    ASSERT_TRUE(status.ok());
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0].value_size(), 0);
    EXPECT_EQ(missing[0].key(), "shape");
    EXPECT_THAT(missing[0].error(), HasSubstr("key not found"));
}

TEST_F(StorageCalls, QueryListAnswersFullKeysInOneMessage) {
    grpc::Status status;
    ASSERT_TRUE(publish("x/b", "2").ok());
    ASSERT_TRUE(publish("x/a", "1").ok());

    const auto answer = query("bravo", ::v1::QueryRequest::LIST, "x/", &status);

    ASSERT_TRUE(status.ok());
    ASSERT_EQ(answer.size(), 1U);
    EXPECT_EQ(answer[0].key(), "x/");
    EXPECT_THAT(answer[0].value(), ElementsAre("x/a", "x/b"));
}

TEST_F(StorageCalls, QueryIterAnswersPairsAndThenTheEnd) {
    grpc::Status status;
    ASSERT_TRUE(publish("x/b", "2").ok());
    ASSERT_TRUE(publish("x/a", "1").ok());

    const auto answer = query("bravo", ::v1::QueryRequest::ITER, "x/", &status);

    ASSERT_TRUE(status.ok());
    ASSERT_EQ(answer.size(), 3U);
    EXPECT_EQ(answer[0].key(), "x/a");
    EXPECT_THAT(answer[0].value(), ElementsAre("1"));
    EXPECT_EQ(answer[1].key(), "x/b");
    EXPECT_THAT(answer[2].key(), IsEmpty());
    EXPECT_EQ(answer[2].error(), "EOF");
}

TEST_F(StorageCalls, QueryIterOfNothingIsTheEndAlone) {
    grpc::Status status;

    const auto answer = query("bravo", ::v1::QueryRequest::ITER, "nothing/", &status);

    ASSERT_TRUE(status.ok());
    ASSERT_EQ(answer.size(), 1U);
    EXPECT_EQ(answer[0].error(), "EOF");
}

TEST_F(StorageCalls, QueryRefusesOtherCommands) {
    grpc::Status status;
    query("bravo", ::v1::QueryRequest::UNKNOWN, "x", &status);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);

    query("bravo", static_cast<::v1::QueryRequest::QueryCommand>(77), "x", &status);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);

    query("bravo", ::v1::QueryRequest::GET, "", &status);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(StorageCalls, QueryHidesOurOwnDataFromAllButTheAdministrator) {
    grpc::Status status;
    ASSERT_TRUE(fixture_.store->put("/weft/v1/invitations/1", "digest").ok());

    for (const auto command : {::v1::QueryRequest::LIST, ::v1::QueryRequest::ITER}) {
        for (const auto& message : query("bravo", command, "", &status)) {
            EXPECT_THAT(message.key(), ::testing::Not(StartsWith("/weft/v1/")));
            for (const auto& value : message.value()) {
                EXPECT_THAT(value, ::testing::Not(StartsWith("/weft/v1/")));
            }
        }
    }
    const auto got = query("bravo", ::v1::QueryRequest::GET, "/weft/v1/invitations/1", &status);
    EXPECT_EQ(got.at(0).value_size(), 0);
    EXPECT_EQ(got.at(0).error(), "key not found: /weft/v1/invitations/1");
    const auto admin = query("boss", ::v1::QueryRequest::GET, "/weft/v1/invitations/1", &status);
    EXPECT_THAT(admin.at(0).value(), ElementsAre("digest"));
}

TEST_F(StorageCalls, PublishRefusesReservedKeysAndWrongTimes) {
    EXPECT_EQ(publish("/registry/nodes/x", "{}").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(publish("/raft/x", "").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(publish("/weft/v1/x", "").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(publish("", "").error_code(), grpc::StatusCode::INVALID_ARGUMENT);

    const auto stub = ::v1::StorageQueryService::NewStub(fixture_.channelAs("bravo"));
    for (const std::int64_t seconds : {std::int64_t{-1}, std::int64_t{1} << 40}) {
        grpc::ClientContext context;
        ::v1::PublishRequest request;
        request.set_key("x");
        request.mutable_ttl()->set_seconds(seconds);
        ::v1::PublishResponse response;
        EXPECT_EQ(
            stub->Publish(&context, request, &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
    }
}

TEST_F(StorageCalls, SubscribeTellsLaterChangesOnly) {
    ASSERT_TRUE(publish("x/old", "1").ok());
    const auto stub = ::v1::StorageQueryService::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext context;
    limit(&context);
    ::v1::SubscribeRequest request;
    const auto reader = stub->Subscribe(&context, request);
    reader->WaitForInitialMetadata();

    ASSERT_TRUE(fixture_.store->put("/weft/v1/hidden", "1").ok());
    ASSERT_TRUE(publish("x/new", "2").ok());
    ASSERT_TRUE(fixture_.store->erase("x/new").ok());

    ::v1::SubscriptionEvent event;
    ASSERT_TRUE(reader->Read(&event));
    EXPECT_EQ(event.key(), "x/new");
    EXPECT_EQ(event.value(), "2");
    ASSERT_TRUE(reader->Read(&event));
    EXPECT_EQ(event.key(), "x/new");
    EXPECT_EQ(event.value(), "");
    context.TryCancel();
    reader->Finish();
}

TEST_F(StorageCalls, SubscribeEndsForAReaderThatIsTooSlow) {
    const auto stub = ::v1::StorageQueryService::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext context;
    limit(&context);
    const auto reader = stub->Subscribe(&context, {});
    reader->WaitForInitialMetadata();
    // Far more than the windows of the transport and the queue take together.
    const std::string large(1 << 19, 'x');
    for (int i = 0; i < 16; ++i) {
        ASSERT_TRUE(fixture_.store->put("x", large + std::to_string(i)).ok());
    }

    ::v1::SubscriptionEvent event;
    int received = 0;
    while (reader->Read(&event)) {
        ++received;
    }

    EXPECT_LT(received, 16);
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(StorageCalls, MessagesPastTheReceiveLimitAreRefused) {
    const auto stub = ::v1::StorageQueryService::NewStub(fixture_.channelAs("bravo"));
    // A connection without any call is cut when so much comes in slowly.
    ASSERT_TRUE(publish(*stub, "x", "").ok());

    const auto status = publish(*stub, "x", std::string((std::size_t{1} << 20) + 1, 'x'));

    EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

}  // namespace
}  // namespace weft::tests
