// SPDX-License-Identifier: Apache-2.0
// Two engines and a network that does what the input says: messages are lost, altered, repeated,
// made up and held back, time passes, settings change.
#include "core/wireguard/noise/identity.h"
#include "core/wireguard/noise/messages.h"
#include "tests/core/wireguard/session/world.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using weft::tests::Datagram;
using weft::tests::Node;
using weft::tests::World;

/// An input does at most this much, so that it comes back soon.
constexpr int kMostSteps = 48;
constexpr std::size_t kMostHistory = 256;
constexpr std::uint8_t kFlood = 0xF7;

const weft::net::Endpoint kStranger{weft::net::IpAddress::v4(0xcb007107), 4711};

/// The input, byte by byte; zeros at its end.
class Script {
public:
    explicit Script(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

    bool atEnd() const { return rest_.empty(); }
    std::uint8_t next() {
        if (rest_.empty()) {
            return 0;
        }
        const auto byte = rest_.front();
        rest_ = rest_.subspan(1);
        return byte;
    }
    std::vector<std::uint8_t> take(std::size_t bytes) {
        const auto part = rest_.first(std::min(bytes, rest_.size()));
        rest_ = rest_.subspan(part.size());
        return {part.begin(), part.end()};
    }

private:
    std::span<const std::uint8_t> rest_;
};

/// What goes wrong on purpose, so that a test can show that the properties see it.
enum class Planted {
    None,
    /// A data packet that is repeated comes out again, as if there were no window.
    Replay,
    /// What answers a stranger is sixteen times as long.
    Amplification,
    /// The two do not find each other again.
    Silence
};

Planted plantedFault() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): the program has one thread
    const char* const name = std::getenv("WEFT_PLANTED_FAULT");
    const std::string_view text = name == nullptr ? "" : name;
    if (text == "replay") {
        return Planted::Replay;
    }
    if (text == "amplification") {
        return Planted::Amplification;
    }
    return text == "silence" ? Planted::Silence : Planted::None;
}

/// What the input plays with.
class Play {
public:
    explicit Play(Script& script) : script_(script) {
        world_.introduceBoth(left_, right_);
        world_.keep = true;
        world_.filter = [this](Datagram& datagram) { return passes(datagram); };
    }

    void step() {
        auto& node = script_.next() % 2 == 0 ? left_ : right_;
        auto& other = &node == &left_ ? right_ : left_;
        constexpr unsigned kKinds = 12;
        switch (script_.next() % kKinds) {
        case 0:
        case 1:
            world_.send(node, other, ++mark_, 20U + script_.next() * 6U);
            break;
        case 2:
            pass();
            break;
        case 3:
            fate_ = Fate::Drop;
            break;
        case 4:
            fate_ = Fate::Alter;
            break;
        case 5:
            repeat(node);
            break;
        case 6:
            injectAltered(node);
            break;
        case 7:
            injectMadeUp(node);
            break;
        case 8:
            configure(node, other);
            break;
        case 9:
            world_.delay = std::chrono::milliseconds(script_.next() * 4);
            break;
        case 10:
            node.wallOffset = std::chrono::hours(24) * (script_.next() - 128);
            break;
        default:
            setKeyOrState(node);
            break;
        }
        if (world_.history.size() > kMostHistory) {
            world_.history.clear();
        }
    }

    void check() {
        for (auto* node : {&left_, &right_}) {
            const auto statistics = node->engine->statistics();
            WEFT_FUZZ_CHECK(statistics.activePeers <= statistics.peers);
            WEFT_FUZZ_CHECK(statistics.stagedBytes <= node->options.limits.stagedBytes);
            WEFT_FUZZ_CHECK(statistics.queuedHandshakes <= node->options.limits.queuedHandshakes);
            // Nothing comes out twice, and nothing that was not put in.
            const std::set<std::uint32_t> marks(node->received.begin(), node->received.end());
            WEFT_FUZZ_CHECK(marks.size() == node->received.size());
            WEFT_FUZZ_CHECK(marks.empty() || *marks.rbegin() <= mark_);
        }
        WEFT_FUZZ_CHECK(bytesToStranger_ <= bytesFromStranger_);
    }

    /// Whatever happened: with everything set right the two find each other again.
    void recover() {
        world_.filter = nullptr;
        if (planted_ == Planted::Silence) {
            world_.filter = [](const Datagram& datagram) { return datagram.type() != 2; };
        }
        world_.delay = {};
        for (auto [node, other] : {std::pair(&left_, &right_), std::pair(&right_, &left_)}) {
            const auto moment = world_.momentOf(*node);
            static_cast<void>(node->engine->setPrivateKey(node->privateKey.clone(), moment));
            node->engine->setUp(true, moment);
            auto settings = World::settingsFor(*other);
            settings.presharedKey = weft::crypto::SecretBytes(std::vector<std::uint8_t>(32));
            world_.apply(*node, std::move(settings));
        }
        // A try that began with other settings may have to end first; who kept a session that the
        // other side lost notices after 15 s.
        for (int i = 0; i < 30; ++i) {
            world_.send(left_, right_, ++mark_);
            world_.send(right_, left_, ++mark_);
            world_.run(1s);
        }
        WEFT_FUZZ_CHECK(!left_.received.empty() && left_.received.back() == mark_);
        WEFT_FUZZ_CHECK(!right_.received.empty() && right_.received.back() == mark_ - 1);
    }

private:
    enum class Fate { Pass, Drop, Alter };

    bool passes(Datagram& datagram) {
        if (datagram.to == kStranger) {
            bytesToStranger_ +=
                datagram.bytes.size() * (planted_ == Planted::Amplification ? 16U : 1U);
        }
        const auto fate = std::exchange(fate_, Fate::Pass);
        if (fate == Fate::Alter) {
            alter(datagram);
        }
        return fate != Fate::Drop;
    }

    /// Changes one byte that some check covers: the second MAC is not looked at without load.
    void alter(Datagram& datagram) {
        const auto covered =
            datagram.type() == 4 ? datagram.bytes.size() : datagram.bytes.size() - 16;
        const auto at = (script_.next() * 256U + script_.next()) % covered;
        datagram.bytes[at] ^= static_cast<std::uint8_t>(script_.next() | 1U);
    }

    void pass() {
        constexpr std::array<std::chrono::milliseconds, 8> kTimes{
            1ms, 40ms, 300ms, 1s, 5s, 16s, 121s, 600s};
        world_.run(kTimes[script_.next() % kTimes.size()]);
    }

    Datagram fromHistory() {
        const auto back = script_.next();
        return world_.history.empty()
                   ? Datagram{}
                   : world_.history[world_.history.size() - 1 - back % world_.history.size()];
    }

    void repeat(Node& to) {
        const auto datagram = fromHistory();
        if (!datagram.bytes.empty()) {
            world_.inject(to, datagram);
            if (planted_ == Planted::Replay && datagram.type() == 4 && !to.received.empty()) {
                to.received.push_back(to.received.back());
            }
        }
    }

    void injectAltered(Node& to) {
        auto datagram = fromHistory();
        if (!datagram.bytes.empty()) {
            alter(datagram);
            injectAsStranger(to, std::move(datagram));
        }
    }

    void injectMadeUp(Node& to) {
        constexpr std::array<std::size_t, 6> kSizes{148, 92, 64, 32, 96, 7};
        Datagram datagram;
        const auto size = kSizes[script_.next() % kSizes.size()];
        datagram.bytes = script_.take(size);
        datagram.bytes.resize(size);
        injectAsStranger(to, std::move(datagram));
        if (size < weft::wireguard::kCookieReplyBytes && script_.next() == kFlood) {
            flood(to);
        }
    }

    /// As many initiations with a right first MAC as it takes to be under load: only then does a
    /// stranger get an answer. Once, for the engine really reads most of them.
    void flood(Node& to) {
        constexpr int kMessages = 400;
        if (std::exchange(flooded_, true)) {
            return;
        }
        for (int i = 0; i < kMessages; ++i) {
            Datagram datagram;
            datagram.bytes.resize(weft::wireguard::kInitiationBytes);
            datagram.bytes[0] = 1;
            datagram.bytes[4] = static_cast<std::uint8_t>(i);
            weft::wireguard::writeMac1(datagram.bytes, to.key);
            injectAsStranger(to, std::move(datagram));
        }
    }

    void injectAsStranger(Node& to, Datagram datagram) {
        datagram.from = kStranger;
        datagram.to = to.endpoint;
        bytesFromStranger_ += datagram.bytes.size();
        world_.inject(to, datagram);
    }

    void configure(Node& node, const Node& other) {
        auto settings = World::settingsFor(other, script_.next() % 2 == 0);
        const auto what = script_.next();
        if ((what & 1U) != 0) {
            settings.presharedKey =
                weft::crypto::SecretBytes(std::vector<std::uint8_t>(32, script_.next() % 2));
        }
        if ((what & 2U) != 0) {
            settings.persistentKeepalive = static_cast<std::uint16_t>(script_.next() % 2 * 25);
        }
        settings.replaceAllowedIps = (what & 4U) != 0;
        settings.updateOnly = (what & 8U) != 0;
        if ((what & 0x30U) == 0x30U) {
            settings.remove = true;
        }
        static_cast<void>(node.engine->applyPeer(settings, world_.momentOf(node)));
    }

    void setKeyOrState(Node& node) {
        const auto moment = world_.momentOf(node);
        const auto what = script_.next() % 4;
        if (what == 0) {
            static_cast<void>(node.engine->setPrivateKey(
                weft::crypto::SecretBytes(std::vector<std::uint8_t>(32, script_.next() % 3)),
                moment));
        } else if (what == 1) {
            static_cast<void>(node.engine->setPrivateKey(node.privateKey.clone(), moment));
        } else {
            node.engine->setUp(what == 2, moment);
        }
    }

    const Planted planted_ = plantedFault();
    Script& script_;
    World world_;
    Node& left_ = world_.addNode();
    Node& right_ = world_.addNode();
    Fate fate_ = Fate::Pass;
    std::uint32_t mark_ = 0;
    bool flooded_ = false;
    std::size_t bytesToStranger_ = 0;
    std::size_t bytesFromStranger_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Script script(std::span(data, size));
    Play play(script);
    for (int i = 0; i < kMostSteps && !script.atEnd(); ++i) {
        play.step();
        play.check();
    }
    play.recover();
    play.check();
    return 0;
}
