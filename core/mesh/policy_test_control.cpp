// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy_test_control.h"

#include "core/base/check.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/audit.h"
#include "core/mesh/detail/host_access.h"
#include "core/mesh/detail/rights.h"

#include <string>
#include <utility>

namespace weft::mesh {
namespace {

constexpr std::string_view kAuditKind = "policytests";

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

/// What one write does.
struct Write {
    std::string before;
    std::string after;
    /// Of what is there already, when nothing is to be written.
    storage::Revision unchanged = 0;
    storage::Transaction transaction;
};

StatusOr<storage::Entry> storedEntry(const storage::KeyValueStore& store) {
    auto entry = store.get(kPolicyTestsKey);
    if (entry.status().code() == StatusCode::kNotFound) {
        return storage::Entry{};
    }
    return entry;
}

StatusOr<std::string> textOf(const std::vector<changes::PolicyTest>& tests) {
    if (tests.size() > changes::kMaxPolicyTests) {
        return resourceExhausted(
            "{} tests are too many: a mesh keeps at most {}",
            tests.size(),
            changes::kMaxPolicyTests);
    }
    WEFT_RETURN_IF_ERROR(changes::validate(tests));
    auto text = tests.empty() ? std::string() : changes::encode(tests);
    if (text.size() > changes::kMaxPolicyTestBytes) {
        return resourceExhausted(
            "the tests take {} bytes: a mesh keeps at most {}",
            text.size(),
            changes::kMaxPolicyTestBytes);
    }
    return text;
}

/// The revision that a client knows: what does not read is none to it.
storage::Revision knownRevision(const storage::Entry& entry) {
    return !entry.value.empty() && changes::decode(entry.value).ok() ? entry.revision : 0;
}

StatusOr<Write> planWrite(
    const detail::MeshView& view,
    const storage::KeyValueStore& store,
    const std::vector<changes::PolicyTest>& tests,
    storage::Revision base,
    const Caller& caller) {
    WEFT_RETURN_IF_ERROR(
        detail::authorise(view, caller, {{policy::Verb::Put, policy::Resource::NetworkAcls, {}}}));
    Write write;
    WEFT_ASSIGN_OR_RETURN(write.after, textOf(tests));
    WEFT_ASSIGN_OR_RETURN(auto entry, storedEntry(store));
    if (const auto known = knownRevision(entry); known != base) {
        return aborted(
            "others have changed the tests meanwhile: they are of revision {} now, not {}",
            known,
            base);
    }
    write.before = std::move(entry.value);
    if (write.after == write.before) {
        write.unchanged = entry.revision;
        return write;
    }
    const std::string key(kPolicyTestsKey);
    write.transaction.conditions.push_back(
        {storage::Compare::Kind::RevisionIs, key, entry.revision, {}});
    if (write.after.empty()) {
        write.transaction.operations.emplace_back(storage::Delete{key});
    } else {
        write.transaction.operations.emplace_back(storage::Put{key, write.after, std::nullopt});
    }
    return write;
}

AuditEvent eventOf(const Caller& caller, const Write& write, const Status& status) {
    const bool removes = status.ok() && write.after.empty();
    auto event = auditEvent(caller, removes ? "delete" : "put", kAuditKind, "", status);
    if (status.ok()) {
        event.before = write.before;
        event.after = write.after;
    }
    return event;
}

}  // namespace

PolicyTestControl::PolicyTestControl(Host& host, AuditLog* audit) : host_(host), audit_(audit) {
    WEFT_CHECK(host.access() != nullptr);
}

StatusOr<KeptPolicyTests> PolicyTestControl::get(const Caller& caller) const {
    const auto view = host_.access()->view();
    if (!detail::isMember(view, caller) && !detail::isAdmin(view, caller)) {
        return permissionDenied("only members of the mesh may read its tests");
    }
    WEFT_ASSIGN_OR_RETURN(const auto entry, storedEntry(host_.store()));
    if (entry.value.empty()) {
        return KeptPolicyTests{};
    }
    auto tests = changes::decode(entry.value);
    if (!tests.ok()) {
        return dataLoss(
            "the tests that the mesh keeps do not read: {}; keep new ones in their place",
            messageOf(tests.status()));
    }
    return KeptPolicyTests{*std::move(tests), entry.revision};
}

void PolicyTestControl::put(
    std::vector<changes::PolicyTest> tests,
    storage::Revision base,
    const Caller& caller,
    Callback<storage::Revision> done) {
    auto write = std::make_shared<Write>();
    const std::weak_ptr<bool> alive = alive_;
    host_.access()->transact(
        [this, alive, write, tests = std::move(tests), base, caller](
            const detail::MeshView& view) -> StatusOr<storage::Transaction> {
            if (alive.expired()) {
                return cancelled("the server is stopping");
            }
            WEFT_ASSIGN_OR_RETURN(*write, planWrite(view, host_.store(), tests, base, caller));
            return write->transaction;
        },
        [this, alive, write, caller, done = std::move(done)](const Status& status) {
            if (alive.expired()) {
                done(status.ok() ? cancelled("the server is stopping") : status);
                return;
            }
            const bool wrote = status.ok() && !write->transaction.operations.empty();
            if (audit_ != nullptr && (wrote || !status.ok())) {
                auto event = eventOf(caller, *write, status);
                event.revision = wrote ? host_.store().revision() : 0;
                audit_->record(std::move(event));
            }
            if (!status.ok()) {
                done(status);
                return;
            }
            if (!wrote) {
                done(write->unchanged);
                return;
            }
            log().info("policy tests changed by={}", base::quoted(caller.identity.value()));
            const auto entry = storedEntry(host_.store());
            done(entry.ok() ? StatusOr<storage::Revision>(entry->revision) : entry.status());
        });
}

StatusOr<storage::WatchHandle> PolicyTestControl::watch(std::function<void()> changed) {
    return host_.store().watch(
        kPolicyTestsKey,
        std::nullopt,
        [changed = std::move(changed)](const std::vector<storage::Event>& /*events*/) {
            changed();
        });
}

}  // namespace weft::mesh
