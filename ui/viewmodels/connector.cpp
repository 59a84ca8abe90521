// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/connector.h"

#include <string>
#include <utility>

namespace weft::viewmodels {
namespace {

constexpr const char* kPassword = "password";

std::string secretName(const api::ProfileId& id) {
    return "profile/" + id.value() + "/" + kPassword;
}

}  // namespace

Connector::Connector(bridge::Bridge& bridge, api::SecretStore* secrets, QObject* parent)
    : QObject(parent), bridge_(bridge), secrets_(secrets) {}

void Connector::connectProfile(const api::ProfileId& id, QObject* context, Done done) {
    const auto finish = bridge_.deliverStatus(context, std::move(done));
    if (secrets_ == nullptr) {
        bridge_.controller().connectProfile(id, {}, finish);
        return;
    }
    const auto use = [this, guard = QPointer<Connector>(this), id, finish](
                         const StatusOr<std::string>& password) {
        if (!guard) {
            return;
        }
        api::Secrets secrets;
        if (password.ok()) {
            secrets.emplace(kPassword, *password);
        }
        bridge_.controller().connectProfile(id, secrets, finish);
    };
    secrets_->read(secretName(id), use);
}

void Connector::disconnectProfile(const api::ProfileId& id, QObject* context, Done done) {
    bridge_.controller().disconnectProfile(id, bridge_.deliverStatus(context, std::move(done)));
}

void Connector::keepPassword(
    const api::ProfileId& id, const std::string& password, QObject* context, Done done) {
    const auto finish = bridge_.deliverStatus(context, std::move(done));
    if (secrets_ == nullptr) {
        finish(unavailable("there is no keychain on this desktop"));
    } else if (password.empty()) {
        secrets_->remove(secretName(id), [finish](const Status& status) {
            // Nothing to remove is what was asked for.
            finish(status.code() == StatusCode::kNotFound ? okStatus() : status);
        });
    } else {
        secrets_->write(secretName(id), password, finish);
    }
}

}  // namespace weft::viewmodels
