// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/change_records.h"

#include "core/base/timestamp.h"
#include "core/mesh/audit.h"
#include "core/mesh/detail/audit_record.h"

#include "weft/mesh/v1/changes.pb.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <set>
#include <utility>

namespace weft::mesh::detail {
namespace {

using policy::ObjectKind;

v1::ObjectKind toProto(ObjectKind kind) {
    return static_cast<v1::ObjectKind>(static_cast<int>(kind) + 1);
}

std::optional<ObjectKind> kindOf(v1::ObjectKind kind) {
    const auto number = static_cast<int>(kind) - 1;
    if (number < 0 || number >= static_cast<int>(kObjectKinds.size())) {
        return std::nullopt;
    }
    return static_cast<ObjectKind>(number);
}

void toProto(const ChangedObject& object, v1::ChangedObject* message) {
    message->mutable_object()->set_kind(toProto(object.ref.kind));
    message->mutable_object()->set_name(object.ref.name);
    message->mutable_object()->set_target(object.ref.target);
    message->set_before(object.before);
    message->set_after(object.after);
}

std::optional<ChangedObject> fromProto(const v1::ChangedObject& message) {
    const auto kind = kindOf(message.object().kind());
    if (!kind) {
        return std::nullopt;
    }
    return ChangedObject{
        {*kind, message.object().name(), message.object().target()},
        message.before(),
        message.after()};
}

std::string jsonOf(const google::protobuf::Message& message) {
    std::string json;
    // The texts are UTF-8, and the times are within range.
    (void)google::protobuf::util::MessageToJsonString(message, &json);
    return json;
}

Status parse(std::string_view json, google::protobuf::Message* message) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    const auto parsed = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(json.data(), json.size()), message, options);
    return parsed.ok() ? okStatus() : dataLoss("a record of the history does not parse");
}

std::string capped(std::string text) {
    capText(text, kMaxChangeNoteBytes);
    return text;
}

/// The oldest go until there is room for `bytes` more.
void makeRoom(const MeshView& view, std::size_t bytes, storage::Transaction& transaction) {
    const auto kept = view.shared.viewBelow(kChangesPrefix);
    std::size_t total = bytes;
    for (const auto& [key, value] : kept) {
        total += value->size();
    }
    auto count = kept.size() + 1;
    for (const auto& [key, value] : kept) {
        if (count <= kMaxChangeRecords && total <= kMaxChangeHistoryBytes) {
            return;
        }
        transaction.operations.emplace_back(storage::Delete{std::string(key)});
        total -= value->size();
        --count;
    }
}

std::uint64_t nextId(const SharedRecords& shared) {
    const auto kept = shared.viewBelow(kChangesPrefix);
    const auto last = kept.empty() ? std::nullopt : idOfChangeKey(kept.back().first);
    return last.value_or(0) + 1;
}

/// Empty: nothing.
StatusOr<std::string> storedAt(const storage::KeyValueStore& store, const std::string& key) {
    auto stored = store.get(key);
    if (stored.ok()) {
        return std::move(stored->value);
    }
    if (stored.status().code() == StatusCode::kNotFound) {
        return std::string();
    }
    return annotate(stored.status(), "reading what is to be changed");
}

}  // namespace

std::string changeKey(std::uint64_t id) {
    return fmt::format("{}{:020}", kChangesPrefix, id);
}

std::optional<std::uint64_t> idOfChangeKey(std::string_view key) {
    if (!key.starts_with(kChangesPrefix)) {
        return std::nullopt;
    }
    std::uint64_t id = 0;
    for (const char digit : key.substr(kChangesPrefix.size())) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        id = id * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    return id;
}

std::string encodeChange(const ChangeRecord& record) {
    v1::ChangeRecord message;
    message.set_id(record.id);
    base::setTimestamp(message.mutable_time(), record.time);
    message.set_identity(record.identity);
    message.set_proof(record.proof);
    message.set_proxied_by(record.proxiedBy);
    message.set_source(record.source);
    message.set_verb(record.verb);
    message.set_note(record.note);
    for (const auto& object : record.objects) {
        toProto(object, message.add_objects());
    }
    message.set_reverts(record.reverts);
    message.set_without_objects(record.withoutObjects);
    for (const auto& text : record.leftAlone) {
        message.add_left_alone(text);
    }
    return jsonOf(message);
}

StatusOr<ChangeRecord> decodeChange(std::string_view json) {
    v1::ChangeRecord message;
    WEFT_RETURN_IF_ERROR(parse(json, &message));
    ChangeRecord record;
    record.id = message.id();
    record.time = base::wallTimeOf(message.time());
    record.identity = capped(message.identity());
    record.proof = capped(message.proof());
    record.proxiedBy = capped(message.proxied_by());
    record.source = capped(message.source());
    record.verb = capped(message.verb());
    record.note = capped(message.note());
    for (const auto& each : message.objects()) {
        auto object = fromProto(each);
        if (!object) {
            return dataLoss("a record of the history has an object of an unknown kind");
        }
        record.objects.push_back(*std::move(object));
    }
    record.reverts = message.reverts();
    record.withoutObjects = message.without_objects();
    record.leftAlone.assign(message.left_alone().begin(), message.left_alone().end());
    return record;
}

std::string encodePending(const PendingChange& pending) {
    v1::PendingChange message;
    message.set_change_id(pending.id);
    base::setTimestamp(message.mutable_revert_at(), pending.revertAt);
    message.set_identity(pending.identity);
    message.set_revert_after_seconds(static_cast<std::uint32_t>(pending.revertAfter.count()));
    return jsonOf(message);
}

StatusOr<PendingChange> decodePending(std::string_view json) {
    v1::PendingChange message;
    WEFT_RETURN_IF_ERROR(parse(json, &message));
    const std::chrono::seconds after(message.revert_after_seconds());
    return PendingChange{
        message.change_id(),
        base::wallTimeOf(message.revert_at()),
        capped(message.identity()),
        std::min(after, kMaxRevertAfter)};
}

std::optional<PendingChange> pendingChange(const SharedRecords& shared) {
    const auto* json = shared.find(kPendingChangeKey);
    auto pending =
        json == nullptr ? StatusOr<PendingChange>(notFound("none")) : decodePending(*json);
    return pending.ok() ? std::optional(*std::move(pending)) : std::nullopt;
}

std::optional<ChangeRecord> changeOf(const SharedRecords& shared, std::uint64_t id) {
    const auto* json = shared.find(changeKey(id));
    auto record = json == nullptr ? StatusOr<ChangeRecord>(notFound("none")) : decodeChange(*json);
    return record.ok() ? std::optional(*std::move(record)) : std::nullopt;
}

ChangeRecord changeBy(const Caller& caller, std::string_view verb, WallTime now) {
    const auto event = auditEvent(caller, verb, {}, {}, okStatus());
    ChangeRecord record;
    record.time = now;
    record.identity = capped(event.identity);
    record.proof = event.proof;
    record.proxiedBy = capped(event.proxiedBy);
    record.source = capped(event.source);
    record.verb = verb;
    return record;
}

void keepChange(const MeshView& view, ChangeRecord& record, storage::Transaction& transaction) {
    if (record.objects.empty()) {
        return;
    }
    record.id = nextId(view.shared);
    auto json = encodeChange(record);
    if (json.size() > kMaxChangeRecordBytes) {
        auto shorter = record;
        shorter.withoutObjects = true;
        for (auto& object : shorter.objects) {
            object.before.clear();
            object.after.clear();
        }
        json = encodeChange(shorter);
    }
    const auto key = changeKey(record.id);
    transaction.conditions.push_back({storage::Compare::Kind::Absent, key, 0, {}});
    makeRoom(view, json.size(), transaction);
    transaction.operations.emplace_back(storage::Put{key, std::move(json), std::nullopt});
}

StatusOr<std::vector<ChangedObject>> changedObjects(
    const storage::KeyValueStore& store, const storage::Transaction& transaction) {
    std::vector<ChangedObject> objects;
    std::set<std::string> seen;
    for (const auto& operation : transaction.operations) {
        const auto* put = std::get_if<storage::Put>(&operation);
        const auto* erased = std::get_if<storage::Delete>(&operation);
        const auto key =
            put != nullptr ? put->key : (erased != nullptr ? erased->key : std::string());
        auto ref = refOfKey(key);
        // Of the two directions of an edge the one that sorts first speaks for both.
        if (!ref || keyOf(*ref) != key || !seen.insert(key).second) {
            continue;
        }
        WEFT_ASSIGN_OR_RETURN(auto before, storedAt(store, key));
        auto after = put != nullptr ? put->value : std::string();
        if (before != after) {
            objects.push_back({*std::move(ref), std::move(before), std::move(after)});
        }
    }
    return objects;
}

}  // namespace weft::mesh::detail
