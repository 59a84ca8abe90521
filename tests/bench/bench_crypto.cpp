// SPDX-License-Identifier: Apache-2.0
// What the ciphers of WireGuard cost: each library at each size in turns, so that what else the
// machine does falls on all alike; medians. Then one handshake and its parts.
//
//   bench_crypto [--rounds N] [--spread]   --spread: with thousands of keys, as many peers have
#include "core/crypto/aead.h"
#include "core/crypto/aead_timing.h"
#include "core/crypto/blake2s.h"
#include "core/crypto/x25519.h"
#include "core/wireguard/noise/handshake.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Case {
    std::string name;
    std::function<void(std::uint64_t)> work;
    std::vector<double> nanos{};
};

double timeOnce(const Case& one, int times) {
    const auto start = Clock::now();
    for (int i = 0; i < times; ++i) {
        one.work(static_cast<std::uint64_t>(i));
    }
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / times;
}

/// Each case once per round, after a warm-up, as often as takes about 2 ms.
void measure(std::vector<Case>& cases, int rounds) {
    for (auto& one : cases) {
        const double first = std::max(timeOnce(one, 16), 1.0);
        const int times = std::clamp(static_cast<int>(2e6 / first), 4, 20'000);
        timeOnce(one, times);
        one.nanos.push_back(static_cast<double>(times));
    }
    for (int round = 0; round < rounds; ++round) {
        for (auto& one : cases) {
            one.nanos.push_back(timeOnce(one, static_cast<int>(one.nanos.front())));
        }
    }
    for (auto& one : cases) {
        one.nanos.erase(one.nanos.begin());
        std::sort(one.nanos.begin(), one.nanos.end());
        fmt::print(
            "{:<44} {:>9.0f} ns  (least {:.0f})\n",
            one.name,
            one.nanos[one.nanos.size() / 2],
            one.nanos.front());
    }
}

void check(bool holds) {
    if (!holds) {
        fmt::print(stderr, "bench_crypto: a result is wrong\n");
        std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread
    }
}

/// As many objects as there are keys, and buffers of their own, so that caches miss as they would.
struct Lane {
    std::vector<crypto::Aead> aeads;
    std::vector<std::uint8_t> text;
    std::vector<std::uint8_t> sealed;
    std::vector<std::uint8_t> opened;

    const crypto::Aead& aead(std::uint64_t i) const {
        // An odd factor visits all of them in an order that no prefetcher guesses.
        return aeads[i * 2654435761U % aeads.size()];
    }
};

Lane makeLane(std::size_t size, std::size_t keys, const crypto::AeadPlan& plan) {
    crypto::SystemRandom random;
    Lane lane;
    lane.text.resize(size);
    lane.sealed.resize(size + crypto::kAeadTagBytes);
    lane.opened.resize(size);
    random.fill(lane.text);
    crypto::SecretKey32 key;
    random.fill(key.writable());
    for (std::size_t i = 0; i < keys; ++i) {
        // One key for all, so that each opens what another sealed.
        lane.aeads.emplace_back(key.reveal(), plan);
    }
    lane.aeads.front().seal(lane.sealed, lane.text, {}, 1);
    return lane;
}

void measureAeads(int rounds, std::size_t keys) {
    const std::array<std::pair<std::string_view, crypto::AeadPlan>, 2> plans{
        std::pair{"OpenSSL", crypto::AeadPlan::onlyOpenSsl()},
        std::pair{"libsodium", crypto::AeadPlan::onlySodium()}};
    for (const std::size_t size : {0U, 64U, 128U, 256U, 512U, 768U, 1024U, 1420U}) {
        std::vector<Lane> lanes;
        for (const auto& [name, plan] : plans) {
            lanes.push_back(makeLane(size, keys, plan));
        }
        std::vector<Case> cases;
        for (std::size_t i = 0; i < plans.size(); ++i) {
            auto& lane = lanes[i];
            cases.push_back(
                {fmt::format("seal {:>4} bytes, {}", size, plans[i].first),
                 [&lane, out = std::vector<std::uint8_t>(lane.sealed.size())](
                     std::uint64_t n) mutable { lane.aead(n).seal(out, lane.text, {}, n); }});
            cases.push_back(
                {fmt::format("open {:>4} bytes, {}", size, plans[i].first),
                 [&lane](std::uint64_t n) {
                     check(lane.aead(n).open(lane.opened, lane.sealed, {}, 1));
                 }});
        }
        measure(cases, rounds);
    }
}

void measureParts(int rounds) {
    crypto::SystemRandom random;
    const auto fresh = [&random] { return crypto::X25519PrivateKey::generate(random); };
    const auto key = fresh();
    const auto other = fresh().publicKey();
    std::array<std::uint8_t, 116> message{};
    const crypto::SecretKey32 salt;
    const crypto::Blake2sMac16 keyed(salt.reveal());
    std::vector<Case> cases{
        {"key pair", [&](std::uint64_t) { static_cast<void>(fresh().publicKey()); }},
        {"agreement", [&](std::uint64_t) { check(key.agree(other).ok()); }},
        {"BLAKE2s of 64 bytes",
         [&](std::uint64_t) { crypto::blake2s256({std::span(message).first(64)}); }},
        {"MAC of 116 bytes, key set before", [&](std::uint64_t) { keyed.of(message); }},
        {"MAC of 116 bytes, key set each time",
         [&](std::uint64_t) { crypto::blake2sMac16(salt.reveal(), {message}); }},
        {"two keys by HKDF", [&](std::uint64_t) { crypto::kdf2(salt, message); }},
    };
    measure(cases, rounds);
}

void measureHandshake(int rounds) {
    crypto::SystemRandom random;
    const auto fresh = [&random] { return crypto::X25519PrivateKey::generate(random); };
    const wireguard::LocalIdentity alice(fresh());
    const wireguard::LocalIdentity bob(fresh());
    wireguard::RemoteIdentity toAlice(alice.publicKey());
    wireguard::RemoteIdentity toBob(bob.publicKey());
    std::array<std::uint8_t, wireguard::kInitiationBytes> initiation{};
    std::array<std::uint8_t, wireguard::kResponseBytes> response{};
    const auto state = wireguard::begin(alice, toBob, fresh(), {}, 1, initiation);
    check(state.ok());
    const auto answer = [&] {
        auto received = wireguard::readInitiation(bob, initiation);
        check(received.ok());
        auto accepted = wireguard::acceptInitiation(*std::move(received), bob, toAlice);
        check(accepted.ok());
        check(wireguard::respond(*std::move(accepted), toAlice, fresh(), 2, response).ok());
    };
    answer();
    std::vector<Case> cases{
        {"MAC1 of an initiation, verified",
         [&](std::uint64_t) { check(bob.verifyMac1(initiation)); }},
        {"initiation, made",
         [&](std::uint64_t) {
             check(wireguard::begin(alice, toBob, fresh(), {}, 1, initiation).ok());
         }},
        {"initiation, read and answered", [&](std::uint64_t) { answer(); }},
        {"response, read",
         [&](std::uint64_t) {
             check(wireguard::readResponse(*state, alice, toBob, response).ok());
         }},
    };
    // The last case reads the response to the first initiation: in its own round, before the second
    // replaces it.
    std::vector<Case> last;
    last.push_back(std::move(cases.back()));
    cases.pop_back();
    measure(last, rounds);
    measure(cases, rounds);
}

void tellChoice() {
    const auto start = Clock::now();
    const auto plan = crypto::measureAead();
    const auto took = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    fmt::print(
        "self-timing, {:.1f} ms: libsodium seals below {} bytes and opens below {}; {}\n",
        took,
        plan.sealSodiumBelowBytes,
        plan.openSodiumBelowBytes,
        crypto::openSslVectorAdvice().mask ? "masking AVX-512 IFMA pays" : "nothing to mask");
}

}  // namespace
}  // namespace weft::bench

int main(int argc, char** argv) {
    int rounds = 7;
    std::size_t keys = 1;
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--spread") {
            keys = 4096;
        } else if (words[i] == "--rounds" && i + 1 < words.size()) {
            const auto text = words[++i];
            std::from_chars(text.data(), text.data() + text.size(), rounds);
            rounds = std::max(rounds, 1);
        } else {
            fmt::print(stderr, "usage: bench_crypto [--rounds N] [--spread]\n");
            return 2;
        }
    }
    weft::bench::tellChoice();
    weft::bench::measureAeads(rounds, keys);
    weft::bench::measureParts(rounds);
    weft::bench::measureHandshake(rounds);
    return 0;
}
