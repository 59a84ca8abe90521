// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/core/services/server_fixture.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace weft::tests {

/// A call of any method, step by step. Each step waits for its end, and fails the test when none
/// comes.
class Chat {
public:
    using Headers = std::multimap<std::string, std::string>;

    Chat(
        const std::shared_ptr<grpc::Channel>& channel,
        const std::string& method,
        const Headers& headers = {},
        std::chrono::milliseconds limit = kPatience)
        : stub_(channel) {
        context_.set_deadline(std::chrono::system_clock::now() + limit);
        for (const auto& [name, value] : headers) {
            context_.AddMetadata(name, value);
        }
        stream_ = stub_.PrepareCall(&context_, method, &queue_);
        stream_->StartCall(this);
        wait();
    }
    ~Chat() {
        context_.TryCancel();
        if (!finished_) {
            finish();
        }
        queue_.Shutdown();
    }
    Chat(const Chat&) = delete;
    Chat& operator=(const Chat&) = delete;

    bool write(const std::string& text) {
        const grpc::Slice slice(text);
        stream_->Write(grpc::ByteBuffer(&slice, 1), this);
        return wait();
    }
    bool closeWriting() {
        stream_->WritesDone(this);
        return wait();
    }
    bool readHeaders() {
        stream_->ReadInitialMetadata(this);
        return wait();
    }
    std::optional<std::string> read() {
        grpc::ByteBuffer message;
        stream_->Read(&message, this);
        grpc::Slice slice;
        if (!wait() || !message.DumpToSingleSlice(&slice).ok()) {
            return std::nullopt;
        }
        return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    grpc::Status finish() {
        grpc::Status status;
        finished_ = true;
        stream_->Finish(&status, this);
        wait();
        return status;
    }
    /// One request, and what came of it. `answer` gets the response.
    grpc::Status ask(const std::string& request, std::string* answer = nullptr) {
        if (write(request)) {
            closeWriting();
        }
        const auto response = read();
        if (response && answer != nullptr) {
            *answer = *response;
        }
        return finish();
    }
    void cancel() { context_.TryCancel(); }

    std::string header(const std::string& name) const {
        return valueOf(context_.GetServerInitialMetadata(), name);
    }
    std::string trailer(const std::string& name) const {
        return valueOf(context_.GetServerTrailingMetadata(), name);
    }

private:
    template <typename Metadata>
    static std::string valueOf(const Metadata& metadata, const std::string& name) {
        const auto found = metadata.find(name);
        return found == metadata.end() ? ""
                                       : std::string(found->second.data(), found->second.size());
    }

    bool wait() {
        void* tag = nullptr;
        bool ok = false;
        const auto end = std::chrono::system_clock::now() + 2 * kPatience;
        const auto got = queue_.AsyncNext(&tag, &ok, end);
        EXPECT_EQ(got, grpc::CompletionQueue::GOT_EVENT) << "nothing happened";
        return got == grpc::CompletionQueue::GOT_EVENT && ok;
    }

    grpc::GenericStub stub_;
    grpc::ClientContext context_;
    grpc::CompletionQueue queue_;
    std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
    bool finished_ = false;
};

}  // namespace weft::tests
