// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/echo_leader.h"

#include "core/base/check.h"
#include "tests/core/services/server_fixture.h"

#include <utility>

namespace weft::tests {

class EchoLeader::Call final : public grpc::ServerGenericBidiReactor {
public:
    Call(EchoLeader& leader, grpc::GenericCallbackServerContext* context)
        : leader_(leader), context_(context), method_(context->method()) {
        leader_.note([this](Seen& seen) {
            ++seen.calls;
            seen.headers.clear();
            for (const auto& [name, value] : context_->client_metadata()) {
                seen.headers.emplace(
                    std::string(name.data(), name.size()), std::string(value.data(), value.size()));
            }
            seen.deadline = context_->deadline();
        });
        context_->AddInitialMetadata("x-begin", "hello");
        if (method_ == "/test.Leader/Fail") {
            context_->AddTrailingMetadata("x-end", "failed");
            Finish({grpc::StatusCode::FAILED_PRECONDITION, "not today", failDetails()});
        } else if (method_ == "/test.Leader/Busy") {
            Finish({grpc::StatusCode::UNAVAILABLE, "too much to do"});
        } else if (method_ == "/test.Leader/Large") {
            const grpc::Slice slice(std::string(kLargeBytes, 'l'));
            message_ = grpc::ByteBuffer(&slice, 1);
            StartWriteAndFinish(&message_, {}, grpc::Status::OK);
        } else if (method_ == "/test.Leader/Pour") {
            const grpc::Slice slice(std::string(kPouredBytes, 'w'));
            message_ = grpc::ByteBuffer(&slice, 1);
            StartWrite(&message_);
        } else if (method_ == "/test.Leader/Wait") {
            StartSendInitialMetadata();
        } else {
            StartRead(&message_);
        }
    }

    void OnReadDone(bool ok) override {
        if (ok) {
            StartWrite(&message_);
        } else {
            context_->AddTrailingMetadata("x-end", "bye");
            finish(grpc::Status::OK);
        }
    }
    void OnWriteDone(bool ok) override {
        if (!ok) {
            finish(grpc::Status::CANCELLED);
        } else if (method_ == "/test.Leader/Pour") {
            leader_.note([](Seen& seen) { ++seen.poured; });
            StartWrite(&message_);
        } else {
            message_.Clear();
            StartRead(&message_);
        }
    }
    void OnCancel() override {
        leader_.note([](Seen& seen) { ++seen.cancelled; });
        // What is under way elsewhere fails and ends the call there.
        if (method_ == "/test.Leader/Wait") {
            finish(grpc::Status::CANCELLED);
        }
    }
    void OnDone() override {
        leader_.note([](Seen& seen) { ++seen.over; });
        delete this;
    }

private:
    void finish(const grpc::Status& status) { Finish(status); }

    EchoLeader& leader_;
    grpc::GenericCallbackServerContext* const context_;
    const std::string method_;
    grpc::ByteBuffer message_;
};

class EchoLeader::Service final : public grpc::CallbackGenericService {
public:
    explicit Service(EchoLeader& leader) : leader_(leader) {}
    grpc::ServerGenericBidiReactor* CreateReactor(
        grpc::GenericCallbackServerContext* context) override {
        return new Call(leader_, context);
    }

private:
    EchoLeader& leader_;
};

EchoLeader::EchoLeader() : service_(std::make_unique<Service>(*this)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &portBound_);
    builder.RegisterCallbackGenericService(service_.get());
    server_ = builder.BuildAndStart();
    WEFT_CHECK(server_ != nullptr);
    port_ = static_cast<std::uint16_t>(portBound_);
}

EchoLeader::~EchoLeader() {
    stop();
}

void EchoLeader::stop() {
    if (server_ != nullptr) {
        server_->Shutdown(std::chrono::system_clock::now());
        server_->Wait();
        server_.reset();
    }
}

void EchoLeader::note(const std::function<void(Seen&)>& change) {
    {
        const base::MutexLock lock(mutex_);
        change(seen_);
    }
    changed_.notifyAll();
}

EchoLeader::Seen EchoLeader::seen() const {
    const base::MutexLock lock(mutex_);
    return seen_;
}

EchoLeader::Seen EchoLeader::waitFor(const std::function<bool(const Seen&)>& wanted) const {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    const base::MutexLock lock(mutex_);
    while (!wanted(seen_) && std::chrono::steady_clock::now() < end) {
        changed_.waitUntil(mutex_, end);
    }
    return seen_;
}

const std::string& EchoLeader::failDetails() {
    static const std::string details("\x08\x09\x12\x03why\x00\xff", 9);
    return details;
}

}  // namespace weft::tests
