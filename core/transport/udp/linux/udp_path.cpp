// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp_path.h"

#include "core/transport/udp/linux/datagram_filter.h"
#include "core/transport/udp/linux/udp_inbox.h"
#include "core/transport/udp/linux/udp_outbox.h"
#include "core/transport/udp/linux/udp_socket.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace weft::transport {
namespace {

using detail::UdpOutbox;
using detail::UdpSocketPair;

class LinuxUdpPath final : public UdpPath {
public:
    LinuxUdpPath(const UdpOptions& options, UdpSocketPair sockets)
        : options_(options), inbox_(options.receiveBuffers + kControlBuffers) {
        use(std::move(sockets));
    }

    std::string_view name() const override { return "udp"; }
    std::uint16_t port() const override { return sockets_.port; }
    bool hasV4() const override { return sockets_.v4.has_value(); }
    bool hasV6() const override { return sockets_.v6.has_value(); }

    SendReport send(std::span<const OutgoingRun> runs) override {
        outcomes_.assign(runs.size(), {.sent = true});
        const UdpOutbox::Results results{outcomes_, counters_};
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const auto& run = runs[i];
            auto* const outbox = outboxFor(run);
            if (outbox != nullptr) {
                outbox->add(run, i, results);
            } else {
                outcomes_[i].sent = false;
                counters_.droppedRefused += datagramsOf(run);
            }
        }
        for (auto* const outbox : {&outboxV4_, &outboxV6_}) {
            outbox->flush(results);
        }
        const bool isClean = std::ranges::all_of(
            outcomes_, [](const auto& run) { return run.sent && !run.sourceRefused; });
        return {outcomes_, isClean};
    }

    std::span<IncomingRun> receive() override {
        inbox_.clear();
        // Most tunnels speak one family: asking the other each time would cost a call for nothing.
        // It comes first now and then, so that a busy family cannot starve it.
        const bool looksAtOther = ++turn_ % kTurnsPerLook == 0;
        const Which first = looksAtOther ? otherOf(busy_) : busy_;
        receiveBulk(first);
        if (inbox_.used() == 0 || looksAtOther) {
            receiveBulk(otherOf(first));
        }
        bulkRuns_ = inbox_.received();
        if (!isControlHeld_) {
            receiveControl();
        }
        return inbox_.runs();
    }

    std::span<const base::Waitable> waitables() const override { return waitables_; }
    std::size_t controlRuns() const override { return inbox_.received() - bulkRuns_; }
    std::span<const base::Waitable> controlWaitables() const override {
        return std::span(waitables_).subspan(bulkWaitables_);
    }
    void holdControl(bool held) override { isControlHeld_ = held; }
    std::size_t mostRunBytes() const override { return kMostDatagramBytes; }
    std::size_t mostRunSegments() const override {
        std::size_t most = 1;
        if (sockets_.v4) {
            most = std::max(most, outboxV4_.mostSegments());
        }
        if (sockets_.v6) {
            most = std::max(most, outboxV6_.mostSegments());
        }
        return most;
    }
    PathCounters counters() const override { return counters_; }

    Status rebind(std::uint16_t port) override {
        if (port != 0 && port == sockets_.port) {
            return okStatus();
        }
        WEFT_ASSIGN_OR_RETURN(auto sockets, detail::openUdpSockets(options_, port));
        detail::sortReceived(sockets, options_, sorting_);
        use(std::move(sockets));
        static_cast<void>(filterExpected());
        return okStatus();
    }

    Status sort(DatagramSorting sorting) override {
        WEFT_RETURN_IF_ERROR(sorting.validate());
        sorting_ = std::move(sorting);
        detail::sortReceived(sockets_, options_, sorting_);
        watch();
        static_cast<void>(filterExpected());
        return okStatus();
    }

    Status expect(std::span<const net::Endpoint> sources) override {
        expected_.clear();
        if (sources.size() <= kMostExpected) {
            expected_.assign(sources.begin(), sources.end());
        }
        if (!filterExpected()) {
            return resourceExhausted("the system takes no other filter now");
        }
        return okStatus();
    }

    Status setMark(std::uint32_t mark) override {
        WEFT_RETURN_IF_ERROR(detail::setMark(sockets_, mark));
        options_.mark = mark;
        return okStatus();
    }

private:
    enum class Which : std::uint8_t { V4, V6 };
    static constexpr unsigned kTurnsPerLook = 8;
    /// Control datagrams between two looks at the bulk.
    static constexpr std::size_t kControlBuffers = 8;
    /// Buffers of one call. Another one follows only when what came was short: joined datagrams
    /// would be out of the cache before they are read.
    static constexpr std::size_t kBuffersPerCall = 8;
    static constexpr std::size_t kEnoughBytes = std::size_t{64} << 10U;

    static Which otherOf(Which which) { return which == Which::V4 ? Which::V6 : Which::V4; }

    static std::size_t placeOf(Which which) { return which == Which::V4 ? 0 : 1; }

    void receiveBulk(Which which) {
        const auto& socket = which == Which::V4 ? sockets_.v4 : sockets_.v6;
        if (!socket) {
            return;
        }
        const auto before = inbox_.used();
        const auto enough = counters_.receivedBytes + kEnoughBytes;
        std::size_t most = before;
        do {
            most = std::min(most + kBuffersPerCall, options_.receiveBuffers);
            inbox_.receive(*socket, most, overflowed_.at(placeOf(which)), counters_);
        } while (inbox_.used() == most && most < options_.receiveBuffers
                 && counters_.receivedBytes < enough);
        if (before == 0 && inbox_.used() > 0) {
            busy_ = which;
        }
    }

    /// Beside bulk one socket, those who are expected and strangers by turns; alone all of them,
    /// those who are expected first. They have half of the room and strangers the rest, so that a
    /// flood from either side leaves the other its part.
    void receiveControl() {
        const auto begin = inbox_.used();
        if (begin != 0) {
            receiveControlOf(++controlTurn_ % 2 == 1, 1, begin + kControlBuffers);
            return;
        }
        ++controlTurn_;
        receiveControlOf(true, 2, kControlBuffers / 2);
        receiveControlOf(false, 2, kControlBuffers);
    }

    /// From so many of the families, another one first each time, until `most` buffers are in use.
    void receiveControlOf(bool isExpected, int families, std::size_t most) {
        const std::size_t kind = isExpected ? 2 : 0;
        const std::size_t first = controlTurn_ / 2 % 2;
        for (const std::size_t family : {first, 1 - first}) {
            const auto place = kind + family;
            if (const auto& socket = *control().at(place); socket && families > 0) {
                --families;
                counters_.overflowedControl +=
                    inbox_.receive(*socket, most, overflowedControl_.at(place), counters_);
            }
        }
    }

    /// Those of strangers first, IPv4 before IPv6.
    std::array<const std::optional<detail::UdpSocket>*, 4> control() const {
        return {
            &sockets_.controlV4, &sockets_.controlV6, &sockets_.expectedV4, &sockets_.expectedV6};
    }

    /// False when the system has refused it for a family, for want of memory say; that one goes on
    /// with what it had.
    bool filterExpected() {
        bool isTaken = true;
        for (const bool isV4 : {true, false}) {
            const auto& first = isV4 ? sockets_.v4 : sockets_.v6;
            const auto& control = isV4 ? sockets_.controlV4 : sockets_.controlV6;
            if (first && control) {
                isTaken &= detail::attachGroupFilter(*first, sorting_, expected_);
            }
        }
        return isTaken;
    }

    void use(UdpSocketPair sockets) {
        // What the buffers hold came by the old sockets; it stays valid until the next receive.
        sockets_ = std::move(sockets);
        overflowed_ = {};
        watch();
        outboxV4_.use(sockets_.v4 ? &*sockets_.v4 : nullptr, options_.sending);
        outboxV6_.use(sockets_.v6 ? &*sockets_.v6 : nullptr, options_.sending);
    }

    void watch() {
        waitables_.clear();
        overflowedControl_ = {};
        addWaitables(std::array{&std::as_const(sockets_.v4), &std::as_const(sockets_.v6)});
        bulkWaitables_ = waitables_.size();
        addWaitables(control());
    }

    void addWaitables(std::span<const std::optional<detail::UdpSocket>* const> sockets) {
        for (const auto* const socket : sockets) {
            if (*socket) {
                waitables_.push_back({(*socket)->fd.get()});
            }
        }
    }

    /// nullptr when the run cannot leave by this path.
    UdpOutbox* outboxFor(const OutgoingRun& run) {
        if (run.bytes.empty() || run.segmentBytes == 0 || run.to == nullptr) {
            return nullptr;
        }
        if (run.to->remote.address.isV4()) {
            return sockets_.v4 ? &outboxV4_ : nullptr;
        }
        return sockets_.v6 ? &outboxV6_ : nullptr;
    }

    static std::size_t datagramsOf(const OutgoingRun& run) {
        return run.segmentBytes == 0
                   ? 1
                   : std::max<std::size_t>(
                       1, (run.bytes.size() + run.segmentBytes - 1) / run.segmentBytes);
    }

    UdpOptions options_;
    DatagramSorting sorting_;
    std::vector<net::Endpoint> expected_;
    UdpSocketPair sockets_;
    detail::UdpInbox inbox_;
    UdpOutbox outboxV4_;
    UdpOutbox outboxV6_;
    /// Those of bulk first.
    std::vector<base::Waitable> waitables_;
    std::size_t bulkWaitables_ = 0;
    bool isControlHeld_ = false;
    /// Of the last receive.
    std::size_t bulkRuns_ = 0;
    std::vector<RunOutcome> outcomes_;
    /// What the system said last that it dropped, IPv4 and IPv6.
    std::array<std::uint32_t, 2> overflowed_{};
    /// In the order of control().
    std::array<std::uint32_t, 4> overflowedControl_{};
    /// The family that gave something last.
    Which busy_ = Which::V4;
    unsigned turn_ = 0;
    unsigned controlTurn_ = 0;
    PathCounters counters_;
};

}  // namespace

StatusOr<std::unique_ptr<UdpPath>> openUdpPath(const UdpOptions& options) {
    WEFT_RETURN_IF_ERROR(options.validate());
    WEFT_ASSIGN_OR_RETURN(auto sockets, detail::openUdpSockets(options, options.port));
    return std::make_unique<LinuxUdpPath>(options, std::move(sockets));
}

}  // namespace weft::transport
