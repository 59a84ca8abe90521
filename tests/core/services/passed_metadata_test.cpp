// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/passed_metadata.h"

#include <gtest/gtest.h>

#include <string>

namespace weft::services {
namespace {

TEST(PassedMetadata, WhatIsListedGoesToTheLeader) {
    EXPECT_TRUE(goesToLeader("x-weft-key-change-time", "1790000000"));
    EXPECT_TRUE(goesToLeader("x-weft-key-change-signature-bin", std::string("\0\xff\n", 3)));
    EXPECT_TRUE(goesToLeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-01"));
    EXPECT_TRUE(goesToLeader("tracestate", ""));
}

TEST(PassedMetadata, NoCredentialAndNoIdentityGoesToTheLeader) {
    for (const char* name :
         {"authorization",
          "cookie",
          "x-webmesh-basic-auth-username",
          "x-webmesh-basic-auth-password",
          "x-webmesh-ldap-auth-username",
          "x-webmesh-ldap-auth-password",
          "x-webmesh-id-auth-peer-id",
          "x-webmesh-id-auth-signature",
          "x-webmesh-proxied-for",
          "x-webmesh-proxied-from",
          "x-webmesh-prefer-leader",
          "user-agent",
          "grpc-timeout",
          ":authority",
          "unheard-of"}) {
        EXPECT_FALSE(goesToLeader(name, "value")) << name;
    }
}

TEST(PassedMetadata, WhatTheLibraryCannotWriteIsLeftOut) {
    // Given to the library, each of these would end the program.
    EXPECT_FALSE(goesToLeader("x-weft-note", "two\nlines"));
    EXPECT_FALSE(goesToLeader("x-weft-note", "caf\xc3\xa9"));
    EXPECT_FALSE(goesToLeader("x-weft-Upper", "value"));
    EXPECT_FALSE(comesBack("", "value"));
    EXPECT_FALSE(comesBack("two words", "value"));
    EXPECT_FALSE(comesBack("answer", std::string("\0", 1)));
    EXPECT_FALSE(comesBack("answer", "\x7f"));
}

TEST(PassedMetadata, TheLeadersWordsComeBackButForTheTransports) {
    EXPECT_TRUE(comesBack("x-weft-revision", "17"));
    EXPECT_TRUE(comesBack("anything", " ~"));
    EXPECT_TRUE(comesBack("anything-bin", std::string("\0\xff", 2)));
    for (const char* name :
         {"grpc-status", "grpc-message", "grpc-status-details-bin", "content-type", ":status"}) {
        EXPECT_FALSE(comesBack(name, "0")) << name;
    }
}

TEST(PassedMetadata, AnIdentityMustFitAHeader) {
    EXPECT_TRUE(fitsHeader("node-1"));
    EXPECT_TRUE(fitsHeader("Node One~"));
    for (const char* text : {"", " node", "node ", "no\nde", "zo\xc3\xab", "no\x7f"}) {
        EXPECT_FALSE(fitsHeader(text)) << text;
    }
}

}  // namespace
}  // namespace weft::services
