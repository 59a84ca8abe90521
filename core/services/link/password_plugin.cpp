// SPDX-License-Identifier: Apache-2.0
#include "core/services/link/password_plugin.h"

#include "core/services/server/admission.h"

#include <grpcpp/security/credentials.h>

#include <map>
#include <string>
#include <utility>

namespace weft::services {

namespace {

/// Thread: any; what it reads never changes.
class PasswordPlugin final : public grpc::MetadataCredentialsPlugin {
public:
    explicit PasswordPlugin(PasswordCredential credential) : credential_(std::move(credential)) {}

    bool IsBlocking() const override { return false; }
    const char* GetType() const override { return "password"; }
    // What the library writes into its own log.
    grpc::string DebugString() override { return "password"; }

    grpc::Status GetMetadata(
        grpc::string_ref /*service*/,
        grpc::string_ref /*method*/,
        const grpc::AuthContext& /*channel*/,
        std::multimap<grpc::string, grpc::string>* metadata) override {
        const bool basic = credential_.scheme == PasswordCredential::Scheme::Basic;
        metadata->emplace(basic ? kBasicUserHeader : kLdapUserHeader, credential_.username);
        metadata->emplace(
            basic ? kBasicPasswordHeader : kLdapPasswordHeader, credential_.password.revealText());
        return grpc::Status::OK;
    }

private:
    const PasswordCredential credential_;
};

}  // namespace

std::shared_ptr<grpc::CallCredentials> passwordCredentials(const PasswordCredential& credential) {
    return grpc::MetadataCredentialsFromPlugin(
        std::make_unique<PasswordPlugin>(credential.clone()));
}

}  // namespace weft::services
