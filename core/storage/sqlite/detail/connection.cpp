// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/detail/connection.h"

#include "core/storage/sqlite/detail/sqlite_error.h"

#include <utility>

namespace weft::storage::detail {
namespace {

/// How long a lock of another program (somebody looks at the file with a tool) is waited for.
constexpr int kBusyMilliseconds = 2000;
/// Small allocations that a connection keeps for itself.
constexpr int kLookasideBytes = 128;
constexpr int kLookasideSlots = 64;

}  // namespace

void Statement::bindBlob(int index, std::string_view bytes) {
    // A null pointer would bind NULL.
    const char* data = bytes.empty() ? "" : bytes.data();
    sqlite3_bind_blob(statement_.get(), index, data, static_cast<int>(bytes.size()), SQLITE_STATIC);
}

void Statement::bindInt(int index, std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), index, value);
}

void Statement::bindNull(int index) {
    sqlite3_bind_null(statement_.get(), index);
}

int Statement::run() {
    int code = step();
    while (code == SQLITE_ROW) {
        code = step();
    }
    reset();
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::intAt(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::blobAt(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    if (data == nullptr) {
        return {};
    }
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

StatusOr<Connection> Connection::open(
    const std::string& path, Access access, const std::string& vfs, int cacheKib) {
    const int flags = (access == Access::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
                      | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    Connection connection;
    sqlite3* database = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &database, flags, vfs.empty() ? nullptr : vfs.c_str());
    connection.database_.reset(database);
    if (code != SQLITE_OK) {
        const int extended = database == nullptr ? code : sqlite3_extended_errcode(database);
        return explain(extended, database, fmt::format("opening {}", path)).status;
    }
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, kBusyMilliseconds);
    sqlite3_db_config(
        database, SQLITE_DBCONFIG_LOOKASIDE, nullptr, kLookasideBytes, kLookasideSlots);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    WEFT_RETURN_IF_ERROR(connection.exec(
        fmt::format("PRAGMA cache_size=-{}; PRAGMA cell_size_check=ON", cacheKib).c_str()));
    return connection;
}

Status Connection::exec(const char* sql) {
    const int code = sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? okStatus() : explain(code, handle(), "database").status;
}

StatusOr<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(
        handle(),
        sql.data(),
        static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &raw,
        nullptr);
    if (code != SQLITE_OK) {
        return explain(code, handle(), "database").status;
    }
    Statement statement;
    statement.statement_.reset(raw);
    return statement;
}

StatusOr<std::int64_t> Connection::queryInt(std::string_view sql) {
    WEFT_ASSIGN_OR_RETURN(Statement statement, prepare(sql));
    const int code = statement.step();
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return explain(code, handle(), "database").status;
    }
    return code == SQLITE_ROW ? statement.intAt(0) : 0;
}

StatusOr<std::string> Connection::queryText(std::string_view sql) {
    WEFT_ASSIGN_OR_RETURN(Statement statement, prepare(sql));
    const int code = statement.step();
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return explain(code, handle(), "database").status;
    }
    return code == SQLITE_ROW ? std::string(statement.blobAt(0)) : std::string();
}

}  // namespace weft::storage::detail
