// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/name_questions.h"

#include "core/mesh/dns/lookup.h"

#include "v1/node.pb.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace dns = mesh::dns;

local::NameAnswer answerOf(
    const dns::Question& question,
    const net::Endpoint& server,
    const dns::Forwarded& said,
    Duration took) {
    local::NameAnswer answer;
    answer.set_name(question.name.toString());
    answer.set_type(dns::typeText(question.type));
    answer.set_server(server.toString());
    answer.set_result(dns::textOf(said.rcode));
    answer.set_took_nanoseconds(static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(took).count()));
    for (const auto& record : dns::answersIn(said.bytes)) {
        auto* message = answer.add_records();
        message->set_name(record.name);
        message->set_ttl(record.ttl);
        message->set_type(record.type);
        message->set_data(record.data);
    }
    return answer;
}

}  // namespace

StatusOr<const storage::Registry*> NameQuestions::records() const {
    const auto* records = parts_.registry();
    if (records == nullptr || records->domain().empty()) {
        return unavailable("the mesh has not been read yet");
    }
    return records;
}

StatusOr<local::NameService> NameQuestions::service() const {
    WEFT_ASSIGN_OR_RETURN(const auto* records, this->records());
    local::NameService service;
    service.set_domain(records->domain());
    if (const auto* names = parts_.names(); names != nullptr) {
        names->describe(service);
    }
    return service;
}

StatusOr<net::Endpoint> NameQuestions::serverToAsk() const {
    const auto* names = parts_.names();
    if (names == nullptr) {
        return failedPrecondition("this node takes part without a tunnel: nobody can be asked");
    }
    if (const auto own = names->server()) {
        return *own;
    }
    WEFT_ASSIGN_OR_RETURN(const auto* records, this->records());
    for (const auto* node : records->nodesWithFeature(::v1::MESH_DNS)) {
        if (const auto server = nameServerOf(*node, ::v1::MESH_DNS);
            node->id != parts_.self && server) {
            return *server;
        }
    }
    return failedPrecondition(
        "no node of this mesh answers for names: give one services.meshdns.enabled, or have this "
        "host ask its own (weftctl profiles accept-dns yes)");
}

void NameQuestions::lookUp(
    const local::LookUpNameRequest& request, const Callback<local::NameAnswer>& done) {
    if (const Status begun = begin(request, done); !begun.ok()) {
        done(begun);
    }
}

Status NameQuestions::begin(
    const local::LookUpNameRequest& request, const Callback<local::NameAnswer>& done) {
    WEFT_ASSIGN_OR_RETURN(const auto* records, this->records());
    WEFT_ASSIGN_OR_RETURN(const auto domain, dns::Name::parse(records->domain()));
    WEFT_ASSIGN_OR_RETURN(auto question, dns::questionFrom(request.name(), request.type(), domain));
    WEFT_ASSIGN_OR_RETURN(const auto server, serverToAsk());
    if (asked_.size() >= kMostLookups) {
        return resourceExhausted("{} names are looked up in this mesh already", asked_.size());
    }
    const auto number = nextNumber_++;
    const auto since = parts_.loop.clock().now();
    auto answered = [this, number, question, server, since](const StatusOr<dns::Forwarded>& said) {
        const auto took = parts_.loop.clock().now() - since;
        // It is this very lookup that calls.
        auto asked = asked_.extract(number);
        parts_.loop.post(
            [lookup = std::shared_ptr<services::NameLookup>(std::move(asked.mapped().lookup))] {});
        asked.mapped().done(
            said.ok() ? StatusOr<local::NameAnswer>(answerOf(question, server, *said, took))
                      : said.status());
    };
    auto& asked = asked_[number];
    asked.done = done;
    asked.lookup = std::make_unique<services::NameLookup>(
        parts_.loop, server, std::move(question), std::move(answered));
    return okStatus();
}

void NameQuestions::close() {
    for (auto& [number, asked] : std::exchange(asked_, {})) {
        asked.lookup.reset();
        asked.done(cancelled("the connection to the mesh ends"));
    }
}

}  // namespace weft::daemon
