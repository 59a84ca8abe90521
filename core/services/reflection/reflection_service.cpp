// SPDX-License-Identifier: Apache-2.0
#include "core/services/reflection/reflection_service.h"

#include "core/services/server/dispatcher.h"

#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <atomic>
#include <memory>
#include <set>

namespace weft::services {

namespace {

namespace pb = grpc::reflection::v1alpha;
using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;

constexpr std::string_view kMethod =
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

void putError(grpc::StatusCode code, std::string_view text, pb::ServerReflectionResponse* answer) {
    auto* error = answer->mutable_error_response();
    error->set_error_code(static_cast<int>(code));
    error->set_error_message(std::string(text));
}

// The file and everything that it imports, each once.
void putFiles(const FileDescriptor* file, pb::ServerReflectionResponse* answer) {
    if (file == nullptr) {
        putError(grpc::StatusCode::NOT_FOUND, "not found", answer);
        return;
    }
    std::set<const FileDescriptor*> seen{file};
    std::vector<const FileDescriptor*> waiting{file};
    while (!waiting.empty()) {
        const FileDescriptor* next = waiting.back();
        waiting.pop_back();
        google::protobuf::FileDescriptorProto message;
        next->CopyTo(&message);
        // Else callers make their own of the names: "public_key" where reference nodes say
        // "publicKey".
        next->CopyJsonNameTo(&message);
        answer->mutable_file_descriptor_response()->add_file_descriptor_proto(
            message.SerializeAsString());
        for (int i = 0; i < next->dependency_count(); ++i) {
            if (seen.insert(next->dependency(i)).second) {
                waiting.push_back(next->dependency(i));
            }
        }
    }
}

class Conversation final
    : public grpc::ServerBidiReactor<pb::ServerReflectionRequest, pb::ServerReflectionResponse> {
public:
    Conversation(
        Dispatcher& dispatcher,
        const std::vector<std::string>& services,
        grpc::CallbackServerContext* context)
        : services_(services), counters_(dispatcher.counters().of(dispatcher.rowOf(kMethod))) {
        dispatcher.admit(
            *context,
            dispatcher.rowOf(kMethod),
            [this, decided = decided_](const StatusOr<weft::mesh::Caller>& caller) {
                if (decided->exchange(true)) {
                    return;
                }
                if (caller.ok()) {
                    StartRead(&request_);
                } else {
                    finish(caller.status());
                }
            });
    }

    void OnCancel() override {
        // Later, the read that is under way fails.
        if (!decided_->exchange(true)) {
            finish(cancelled("the caller has gone"));
        }
    }

    void OnReadDone(bool ok) override {
        if (!ok) {
            finish(okStatus());
            return;
        }
        answer_.Clear();
        answer_.set_valid_host(request_.host());
        *answer_.mutable_original_request() = request_;
        reply();
        StartWrite(&answer_);
    }

    void OnWriteDone(bool ok) override {
        if (!ok) {
            finish(cancelled("the caller has gone"));
            return;
        }
        StartRead(&request_);
    }

    void OnDone() override { delete this; }

private:
    void finish(const Status& status) {
        counters_.onHandled(static_cast<int>(status.code()));
        Finish(toGrpc(status));
    }

    void reply() {
        const DescriptorPool* pool = DescriptorPool::generated_pool();
        switch (request_.message_request_case()) {
        case pb::ServerReflectionRequest::kListServices:
            for (const auto& service : services_) {
                answer_.mutable_list_services_response()->add_service()->set_name(service);
            }
            break;
        case pb::ServerReflectionRequest::kFileByFilename:
            putFiles(pool->FindFileByName(request_.file_by_filename()), &answer_);
            break;
        case pb::ServerReflectionRequest::kFileContainingSymbol:
            putFiles(pool->FindFileContainingSymbol(request_.file_containing_symbol()), &answer_);
            break;
        default:
            // There are no extensions in proto3 files.
            putError(grpc::StatusCode::NOT_FOUND, "not found", &answer_);
            break;
        }
    }

    const std::vector<std::string>& services_;
    MethodCounters& counters_;
    /// Whether the admission has come, or the caller has gone before. Outlives this object, which
    /// is gone when the admission comes too late.
    const std::shared_ptr<std::atomic<bool>> decided_ = std::make_shared<std::atomic<bool>>(false);
    pb::ServerReflectionRequest request_;
    pb::ServerReflectionResponse answer_;
};

class ReflectionService final : public pb::ServerReflection::CallbackService {
public:
    ReflectionService(const NodeContext& context, std::vector<std::string> services)
        : context_(context), services_(std::move(services)) {}

    grpc::ServerBidiReactor<pb::ServerReflectionRequest, pb::ServerReflectionResponse>*
    ServerReflectionInfo(grpc::CallbackServerContext* context) override {
        return new Conversation(context_.dispatcher, services_, context);
    }

private:
    const NodeContext context_;
    const std::vector<std::string> services_;
};

}  // namespace

std::unique_ptr<grpc::Service> makeReflectionService(
    const NodeContext& context, std::vector<std::string> services) {
    return std::make_unique<ReflectionService>(context, std::move(services));
}

}  // namespace weft::services
