// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/core_choice.h"
#include "ui/viewmodels/login_item.h"

namespace weft::tests {

/// A choice of cores that notes what was asked and answers what the test says.
class FakeCoreChoice final : public viewmodels::CoreChoice {
public:
    QString currentText() const override {
        return embedded ? QStringLiteral("Built-in core") : sockets.value(0);
    }
    bool isEmbedded() const override { return embedded && !sandbox; }
    QStringList foundSockets() const override { return sockets; }
    void attach(const QString& path, StatusCallback done) override {
        asked.append(path);
        done(answer);
    }
    void embed(StatusCallback done) override { done(answer); }
    bool isSandbox() const override { return sandbox; }
    void openSandbox() override { asked.append(QStringLiteral("sandbox")); }
    void leaveSandbox() override { asked.append(QStringLiteral("leave")); }

    QStringList sockets{QStringLiteral("/run/weft/weft.sock")};
    QStringList asked;
    bool embedded = true;
    bool sandbox = false;
    Status answer;
};

/// What the system starts at login, in memory.
class FakeLoginItem final : public viewmodels::LoginItem {
public:
    StatusOr<viewmodels::LoginStanding> read() const override {
        return error.ok() ? StatusOr<viewmodels::LoginStanding>(standing) : error;
    }
    Status write(bool starts, bool hidden) override {
        if (error.ok()) {
            ++writes;
            standing = {starts, hidden, false, {}};
        }
        return error;
    }

    viewmodels::LoginStanding standing;
    int writes = 0;
    Status error;
};

}  // namespace weft::tests
