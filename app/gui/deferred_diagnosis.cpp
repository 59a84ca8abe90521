// SPDX-License-Identifier: Apache-2.0
#include "app/gui/deferred_diagnosis.h"

namespace weft::app {

Subscription DeferredDiagnosis::ping(
    const api::ProfileId& id,
    const api::PingQuestion& question,
    std::function<void(const api::PingUpdate&)> told,
    StatusCallback ended) {
    return controller_.watch(
        [id, question, told, ended](api::Controller& real) {
            return real.diagnosis().ping(id, question, told, ended);
        },
        ended);
}

void DeferredDiagnosis::explainPath(
    const api::ProfileId& id, const std::string& node, Callback<api::PathExplanation> done) {
    controller_.with(
        [id, node, done](api::Controller& real) { real.diagnosis().explainPath(id, node, done); },
        done);
}

void DeferredDiagnosis::checkNetwork(
    const api::ProfileId& id, Callback<std::vector<api::NetworkCheck>> done) {
    controller_.with(
        [id, done](api::Controller& real) { real.diagnosis().checkNetwork(id, done); }, done);
}

void DeferredDiagnosis::nameService(const api::ProfileId& id, Callback<api::NameService> done) {
    controller_.with(
        [id, done](api::Controller& real) { real.diagnosis().nameService(id, done); }, done);
}

void DeferredDiagnosis::lookUpName(
    const api::ProfileId& id, const api::NameQuestion& question, Callback<api::NameAnswer> done) {
    controller_.with(
        [id, question, done](api::Controller& real) {
            real.diagnosis().lookUpName(id, question, done);
        },
        done);
}

}  // namespace weft::app
