// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_logs.h"

#include <array>
#include <utility>

namespace weft::tests {
namespace {

using api::LogLevel;
using namespace std::chrono_literals;

struct Sample {
    std::chrono::milliseconds before;
    LogLevel level;
    const char* subsystem;
    const char* text;
};

// Many lines, so that a page of them scrolls.
constexpr std::array kSamples = std::to_array<Sample>({
    {612'000ms, LogLevel::Info, "daemon", "started version=1.0 profiles=1"},
    {611'700ms, LogLevel::Info, "daemon", "local socket answers path=/run/weft/weft.sock"},
    {611'300ms, LogLevel::Debug, "storage", "database opened entries=214"},
    {610'950ms, LogLevel::Info, "mesh", "leading the mesh domain=home.internal."},
    {610'400ms, LogLevel::Info, "tunnel", "interface up name=weft0 mtu=1420"},
    {609'800ms, LogLevel::Debug, "wireguard", "handshake peer=nas endpoint=203.0.113.7:51820"},
    {609'100ms, LogLevel::Debug, "wireguard", "handshake peer=phone endpoint=198.51.100.23:41641"},
    {608'200ms, LogLevel::Info, "dns", "name server answers address=172.16.0.1:53"},
    {540'000ms, LogLevel::Warn, "wireguard", "no answer to a handshake peer=build-01 tries=3"},
    {480'500ms,
     LogLevel::Info,
     "audit",
     R"(local call user="uid 1000" method=/weft.local.v1.Daemon/CreateInvitation result="ok")"},
    {421'000ms, LogLevel::Debug, "mesh", "peer changed peer=phone endpoint=198.51.100.23:52011"},
    {360'000ms,
     LogLevel::Error,
     "routes",
     R"(route not set prefix=10.20.0.0/16 error="File exists")"},
    {301'200ms, LogLevel::Info, "routes", "route set prefix=192.168.50.0/24 by=nas"},
    {240'900ms, LogLevel::Debug, "dns", "query forwarded to=192.0.2.53:53"},
    {180'100ms, LogLevel::Warn, "transport", "slow answer peer=relay-fra took=2140ms"},
    {120'000ms, LogLevel::Info, "mesh", "member joined id=tablet address=172.16.0.12"},
    {61'000ms, LogLevel::Debug, "wireguard", "handshake peer=tablet endpoint=203.0.113.90:51820"},
    {30'000ms,
     LogLevel::Info,
     "audit",
     R"(local call user="uid 1000" method=/weft.local.v1.Network/Ping result="ok")"},
    {4'000ms, LogLevel::Warn, "wireguard", "no answer to a handshake peer=build-01 tries=4"},
});

bool isEnough(const api::LogLine& line, LogLevel least) {
    return line.level >= least;
}

}  // namespace

std::vector<api::LogLine> sampleLog(std::string_view scene, WallTime now) {
    std::vector<api::LogLine> lines;
    lines.reserve(kSamples.size() + 2);
    for (const auto& [before, level, subsystem, text] : kSamples) {
        lines.push_back({now - before, level, subsystem, text});
    }
    if (scene == "hostile") {
        lines.push_back({now, LogLevel::Warn, "<b>mesh</b>", "<img src=x> peer=\\x1b[31mred"});
        lines.push_back({now, LogLevel::Info, "mesh", std::string(2000, 'w')});
    }
    return lines;
}

Subscription FakeLogs::watch(
    const api::LogQuestion& question,
    std::function<void(const api::LogBatch&)> told,
    StatusCallback ended) {
    auto watcher = std::make_shared<FakeWatcher>(
        FakeWatcher::Logs{question, std::move(told), std::move(ended)});
    {
        const base::MutexLock lock(core_->mutex);
        core_->calls.push_back(FakeCall::WatchLogs);
    }
    core_->loop->post([this, watcher] { begin(watcher); });
    return Subscription([watcher, loop = core_->loop] { watcher->cancel(loop->isCurrent()); });
}

void FakeLogs::begin(const std::shared_ptr<FakeWatcher>& watcher) {
    const auto& logs = std::get<FakeWatcher::Logs>(watcher->changed);
    if (const Status allowed = core_->check(FakeCall::WatchLogs); !allowed.ok()) {
        watcher->call([&] { logs.ended(allowed); });
        return;
    }
    if (!core_->scene.answers) {
        return;
    }
    core_->tellLog(*watcher, core_->scene.log, 0);
    if (logs.question.once) {
        watcher->call([&] { logs.ended(okStatus()); });
    } else {
        core_->watchers.push_back(watcher);
    }
}

void FakeDaemon::tellLog(
    FakeWatcher& watcher, const std::vector<api::LogLine>& lines, std::uint64_t missed) const {
    const auto* logs = std::get_if<FakeWatcher::Logs>(&watcher.changed);
    if (logs == nullptr) {
        return;
    }
    api::LogBatch batch;
    for (const auto& line : lines) {
        if (isEnough(line, logs->question.least)) {
            batch.lines.push_back(line);
        }
    }
    batch.missed = missed;
    batch.level = scene.logLevel;
    watcher.call([&] { logs->told(batch); });
}

void FakeLogs::setLevel(api::LogLevel level, StatusCallback done) {
    core_->answer<Status>(
        FakeCall::SetLogLevel, std::move(done), [core = core_.get(), level]() -> Status {
            if (core->scene.capabilities.grade < api::Grade::Administer) {
                return permissionDenied("this needs the grade administer");
            }
            core->scene.logLevel = level;
            for (const auto& watcher : std::vector(core->watchers)) {
                core->tellLog(*watcher, {}, 0);
            }
            return okStatus();
        });
}

}  // namespace weft::tests
