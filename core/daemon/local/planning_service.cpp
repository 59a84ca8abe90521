// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/planning_service.h"

#include "core/daemon/detail/policy_answers.h"
#include "core/daemon/planning/plan_messages.h"
#include "core/services/changes/convert.h"

#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace changes = mesh::changes;
namespace local = weft::local::v1;

template <typename Value>
auto asMessage(const StatusOr<Value>& value) -> StatusOr<decltype(toProto(*value))> {
    if (!value.ok()) {
        return value.status();
    }
    return toProto(*value);
}

std::vector<storage::NodeId> nodesOf(const local::WhatIfRequest& request) {
    return {request.nodes().begin(), request.nodes().end()};
}

std::vector<changes::Link> linksOf(const local::WhatIfRequest& request) {
    std::vector<changes::Link> links;
    links.reserve(static_cast<std::size_t>(request.links_size()));
    for (const auto& link : request.links()) {
        links.emplace_back(storage::NodeId(link.source()), storage::NodeId(link.target()));
    }
    return links;
}

StatusOr<local::WhatIfAnswer> answerTo(
    const PlanInput& input, const local::WhatIfRequest& request) {
    if (!request.has_object()) {
        return asMessage(lose(input, nodesOf(request), linksOf(request)));
    }
    if (request.nodes_size() != 0 || request.links_size() != 0) {
        return invalidArgument("ask about one object, or about nodes and links");
    }
    WEFT_ASSIGN_OR_RETURN(const auto ref, services::refOf(request.object()));
    return asMessage(without(input, ref));
}

}  // namespace

template <typename Response>
grpc::ServerUnaryReactor* PlanningService::answer(
    std::string_view method,
    const local::PlanSubject& subject,
    Response* response,
    std::function<StatusOr<Response>(const PlanInput&)> question) {
    return calls_.unary<Response>(
        method, response, [this, subject, question = std::move(question)](Callback<Response> done) {
            // As ListChanges, which shows the same.
            if (subject.has_after_change() && calls_.gate().grade() < api::Grade::Operate) {
                done(permissionDenied("rules of the past need the grade operate"));
                return;
            }
            source_.gather(
                subject,
                calls_.user(),
                [this, question, done = std::move(done)](StatusOr<PlanInput> input) {
                    if (!input.ok()) {
                        done(input.status());
                        return;
                    }
                    planner_.ask<Response>(
                        [question, input = *std::move(input)] { return question(input); }, done);
                });
        });
}

grpc::ServerUnaryReactor* PlanningService::ReviewPlan(
    grpc::CallbackServerContext* /*context*/,
    const local::ReviewPlanRequest* request,
    local::PlanReview* response) {
    return answer<local::PlanReview>(
        "/weft.local.v1.Planning/ReviewPlan",
        request->subject(),
        response,
        [](const PlanInput& input) { return asMessage(review(input)); });
}

grpc::ServerUnaryReactor* PlanningService::LintPlan(
    grpc::CallbackServerContext* /*context*/,
    const local::LintPlanRequest* request,
    local::LintReport* response) {
    return answer<local::LintReport>(
        "/weft.local.v1.Planning/LintPlan",
        request->subject(),
        response,
        [](const PlanInput& input) { return asMessage(lint(input)); });
}

grpc::ServerUnaryReactor* PlanningService::RunPolicyTests(
    grpc::CallbackServerContext* /*context*/,
    const local::RunPolicyTestsRequest* request,
    local::PolicyTestReport* response) {
    return answer<local::PolicyTestReport>(
        "/weft.local.v1.Planning/RunPolicyTests",
        request->subject(),
        response,
        [message = request->tests()](const PlanInput& input) -> StatusOr<local::PolicyTestReport> {
            WEFT_ASSIGN_OR_RETURN(const auto tests, changes::fromProto(message));
            return asMessage(runTests(input, tests));
        });
}

grpc::ServerUnaryReactor* PlanningService::AskWhatIf(
    grpc::CallbackServerContext* /*context*/,
    const local::WhatIfRequest* request,
    local::WhatIfAnswer* response) {
    return answer<local::WhatIfAnswer>(
        "/weft.local.v1.Planning/AskWhatIf",
        request->subject(),
        response,
        [wanted = *request](const PlanInput& input) { return answerTo(input, wanted); });
}

grpc::ServerUnaryReactor* PlanningService::ExplainPlan(
    grpc::CallbackServerContext* /*context*/,
    const local::ExplainPlanRequest* request,
    local::AccessExplanation* response) {
    return answer<local::AccessExplanation>(
        "/weft.local.v1.Planning/ExplainPlan",
        request->subject(),
        response,
        [from = request->from(), to = request->to()](const PlanInput& input) {
            return asMessage(explain(input, from, to));
        });
}

}  // namespace weft::daemon
