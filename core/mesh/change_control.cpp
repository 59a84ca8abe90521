// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/change_control.h"

#include "core/base/check.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/detail/change_plan.h"
#include "core/mesh/detail/change_records.h"
#include "core/mesh/detail/host_access.h"
#include "core/mesh/detail/policy_plan.h"
#include "core/mesh/detail/tombstones.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace weft::mesh {
namespace {

/// When the store refused to take a change back.
constexpr std::chrono::seconds kRetryAfter{5};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

class ChangeControlImpl final : public ChangeControl {
public:
    ChangeControlImpl(Host& host, base::Loop& loop, AuditLog* audit)
        : host_(host), access_(*host.access()), loop_(loop), audit_(audit), tests_(host, audit) {}

    /// Goes on with what waits in the store.
    Status start();

    void apply(
        std::vector<changes::Edit> edits,
        std::string note,
        std::chrono::seconds revertAfter,
        Caller caller,
        Callback<AppliedChange> done) override;
    void confirm(std::uint64_t id, Caller caller, StatusCallback done) override;
    void revert(
        std::uint64_t id,
        std::vector<ObjectRef> only,
        bool skipChanged,
        Caller caller,
        Callback<AppliedChange> done) override;
    StatusOr<std::vector<ListedChange>> list(
        std::uint64_t before, std::size_t limit, const Caller& caller) override;
    PolicyTestControl& policyTests() override { return tests_; }

private:
    using Planner = std::function<StatusOr<detail::ChangePlan>(const detail::MeshView& view)>;

    void run(std::string_view verb, Caller caller, Planner planner, Callback<AppliedChange> done);
    AppliedChange finished(const detail::ChangePlan& plan, const Caller& caller);
    void record(AuditEvent event) const {
        if (audit_ != nullptr) {
            audit_->record(std::move(event));
        }
    }
    /// Sets the timer by what waits now.
    void watchPending();
    void takeBack();

    Host& host_;
    detail::HostAccess& access_;
    base::Loop& loop_;
    AuditLog* const audit_;
    PolicyTestControl tests_;
    storage::WatchHandle watch_;
    Subscription timer_;
    /// What the timer runs for; 0: for nothing.
    std::uint64_t waiting_ = 0;
    /// Gone with it: answers of the host may come later.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

Status ChangeControlImpl::start() {
    auto watch = host_.store().watch(
        detail::kPendingChangeKey,
        std::nullopt,
        [this, &loop = loop_, alive = std::weak_ptr<bool>(alive_)](
            const std::vector<storage::Event>& /*events*/) {
            // The records of the host hear of it by the same loop, and before.
            const auto look = [this, alive] {
                if (!alive.expired()) {
                    watchPending();
                }
            };
            loop.post([&loop, look] { loop.post(look); });
        });
    WEFT_RETURN_IF_ERROR(watch.status());
    watch_ = *std::move(watch);
    watchPending();
    return okStatus();
}

void ChangeControlImpl::watchPending() {
    const auto view = access_.view();
    const auto pending = detail::pendingChange(view.shared);
    if (!pending) {
        waiting_ = 0;
        timer_ = {};
        return;
    }
    if (waiting_ == pending->id) {
        return;
    }
    waiting_ = pending->id;
    // The clock may have been set meanwhile: never longer than it was given.
    const auto left = std::clamp<Duration>(
        std::chrono::duration_cast<Duration>(pending->revertAt - view.now),
        Duration::zero(),
        pending->revertAfter);
    timer_ = loop_.after(left, [this] { takeBack(); });
}

void ChangeControlImpl::takeBack() {
    const auto id = waiting_;
    const Caller self{Caller::Proof::Process, host_.selfId(), "process"};
    run(
        "auto-revert",
        self,
        [this, id, self](const detail::MeshView& view) -> StatusOr<detail::ChangePlan> {
            const auto pending = detail::pendingChange(view.shared);
            if (!pending || pending->id != id) {
                return detail::ChangePlan{};
            }
            return detail::planAutoRevert(view, host_.store(), pending->revertAt, self);
        },
        [this, id](const StatusOr<AppliedChange>& result) {
            if (result.ok()) {
                log().warn("change taken back: nobody confirmed it id={}", id);
                return;
            }
            log().error(
                "change not taken back id={} retry_s={} status={}",
                id,
                kRetryAfter.count(),
                messageOf(result.status()));
            if (waiting_ == id) {
                timer_ = loop_.after(kRetryAfter, [this] { takeBack(); });
            }
        });
}

AppliedChange ChangeControlImpl::finished(const detail::ChangePlan& plan, const Caller& caller) {
    const auto revision = host_.store().revision();
    for (const auto& object : plan.record.objects) {
        auto event = auditEvent(
            caller,
            object.after.empty() ? "delete" : "put",
            kindName(object.ref.kind),
            nameOf(object.ref),
            okStatus());
        event.before = object.before;
        event.after = object.after;
        event.reason = fmt::format("change {}, {}", plan.record.id, plan.record.verb);
        event.revision = revision;
        record(std::move(event));
    }
    if (plan.record.id != 0) {
        log().info(
            "policy changed verb={} change={} objects={} by={}",
            plan.record.verb,
            plan.record.id,
            plan.record.objects.size(),
            base::quoted(caller.identity.value()));
    }
    return {plan.record.id, revision, plan.revertAt, plan.record.leftAlone};
}

void ChangeControlImpl::run(
    std::string_view verb, Caller caller, Planner planner, Callback<AppliedChange> done) {
    auto plan = std::make_shared<detail::ChangePlan>();
    const std::weak_ptr<bool> alive = alive_;
    access_.transact(
        [plan, alive, planner = std::move(planner)](
            const detail::MeshView& view) -> StatusOr<storage::Transaction> {
            if (alive.expired()) {
                return cancelled("the server is stopping");
            }
            WEFT_ASSIGN_OR_RETURN(*plan, planner(view));
            return std::move(plan->transaction);
        },
        [this,
         plan,
         alive,
         verb = std::string(verb),
         caller = std::move(caller),
         done = std::move(done)](const Status& status) {
            if (alive.expired()) {
                done(status.ok() ? cancelled("the server is stopping") : status);
                return;
            }
            if (!status.ok()) {
                record(auditEvent(caller, verb, "change", "", status));
                done(status);
                return;
            }
            auto applied = finished(*plan, caller);
            watchPending();
            done(std::move(applied));
        });
}

void ChangeControlImpl::apply(
    std::vector<changes::Edit> edits,
    std::string note,
    std::chrono::seconds revertAfter,
    Caller caller,
    Callback<AppliedChange> done) {
    run(
        "apply",
        caller,
        [this, caller, wish = detail::ApplyWish{std::move(edits), std::move(note), revertAfter}](
            const detail::MeshView& view) {
            return detail::planApply(view, host_.store(), wish, caller);
        },
        std::move(done));
}

void ChangeControlImpl::revert(
    std::uint64_t id,
    std::vector<ObjectRef> only,
    bool skipChanged,
    Caller caller,
    Callback<AppliedChange> done) {
    run(
        "revert",
        caller,
        [this, caller, wish = detail::RevertWish{id, std::move(only), skipChanged}](
            const detail::MeshView& view) {
            return detail::planRevert(view, host_.store(), wish, caller);
        },
        std::move(done));
}

void ChangeControlImpl::confirm(std::uint64_t id, Caller caller, StatusCallback done) {
    const std::weak_ptr<bool> alive = alive_;
    access_.transact(
        [id, caller](const detail::MeshView& view) {
            return detail::planConfirm(view, id, caller);
        },
        [this, alive, id, caller, done = std::move(done)](const Status& status) {
            if (!alive.expired()) {
                record(auditEvent(caller, "confirm", "change", std::to_string(id), status));
                watchPending();
            }
            done(status);
        });
}

StatusOr<std::vector<ListedChange>> ChangeControlImpl::list(
    std::uint64_t before, std::size_t limit, const Caller& caller) {
    const auto view = access_.view();
    auto status = detail::administers(view, caller)
                      ? detail::mayRead(view, {policy::ObjectKind::Role, {}}, caller)
                      : permissionDenied("only the administrator of the mesh may read its history");
    if (!status.ok()) {
        record(auditEvent(caller, "get", "change", "", status));
        return status;
    }
    const auto most = limit == 0 ? kMaxChangeRecords : std::min(limit, kMaxChangeRecords);
    const auto pending = detail::pendingChange(view.shared);
    std::vector<ListedChange> listed;
    std::map<std::uint64_t, std::vector<std::uint64_t>> revertedBy;
    const auto kept = view.shared.viewBelow(detail::kChangesPrefix);
    for (auto each = kept.rbegin(); each != kept.rend() && listed.size() < most; ++each) {
        auto change = detail::decodeChange(*each->second);
        if (!change.ok()) {
            continue;
        }
        if (change->reverts != 0) {
            revertedBy[change->reverts].push_back(change->id);
        }
        if (before != 0 && change->id >= before) {
            continue;
        }
        ListedChange entry{*std::move(change), {}, {}};
        if (const auto found = revertedBy.find(entry.record.id); found != revertedBy.end()) {
            entry.revertedBy = found->second;
        }
        if (pending && pending->id == entry.record.id) {
            entry.revertAt = pending->revertAt;
        }
        listed.push_back(std::move(entry));
    }
    return listed;
}

}  // namespace

std::unique_ptr<ChangeControl> ChangeControl::create(
    Host& host, base::Loop& loop, AuditLog* audit) {
    WEFT_CHECK(host.access() != nullptr);
    auto control = std::make_unique<ChangeControlImpl>(host, loop, audit);
    if (const auto started = control->start(); !started.ok()) {
        // What waits is looked at with each change all the same.
        log().error("history not watched status={}", messageOf(started));
    }
    return control;
}

}  // namespace weft::mesh
