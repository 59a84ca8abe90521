// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/deferred_controller.h"
#include "core/api/diagnosis.h"

#include <string>
#include <vector>

namespace weft::app {

/// The diagnosis of a deferred controller, which owns it.
class DeferredDiagnosis final : public api::Diagnosis {
public:
    explicit DeferredDiagnosis(DeferredController& controller) : controller_(controller) {}

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
    DeferredController& controller_;
};

}  // namespace weft::app
