// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/run_builder.h"

#include <algorithm>

namespace weft::wireguard {

RunBuilder::RunBuilder(Engine& engine, const PathSet& paths)
    : engine_(engine), paths_(paths), buffer_(kBufferBytes) {}

std::span<std::uint8_t> RunBuilder::room(std::size_t bytes, Moment at) {
    // One more run may begin with what comes.
    if (used_ + bytes > buffer_.size() || count_ == kMostRuns) {
        flush(at);
    }
    return std::span(buffer_).subspan(used_, bytes);
}

bool RunBuilder::joins(
    const Run& run,
    PeerIndex peer,
    const PathAddress& to,
    std::uint8_t trafficClass,
    std::size_t bytes) const {
    return !run.closed && run.peer == peer && bytes <= run.segmentBytes
           && run.packets < transport::kMostRunSegments
           && run.bytes + bytes <= transport::kMostDatagramBytes && run.trafficClass == trafficClass
           && run.to == to;
}

void RunBuilder::commit(
    PeerIndex peer, const PathAddress& to, std::uint8_t trafficClass, std::size_t bytes) {
    if (count_ == 0 || !joins(runs_[count_ - 1], peer, to, trafficClass, bytes)) {
        runs_[count_] = {
            .peer = peer,
            .to = to,
            .trafficClass = trafficClass,
            .begin = used_,
            .segmentBytes = bytes};
        ++count_;
    }
    Run& run = runs_[count_ - 1];
    run.closed = bytes < run.segmentBytes;
    ++run.packets;
    run.bytes += bytes;
    used_ += bytes;
}

void RunBuilder::flush(Moment at) {
    std::size_t first = 0;
    while (first < count_) {
        first += sendSamePath(first);
    }
    for (std::size_t i = 0; i < count_; ++i) {
        engine_.sent(runs_[i].peer, runs_[i].packets, runs_[i].bytes, at);
    }
    used_ = 0;
    count_ = 0;
}

std::size_t RunBuilder::sendSamePath(std::size_t first) {
    const std::uint8_t number = runs_[first].to.path;
    std::size_t last = first;
    for (; last < count_ && runs_[last].to.path == number; ++last) {
        const Run& run = runs_[last];
        outgoing_[last] = {
            .bytes = std::span(buffer_).subspan(run.begin, run.bytes),
            .segmentBytes = run.segmentBytes,
            .to = &run.to.address,
            .trafficClass = run.trafficClass};
    }
    if (auto* path = paths_.find(number); path != nullptr) {
        const auto report = path->send(std::span(outgoing_).subspan(first, last - first));
        if (!report.isClean) {
            forgetRefusedSources(first, report);
        }
    }
    return last - first;
}

void RunBuilder::forgetRefusedSources(std::size_t first, const transport::SendReport& report) {
    for (std::size_t i = 0; i < report.runs.size(); ++i) {
        if (report.runs[i].sourceRefused) {
            engine_.forgetSource(runs_[first + i].peer);
        }
    }
}

void RunBuilder::sendMessages() {
    refused_.clear();
    for (auto messages = engine_.takeMessages(); !messages.empty();
         messages = messages.subspan(std::min(messages.size(), kMostRuns))) {
        const auto some = messages.first(std::min(messages.size(), kMostRuns));
        for (std::size_t i = 0; i < some.size(); ++i) {
            outgoing_[i] = {
                .bytes = some[i].bytes,
                .segmentBytes = some[i].bytes.size(),
                .to = &some[i].to.address,
                .trafficClass = some[i].trafficClass};
        }
        for (std::size_t i = 0; i < some.size();) {
            const std::uint8_t number = some[i].to.path;
            std::size_t last = i;
            while (last < some.size() && some[last].to.path == number) {
                ++last;
            }
            if (auto* path = paths_.find(number); path != nullptr) {
                const auto report = path->send(std::span(outgoing_).subspan(i, last - i));
                if (!report.isClean) {
                    noteRefusedSources(some.subspan(i), report);
                }
            }
            i = last;
        }
    }
    // Only now: a call of the engine ends the life of its messages.
    for (const auto peer : refused_) {
        engine_.forgetSource(peer);
    }
}

void RunBuilder::noteRefusedSources(
    std::span<const OutgoingMessage> messages, const transport::SendReport& report) {
    for (std::size_t i = 0; i < report.runs.size(); ++i) {
        if (report.runs[i].sourceRefused && messages[i].peer) {
            refused_.push_back(*messages[i].peer);
        }
    }
}

}  // namespace weft::wireguard
