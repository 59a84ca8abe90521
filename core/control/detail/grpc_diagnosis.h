// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/diagnosis.h"
#include "core/control/grpc_controller.h"

#include <string>
#include <vector>

namespace weft::control {

/// api::Diagnosis by the calls of a controller, which owns it.
class GrpcDiagnosis final : public api::Diagnosis {
public:
    explicit GrpcDiagnosis(GrpcController& controller) : controller_(controller) {}

    Subscription ping(
        const api::ProfileId& id,
        const api::PingQuestion& question,
        std::function<void(const api::PingUpdate&)> told,
        StatusCallback ended) override;
    void explainPath(
        const api::ProfileId& id,
        const std::string& node,
        Callback<api::PathExplanation> done) override;
    void checkNetwork(
        const api::ProfileId& id, Callback<std::vector<api::NetworkCheck>> done) override;

    void nameService(const api::ProfileId& id, Callback<api::NameService> done) override;
    void lookUpName(
        const api::ProfileId& id,
        const api::NameQuestion& question,
        Callback<api::NameAnswer> done) override;

private:
    GrpcController& controller_;
};

}  // namespace weft::control
