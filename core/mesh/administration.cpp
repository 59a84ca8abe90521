// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/administration.h"

#include "core/base/check.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/mesh/detail/change_records.h"
#include "core/mesh/detail/host_access.h"
#include "core/mesh/detail/policy_plan.h"
#include "core/mesh/detail/rights.h"
#include "core/mesh/detail/tombstones.h"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace weft::mesh {
namespace {

using policy::ObjectKind;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

/// What a write leaves for its answer and for the log.
struct WriteRecord {
    std::string verb;
    ObjectRef ref;
    Caller caller;
    detail::PolicyPlan plan;
};

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, ", "));
}

class AdministrationImpl final : public Administration {
public:
    AdministrationImpl(Host& host, base::Loop& loop, AuditLog* audit)
        : host_(host), access_(*host.access()), loop_(loop), audit_(audit) {}

    void put(
        PolicyObject object,
        std::optional<storage::Revision> base,
        Caller caller,
        Callback<WriteReport> done) override;
    void remove(
        ObjectRef ref,
        std::optional<storage::Revision> base,
        Caller caller,
        Callback<WriteReport> done) override;
    StatusOr<StoredObject> get(const ObjectRef& ref, const Caller& caller) override;
    Status mayList(ObjectKind kind, const Caller& caller) override;
    StatusOr<std::vector<StoredObject>> list(ObjectKind kind, const Caller& caller) override;
    void removeNode(
        NodeId id, std::string reason, Caller caller, Callback<WriteReport> done) override;
    void readmitNode(NodeId id, Caller caller, StatusCallback done) override;
    StatusOr<std::vector<RemovedNode>> removedNodes(const Caller& caller) override;
    void auditEvents(
        AuditFilter filter, Caller caller, Callback<std::vector<AuditEvent>> done) override;

private:
    using Planner = std::function<StatusOr<detail::PolicyPlan>(
        const detail::MeshView& view, const detail::WriteBase& base)>;

    void write(
        std::shared_ptr<WriteRecord> record,
        std::optional<storage::Revision> base,
        Planner plan,
        Callback<WriteReport> done);
    /// The object as the store has it; with the store's word for how fresh it is.
    StatusOr<detail::WriteBase> baseOf(
        const ObjectRef& ref, std::optional<storage::Revision> revision) const;
    /// Adds what the transaction does to the history.
    Status keep(
        const detail::MeshView& view,
        std::string_view verb,
        std::string note,
        const Caller& caller,
        storage::Transaction& transaction) const;
    WriteReport reportOf(const WriteRecord& record) const;
    /// They tell the log.
    void noteRefusal(const WriteRecord& write, const Status& status) const;
    WriteReport noteWrite(const WriteRecord& write) const;
    void record(AuditEvent event) const {
        if (audit_ != nullptr) {
            audit_->record(std::move(event));
        }
    }
    /// A refusal to read; who may, leaves no trace.
    Status noted(
        const Status& status, const Caller& caller, std::string_view kind, std::string_view name);

    Host& host_;
    detail::HostAccess& access_;
    base::Loop& loop_;
    AuditLog* const audit_;
    /// Gone with the administration: answers of the host and of the log may come later.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

StatusOr<detail::WriteBase> AdministrationImpl::baseOf(
    const ObjectRef& ref, std::optional<storage::Revision> revision) const {
    detail::WriteBase base;
    base.revision = revision;
    if (!storage::validateId(ref.name).ok()) {
        return base;  // A name that is none is no key either.
    }
    auto entry = host_.store().get(keyOf(ref));
    if (entry.ok()) {
        base.stored = *std::move(entry);
    } else if (entry.status().code() != StatusCode::kNotFound) {
        return annotate(entry.status(), "reading the object");
    }
    return base;
}

Status AdministrationImpl::keep(
    const detail::MeshView& view,
    std::string_view verb,
    std::string note,
    const Caller& caller,
    storage::Transaction& transaction) const {
    auto change = detail::changeBy(caller, verb, view.now);
    change.note = std::move(note);
    WEFT_ASSIGN_OR_RETURN(change.objects, detail::changedObjects(host_.store(), transaction));
    detail::keepChange(view, change, transaction);
    return okStatus();
}

WriteReport AdministrationImpl::reportOf(const WriteRecord& record) const {
    WriteReport report;
    report.alsoChanged = record.plan.alsoChanged;
    const auto entry = host_.store().get(keyOf(record.ref));
    report.revision = entry.ok() ? entry->revision : host_.store().revision();
    return report;
}

void AdministrationImpl::write(
    std::shared_ptr<WriteRecord> record,
    std::optional<storage::Revision> base,
    Planner plan,
    Callback<WriteReport> done) {
    const std::weak_ptr<bool> alive = alive_;
    access_.transact(
        [this, alive, record, base, plan = std::move(plan)](
            const detail::MeshView& view) -> StatusOr<storage::Transaction> {
            if (alive.expired()) {
                return cancelled("the server is stopping");
            }
            WEFT_ASSIGN_OR_RETURN(const auto present, baseOf(record->ref, base));
            WEFT_ASSIGN_OR_RETURN(record->plan, plan(view, present));
            WEFT_RETURN_IF_ERROR(
                keep(view, record->verb, {}, record->caller, record->plan.transaction));
            return std::move(record->plan.transaction);
        },
        [this, alive, record, done = std::move(done)](const Status& status) {
            if (alive.expired()) {
                done(status.ok() ? cancelled("the server is stopping") : status);
            } else if (status.ok()) {
                done(noteWrite(*record));
            } else {
                noteRefusal(*record, status);
                done(status);
            }
        });
}

void AdministrationImpl::noteRefusal(const WriteRecord& write, const Status& status) const {
    auto event =
        auditEvent(write.caller, write.verb, kindName(write.ref.kind), nameOf(write.ref), status);
    event.before = write.plan.before;
    record(std::move(event));
}

WriteReport AdministrationImpl::noteWrite(const WriteRecord& write) const {
    auto report = reportOf(write);
    auto event = auditEvent(
        write.caller, write.verb, kindName(write.ref.kind), nameOf(write.ref), okStatus());
    event.before = write.plan.before;
    event.after = write.plan.after;
    event.reason = joined(report.alsoChanged);
    event.revision = report.revision;
    record(std::move(event));
    log().info(
        "policy changed verb={} kind={} name={} by={}",
        write.verb,
        kindName(write.ref.kind),
        base::quoted(nameOf(write.ref)),
        base::quoted(write.caller.identity.value()));
    return report;
}

void AdministrationImpl::put(
    PolicyObject object,
    std::optional<storage::Revision> base,
    Caller caller,
    Callback<WriteReport> done) {
    auto record = std::make_shared<WriteRecord>();
    record->verb = "put";
    record->ref = refOf(object);
    record->caller = std::move(caller);
    write(
        record,
        base,
        [record = record.get(), object = std::move(object)](
            const detail::MeshView& view, const detail::WriteBase& present) {
            return detail::planPut(view, object, present, record->caller);
        },
        std::move(done));
}

void AdministrationImpl::remove(
    ObjectRef ref,
    std::optional<storage::Revision> base,
    Caller caller,
    Callback<WriteReport> done) {
    auto record = std::make_shared<WriteRecord>();
    record->verb = "delete";
    record->ref = std::move(ref);
    record->caller = std::move(caller);
    write(
        record,
        base,
        [record = record.get()](const detail::MeshView& view, const detail::WriteBase& present) {
            return detail::planRemove(view, record->ref, present, record->caller);
        },
        std::move(done));
}

Status AdministrationImpl::noted(
    const Status& status, const Caller& caller, std::string_view kind, std::string_view name) {
    if (status.code() == StatusCode::kPermissionDenied
        || status.code() == StatusCode::kUnauthenticated) {
        record(auditEvent(caller, "get", kind, name, status));
    }
    return status;
}

StatusOr<StoredObject> AdministrationImpl::get(const ObjectRef& ref, const Caller& caller) {
    if (ref.name.empty() || (ref.kind == ObjectKind::Edge && ref.target.empty())) {
        return ref.kind == ObjectKind::Edge
                   ? invalidArgument("an edge is named by source and target")
                   : invalidArgument("a name is needed");
    }
    WEFT_RETURN_IF_ERROR(noted(
        detail::mayRead(access_.view(), ref, caller), caller, kindName(ref.kind), nameOf(ref)));
    const auto missing =
        notFound("there is no {} {}", kindName(ref.kind), base::escapeForLine(nameOf(ref)));
    if (!storage::validateId(ref.name).ok()
        || (ref.kind == ObjectKind::Edge && !storage::validateId(ref.target).ok())) {
        return missing;
    }
    const auto entry = host_.store().get(keyOf(ref));
    if (!entry.ok()) {
        return entry.status().code() == StatusCode::kNotFound ? missing : entry.status();
    }
    WEFT_ASSIGN_OR_RETURN(auto object, decode(ref.kind, entry->value));
    return StoredObject{std::move(object), entry->revision};
}

Status AdministrationImpl::mayList(ObjectKind kind, const Caller& caller) {
    return noted(detail::mayRead(access_.view(), {kind, {}}, caller), caller, kindName(kind), "");
}

StatusOr<std::vector<StoredObject>> AdministrationImpl::list(
    ObjectKind kind, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(mayList(kind, caller));
    return readObjects(host_.store(), kind);
}

void AdministrationImpl::removeNode(
    NodeId id, std::string reason, Caller caller, Callback<WriteReport> done) {
    auto plan = std::make_shared<detail::RemovalPlan>();
    const std::weak_ptr<bool> alive = alive_;
    access_.transact(
        [this, alive, plan, id, reason, caller](
            const detail::MeshView& view) -> StatusOr<storage::Transaction> {
            if (alive.expired()) {
                return cancelled("the server is stopping");
            }
            WEFT_ASSIGN_OR_RETURN(*plan, detail::planRemoval(view, id, reason, caller));
            const auto note = fmt::format("node {}", base::escapeForLine(id.value()));
            WEFT_RETURN_IF_ERROR(keep(view, "remove", note, caller, plan->transaction));
            return std::move(plan->transaction);
        },
        [this, alive, plan, id, reason, caller, done = std::move(done)](const Status& status) {
            if (alive.expired()) {
                done(status.ok() ? cancelled("the server is stopping") : status);
                return;
            }
            auto event = auditEvent(caller, "remove", "node", id.value(), status);
            event.before = plan->before;
            if (!status.ok()) {
                record(std::move(event));
                done(status);
                return;
            }
            WriteReport report{host_.store().revision(), plan->alsoChanged};
            event.reason = reason.empty() ? joined(report.alsoChanged)
                                          : reason + ": " + joined(report.alsoChanged);
            event.revision = report.revision;
            record(std::move(event));
            log().warn(
                "node removed node={} by={}",
                base::quoted(id.value()),
                base::quoted(caller.identity.value()));
            done(std::move(report));
        });
}

void AdministrationImpl::readmitNode(NodeId id, Caller caller, StatusCallback done) {
    const std::weak_ptr<bool> alive = alive_;
    access_.transact(
        [id, caller](const detail::MeshView& view) {
            return detail::planReadmission(view, id, caller);
        },
        [this, alive, id, caller, done = std::move(done)](const Status& status) {
            if (!alive.expired()) {
                auto event = auditEvent(caller, "readmit", "node", id.value(), status);
                event.revision = status.ok() ? host_.store().revision() : 0;
                record(std::move(event));
            }
            done(status);
        });
}

StatusOr<std::vector<RemovedNode>> AdministrationImpl::removedNodes(const Caller& caller) {
    const auto view = access_.view();
    if (!detail::administers(view, caller)) {
        return noted(
            permissionDenied("only the administrator of the mesh may see removed nodes"),
            caller,
            "node",
            "");
    }
    return detail::removedNodesOf(view.shared);
}

void AdministrationImpl::auditEvents(
    AuditFilter filter, Caller caller, Callback<std::vector<AuditEvent>> done) {
    const auto view = access_.view();
    auto status = detail::administers(view, caller)
                      ? detail::mayRead(view, {ObjectKind::Role, {}}, caller)
                      : permissionDenied("only the administrator of the mesh may read its log");
    if (status = noted(status, caller, "audit", ""); !status.ok()) {
        done(status);
        return;
    }
    if (audit_ == nullptr) {
        done(failedPrecondition("this server keeps no audit log"));
        return;
    }
    audit_->read(
        std::move(filter),
        [&loop = loop_, alive = std::weak_ptr<bool>(alive_), done = std::move(done)](
            StatusOr<std::vector<AuditEvent>> events) {
            loop.post([alive, done, events = std::move(events)] {
                done(
                    alive.expired()
                        ? StatusOr<std::vector<AuditEvent>>(cancelled("the server is stopping"))
                        : events);
            });
        });
}

}  // namespace

StatusOr<std::vector<StoredObject>> readObjects(
    const storage::KeyValueStore& store, ObjectKind kind) {
    const auto prefix = prefixOf(kind);
    WEFT_ASSIGN_OR_RETURN(const auto listing, store.list(prefix));
    std::set<std::string_view> keys;
    if (kind == ObjectKind::Edge) {
        for (const auto& entry : listing.entries) {
            keys.insert(entry.key);
        }
    }
    std::vector<StoredObject> objects;
    objects.reserve(listing.entries.size());
    for (const auto& entry : listing.entries) {
        auto object = entry.value.empty() ? dataLoss("no record") : decode(kind, entry.value);
        if (!object.ok()) {
            continue;
        }
        if (const auto* edge = std::get_if<storage::EdgeRecord>(&*object)) {
            const bool sortsFirst = edge->source < edge->target;
            if (!sortsFirst && keys.contains(storage::edgeKey(edge->target, edge->source))) {
                continue;
            }
        }
        objects.push_back({*std::move(object), entry.revision});
    }
    return objects;
}

std::unique_ptr<Administration> Administration::create(
    Host& host, base::Loop& loop, AuditLog* audit) {
    WEFT_CHECK(host.access() != nullptr);
    return std::make_unique<AdministrationImpl>(host, loop, audit);
}

}  // namespace weft::mesh
