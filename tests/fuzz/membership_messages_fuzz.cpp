// SPDX-License-Identifier: Apache-2.0
// What joiners send to a server, and what a server sends to joiners.
#include "core/services/convert.h"
#include "core/services/direct/convert.h"
#include "core/services/propagation/convert.h"
#include "tests/fuzz/fuzz_check.h"

#include "v1/members.pb.h"
#include "weft/mesh/v1/direct.pb.h"
#include "weft/mesh/v1/propagation.pb.h"

#include <google/protobuf/util/message_differencer.h>

namespace {

namespace services = weft::services;
using google::protobuf::util::MessageDifferencer;

template <typename Message>
bool parse(std::string_view bytes, Message& message) {
    return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

/// A request that is accepted is accepted again in the form that we write, and says the same.
template <typename Request>
void checkRequest(std::string_view bytes) {
    Request request;
    if (!parse(bytes, request)) {
        return;
    }
    const auto params = services::paramsOf(request);
    if (!params.ok()) {
        WEFT_FUZZ_CHECK(params.status().code() == weft::StatusCode::kInvalidArgument);
        return;
    }
    WEFT_FUZZ_CHECK(params->routes.size() <= services::kMaxRoutesPerCall);
    Request written;
    services::toProto(*params, &written);
    const auto again = services::paramsOf(written);
    WEFT_FUZZ_CHECK(again.ok());
    Request rewritten;
    services::toProto(*again, &rewritten);
    WEFT_FUZZ_CHECK(MessageDifferencer::Equals(written, rewritten));
}

void checkGrant(std::string_view bytes) {
    v1::JoinResponse response;
    if (!parse(bytes, response)) {
        return;
    }
    const auto grant = services::grantOf(response);
    if (!grant.ok()) {
        WEFT_FUZZ_CHECK(grant.status().code() == weft::StatusCode::kInvalidArgument);
        return;
    }
    v1::JoinResponse written;
    services::toProto(*grant, &written);
    const auto again = services::grantOf(written);
    WEFT_FUZZ_CHECK(again.ok());
    v1::JoinResponse rewritten;
    services::toProto(*again, &rewritten);
    WEFT_FUZZ_CHECK(MessageDifferencer::Equals(written, rewritten));
}

void checkPeers(std::string_view bytes) {
    v1::PeerConfigurations message;
    if (!parse(bytes, message)) {
        return;
    }
    const auto peers = services::peersOf(message);
    v1::PeerConfigurations written;
    services::toProto(peers, &written);
    WEFT_FUZZ_CHECK(services::peersOf(written).peers == peers.peers);
}

void checkReport(std::string_view bytes) {
    weft::mesh::v1::DirectReport message;
    if (!parse(bytes, message)) {
        return;
    }
    const auto report = services::reportOf(message);
    if (!report.ok()) {
        WEFT_FUZZ_CHECK(report.status().code() == weft::StatusCode::kInvalidArgument);
        return;
    }
    WEFT_FUZZ_CHECK(report->sightings.size() <= weft::mesh::kMaxReportedSightings);
    WEFT_FUZZ_CHECK(report->ways.size() <= weft::mesh::kMaxReportedWays);
    weft::mesh::v1::DirectReport written;
    services::toProto(*report, &written);
    const auto again = services::reportOf(written);
    WEFT_FUZZ_CHECK(again.ok() && *again == *report);
}

void checkOffers(std::string_view bytes) {
    weft::mesh::v1::DirectOffers message;
    if (!parse(bytes, message)) {
        return;
    }
    const auto offers = services::offersOf(message);
    WEFT_FUZZ_CHECK(offers.offers.size() <= weft::mesh::kMaxReportedWays);
    weft::mesh::v1::DirectOffers written;
    services::toProto(offers, &written);
    WEFT_FUZZ_CHECK(services::offersOf(written) == offers);
}

void checkEffect(std::string_view bytes) {
    weft::mesh::v1::EffectReport message;
    if (!parse(bytes, message)) {
        return;
    }
    const auto report = services::reportOf(message);
    weft::mesh::v1::EffectReport written;
    services::toProto(report, &written);
    WEFT_FUZZ_CHECK(services::reportOf(written) == report);
}

void checkPropagation(std::string_view bytes) {
    weft::mesh::v1::ChangePropagation message;
    if (!parse(bytes, message)) {
        return;
    }
    const auto propagation = services::propagationOf(message);
    WEFT_FUZZ_CHECK(propagation.nodes.size() <= weft::mesh::kMaxPropagationNodes);
    weft::mesh::v1::ChangePropagation written;
    services::toProto(propagation, &written);
    WEFT_FUZZ_CHECK(services::propagationOf(written) == propagation);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    const auto bytes = weft::fuzz::asText(data, size);
    checkRequest<v1::JoinRequest>(bytes);
    checkRequest<v1::UpdateRequest>(bytes);
    checkGrant(bytes);
    checkPeers(bytes);
    checkReport(bytes);
    checkOffers(bytes);
    checkEffect(bytes);
    checkPropagation(bytes);
    return 0;
}
