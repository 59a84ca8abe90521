// SPDX-License-Identifier: Apache-2.0
#include "core/storage/key_value_store.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/storage/detail/waiter.h"

#include <utility>

namespace weft::storage {
namespace {

/// How much of a foreign key a message shows.
constexpr std::size_t kShownKeyBytes = 80;

std::string shown(std::string_view key) {
    return base::escapeForLine(key, kShownKeyBytes);
}

Status validateValue(std::string_view key, std::string_view value) {
    if (value.size() > kMaxValueBytes) {
        return invalidArgument(
            "the value of {} has {} bytes, the most is {}",
            shown(key),
            value.size(),
            kMaxValueBytes);
    }
    return okStatus();
}

Status validateOperation(const Operation& operation, std::size_t& bytes) {
    if (const auto* put = std::get_if<Put>(&operation)) {
        bytes += put->key.size() + put->value.size();
        return validatePut(*put);
    }
    if (const auto* erase = std::get_if<Delete>(&operation)) {
        bytes += erase->key.size();
        return validateKey(erase->key);
    }
    const auto& prefix = std::get<DeletePrefix>(operation).prefix;
    bytes += prefix.size();
    return annotate(validateKey(prefix), "prefix to delete");
}

}  // namespace

Status validateKey(std::string_view key) {
    if (key.empty()) {
        return invalidArgument("the key is empty");
    }
    return validatePrefix(key);
}

Status validatePrefix(std::string_view prefix) {
    if (prefix.size() > kMaxKeyBytes) {
        return invalidArgument(
            "the key {} has {} bytes, the most is {}", shown(prefix), prefix.size(), kMaxKeyBytes);
    }
    if (!base::isUtf8(prefix)) {
        return invalidArgument("the key {} is not UTF-8", shown(prefix));
    }
    return okStatus();
}

Status validatePut(const Put& put) {
    WEFT_RETURN_IF_ERROR(validateKey(put.key));
    WEFT_RETURN_IF_ERROR(validateValue(put.key, put.value));
    if (put.ttl && put.ttl->count() < 0) {
        return invalidArgument("the time to live of {} is negative", shown(put.key));
    }
    return okStatus();
}

Status validate(const Transaction& transaction) {
    if (transaction.operations.size() > kMaxTransactionOperations) {
        return invalidArgument(
            "the transaction has {} operations, the most is {}",
            transaction.operations.size(),
            kMaxTransactionOperations);
    }
    if (transaction.conditions.size() > kMaxTransactionOperations) {
        return invalidArgument(
            "the transaction has {} conditions, the most is {}",
            transaction.conditions.size(),
            kMaxTransactionOperations);
    }
    std::size_t bytes = 0;
    for (const Compare& condition : transaction.conditions) {
        WEFT_RETURN_IF_ERROR(annotate(validateKey(condition.key), "condition"));
        WEFT_RETURN_IF_ERROR(validateValue(condition.key, condition.value));
        bytes += condition.key.size() + condition.value.size();
    }
    for (const Operation& operation : transaction.operations) {
        WEFT_RETURN_IF_ERROR(validateOperation(operation, bytes));
    }
    if (bytes > kMaxTransactionBytes) {
        return invalidArgument(
            "the transaction has {} bytes, the most is {}", bytes, kMaxTransactionBytes);
    }
    return okStatus();
}

Status validateReplacement(const std::vector<Put>& entries) {
    if (entries.size() > kMaxReplaceEntries) {
        return invalidArgument(
            "the replacement has {} entries, the most is {}", entries.size(), kMaxReplaceEntries);
    }
    std::size_t bytes = 0;
    for (const Put& entry : entries) {
        WEFT_RETURN_IF_ERROR(validatePut(entry));
        bytes += entry.key.size() + entry.value.size();
    }
    if (bytes > kMaxReplaceBytes) {
        return invalidArgument(
            "the replacement has {} bytes, the most is {}", bytes, kMaxReplaceBytes);
    }
    return okStatus();
}

StatusOr<CommitResult> KeyValueStore::commitAndWait(Transaction transaction) {
    detail::Waiter<CommitResult> waiter;
    commit(std::move(transaction), waiter.callback());
    return waiter.wait();
}

Status KeyValueStore::put(std::string key, std::string value, std::optional<Duration> ttl) {
    Transaction transaction;
    transaction.operations.emplace_back(Put{std::move(key), std::move(value), ttl});
    return commitAndWait(std::move(transaction)).status();
}

Status KeyValueStore::erase(std::string key) {
    Transaction transaction;
    transaction.operations.emplace_back(Delete{std::move(key)});
    return commitAndWait(std::move(transaction)).status();
}

}  // namespace weft::storage
