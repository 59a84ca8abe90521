// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/core/services/server_fixture.h"

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <chrono>

namespace weft::tests {

/// No call of a test waits for ever.
inline void limit(grpc::ClientContext* context) {
    context->set_deadline(std::chrono::system_clock::now() + kPatience);
}

/// A server with one member, bravo, that may read and write what is published.
class ServiceCalls : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(fixture_.joinDirectly("bravo").ok());
        fixture_.allow(
            "bravo",
            mesh::policy::Resource::PubSub,
            {mesh::policy::Verb::Put, mesh::policy::Verb::Get});
    }

    ServerFixture fixture_;
};

}  // namespace weft::tests
