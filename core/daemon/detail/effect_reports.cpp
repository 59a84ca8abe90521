// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/effect_reports.h"

#include "core/base/log.h"
#include "core/base/text.h"

namespace weft::daemon {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

}  // namespace

void EffectReports::begin() {
    begun_ = std::make_shared<bool>(true);
    sent_.reset();
    isSending_ = false;
    note();
}

void EffectReports::end() {
    begun_.reset();
    soon_ = {};
}

void EffectReports::note() {
    if (!begun_ || isSending_ || soon_.active()) {
        return;
    }
    const auto spread = Duration(kSpread)
                        + Duration(kSpreadForEachNode) * static_cast<Duration::rep>(parts_.nodes());
    const auto drawn = std::chrono::duration<double, Duration::period>(spread) * parts_.draw();
    soon_ = parts_.loop.after(
        kGather + std::chrono::duration_cast<Duration>(drawn), [this] { send(); });
}

void EffectReports::send() {
    soon_ = {};
    const auto now = parts_.effect();
    if (!now || now == sent_) {
        return;
    }
    isSending_ = true;
    parts_.report(
        *now, [this, now = *now, begun = std::weak_ptr<bool>(begun_)](const Status& status) {
            if (!begun.expired()) {
                onAnswer(now, status);
            }
        });
}

void EffectReports::onAnswer(const mesh::EffectReport& report, const Status& status) {
    isSending_ = false;
    if (status.ok()) {
        sent_ = report;
        // What has changed meanwhile.
        note();
        return;
    }
    log().debug("effect not reported reason={}", base::escapeForLine(messageOf(status)));
    if (status.code() == StatusCode::kUnimplemented) {
        // A leader that does not ask.
        end();
        return;
    }
    soon_ = parts_.loop.after(kRetry, [this] { send(); });
}

}  // namespace weft::daemon
