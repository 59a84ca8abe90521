// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/peer_way.h"

#include "core/daemon/detail/relay_words.h"

#include <string>
#include <string_view>

namespace weft::daemon {
namespace {

using Way = weft::local::v1::PeerWay;
using Kind = mesh::DirectOffer::Kind;

/// A clause of ASCII letters as a sentence of its own.
std::string asSentence(std::string_view clause) {
    std::string sentence(clause);
    if (!sentence.empty() && sentence.front() >= 'a' && sentence.front() <= 'z') {
        sentence.front() = static_cast<char>(sentence.front() - 'a' + 'A');
    }
    return sentence + '.';
}

Way::Kind kindOf(Kind kind) {
    switch (kind) {
    case Kind::Probe:
        return Way::KIND_PROBING;
    case Kind::Direct:
        return Way::KIND_DIRECT;
    case Kind::Relayed:
        break;
    }
    return Way::KIND_RELAYED;
}

}  // namespace

void describeWay(
    const DirectProbes& probes, const mesh::NodeId& node, weft::local::v1::Peer& peer) {
    const auto* offer = probes.wayTo(node);
    if (offer == nullptr) {
        return;
    }
    auto& way = *peer.mutable_way();
    way.set_kind(kindOf(offer->kind));
    if (offer->kind == Kind::Direct) {
        return;
    }
    const auto words = relayWords(offer->reason);
    way.set_reason(static_cast<weft::mesh::v1::RelayReason>(offer->reason));
    way.set_text(asSentence(words.text));
    way.set_remedy(std::string(words.remedy));
}

}  // namespace weft::daemon
