// SPDX-License-Identifier: Apache-2.0
#include "v1/admin.grpc.pb.h"
#include "v1/members.grpc.pb.h"
#include "v1/webrtc.grpc.pb.h"
#include "weft/mesh/v1/mesh.grpc.pb.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace weft::tests {
namespace {

/// Uses the stub, so that the linker takes it, and looks the service up as reflection does.
template <typename Service>
const google::protobuf::ServiceDescriptor* describe() {
    const auto channel = grpc::CreateChannel("unix:/nowhere", grpc::InsecureChannelCredentials());
    const auto stub = Service::NewStub(channel);
    return google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
        Service::service_full_name());
}

TEST(ServiceDescriptors, AreInEveryProgramThatUsesTheStubs) {
    // v1.Admin is the case in point: no message is defined in its file.
    EXPECT_NE(describe<::v1::Admin>(), nullptr);
    EXPECT_NE(describe<::v1::Membership>(), nullptr);
    EXPECT_NE(describe<::v1::WebRTC>(), nullptr);
    EXPECT_NE(describe<weft::mesh::v1::Enrolment>(), nullptr);
}

}  // namespace
}  // namespace weft::tests
