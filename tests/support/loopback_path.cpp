// SPDX-License-Identifier: Apache-2.0
#include "tests/support/loopback_path.h"

#include <algorithm>
#include <utility>

namespace weft::tests {
namespace {

template <typename T>
T takeFirst(std::deque<T>& from) {
    auto first = std::move(from.front());
    from.pop_front();
    return first;
}

}  // namespace

std::unique_ptr<LoopbackPath> LoopbackNetwork::open(const net::Endpoint& own) {
    return std::make_unique<LoopbackPath>(*this, own);
}

void LoopbackNetwork::hold(bool held) {
    isHeld_ = held;
    while (!isHeld_ && !held_.empty()) {
        auto datagram = std::move(held_.front());
        held_.pop_front();
        arrive(std::move(datagram));
    }
}

void LoopbackNetwork::settle() {
    while (!late_.empty()) {
        auto datagram = std::move(late_.front());
        late_.pop_front();
        arrive(std::move(datagram));
    }
}

std::size_t LoopbackNetwork::dropHeld() {
    return std::exchange(held_, {}).size();
}

bool LoopbackNetwork::happens(double chance) {
    // Not a distribution of the library, whose results differ between libraries.
    constexpr double kSpan = 18446744073709551616.0;
    return chance > 0 && static_cast<double>(random_()) / kSpan < chance;
}

void LoopbackNetwork::carry(Datagram datagram) {
    if (happens(faults_.loss)) {
        return;
    }
    const int copies = happens(faults_.duplication) ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
        if (isHeld_) {
            held_.push_back(datagram);
        } else if (happens(faults_.reordering)) {
            datagram.overtakers = faults_.overtakers;
            late_.push_back(datagram);
        } else {
            arrive(datagram);
            overtake();
        }
    }
}

void LoopbackNetwork::overtake() {
    for (auto& datagram : late_) {
        datagram.overtakers -= datagram.overtakers > 0 ? 1 : 0;
    }
    while (!late_.empty() && late_.front().overtakers == 0) {
        auto datagram = std::move(late_.front());
        late_.pop_front();
        arrive(std::move(datagram));
    }
}

void LoopbackNetwork::arrive(Datagram datagram) {
    // The youngest path with the endpoint has it.
    const auto found = std::find_if(paths_.rbegin(), paths_.rend(), [&](const auto* path) {
        return path->own() == datagram.to;
    });
    if (found != paths_.rend()) {
        (*found)->accept(std::move(datagram));
    }
}

LoopbackPath::LoopbackPath(LoopbackNetwork& network, const net::Endpoint& own)
    : network_(network)
    , own_(own)
    , waitables_{readiness_.waitable(), controlReadiness_.waitable()}
    , buffers_(2 * kMostRuns)
    , runs_(2 * kMostRuns) {
    network_.paths_.push_back(this);
}

LoopbackPath::~LoopbackPath() {
    std::erase(network_.paths_, this);
}

transport::SendReport LoopbackPath::send(std::span<const transport::OutgoingRun> runs) {
    ++counters_.sendCalls;
    outcomes_.clear();
    for (const auto& run : runs) {
        outcomes_.push_back(sendOne(run));
    }
    const bool isClean = std::ranges::all_of(
        outcomes_, [](const auto& run) { return run.sent && !run.sourceRefused; });
    return {outcomes_, isClean};
}

transport::RunOutcome LoopbackPath::sendOne(const transport::OutgoingRun& run) {
    if (run.bytes.empty() || run.segmentBytes == 0 || run.to == nullptr
        || run.to->remote.address.family() != own_.address.family()
        || std::min(run.segmentBytes, run.bytes.size()) > transport::kMostDatagramBytes) {
        ++counters_.droppedRefused;
        return {};
    }
    const bool refusesSource = !run.to->local.isUnspecified() && run.to->local != own_.address;
    counters_.refusedSources += refusesSource ? 1 : 0;
    for (std::size_t at = 0; at < run.bytes.size(); at += run.segmentBytes) {
        const auto bytes = run.bytes.subspan(at, std::min(run.segmentBytes, run.bytes.size() - at));
        ++counters_.sentDatagrams;
        counters_.sentBytes += bytes.size();
        network_.carry(
            {.bytes = {bytes.begin(), bytes.end()},
             .from = own_,
             .to = run.to->remote,
             .trafficClass = run.trafficClass});
    }
    return {.sent = true, .sourceRefused = refusesSource};
}

void LoopbackPath::accept(LoopbackNetwork::Datagram datagram) {
    const bool isControl = controlType_ && datagram.bytes.front() == *controlType_;
    auto& waiting = isControl ? waitingControl_ : waiting_;
    if (waiting.size() >= kMostWaiting) {
        ++counters_.overflowedReceives;
        return;
    }
    waiting.push_back(std::move(datagram));
    (isControl ? controlReadiness_ : readiness_).set(true);
}

bool LoopbackPath::continues(
    const LoopbackNetwork::Datagram& first, std::size_t bytes, const Waiting& waiting) const {
    if (!joins_ || waiting.empty() || bytes % first.bytes.size() != 0) {
        return false;
    }
    const auto& next = waiting.front();
    return next.from == first.from && next.trafficClass == first.trafficClass
           && next.bytes.size() <= first.bytes.size()
           && bytes + next.bytes.size() <= transport::kMostDatagramBytes
           && bytes / first.bytes.size() < transport::kMostRunSegments;
}

std::span<transport::IncomingRun> LoopbackPath::receive() {
    ++counters_.receiveCalls;
    used_ = 0;
    while (used_ < kMostRuns && !waiting_.empty()) {
        give(waiting_);
    }
    readiness_.set(!waiting_.empty());
    for (controlRuns_ = 0; controlRuns_ < kMostRuns && !waitingControl_.empty() && !isControlHeld_;
         ++controlRuns_) {
        give(waitingControl_);
    }
    controlReadiness_.set(!waitingControl_.empty());
    return std::span(runs_).first(used_);
}

void LoopbackPath::give(Waiting& waiting) {
    const auto first = takeFirst(waiting);
    auto& buffer = buffers_.at(used_);
    buffer = first.bytes;
    ++counters_.receivedDatagrams;
    while (continues(first, buffer.size(), waiting)) {
        const auto& next = waiting.front().bytes;
        buffer.insert(buffer.end(), next.begin(), next.end());
        waiting.pop_front();
        ++counters_.receivedDatagrams;
    }
    auto& run = runs_.at(used_++);
    run = {.bytes = buffer, .segmentBytes = first.bytes.size()};
    run.from = {.remote = first.from, .local = own_.address, .interface = 1};
    run.trafficClass = first.trafficClass;
    ++counters_.receivedRuns;
    counters_.receivedBytes += buffer.size();
}

}  // namespace weft::tests
