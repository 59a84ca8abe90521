// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/core_choice.h"

namespace weft::tests {

/// A choice of cores that notes what was asked and answers what the test says.
class FakeCoreChoice final : public viewmodels::CoreChoice {
public:
    QString currentText() const override { return QStringLiteral("Built-in core"); }
    bool isEmbedded() const override { return true; }
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
    bool sandbox = false;
    Status answer;
};

}  // namespace weft::tests
