// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/detail/schema.h"

#include "core/storage/sqlite/detail/row.h"
#include "core/storage/sqlite/detail/sqlite_error.h"
#include "core/storage/sqlite/sqlite_store.h"

namespace weft::storage::detail {
namespace {

constexpr int kProbeCacheKib = 64;

constexpr const char* kTables = R"sql(
    BEGIN IMMEDIATE;
    CREATE TABLE entries(
        key BLOB NOT NULL PRIMARY KEY,
        value BLOB NOT NULL,
        revision INTEGER NOT NULL,
        expires INTEGER,
        sum INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    CREATE INDEX entries_by_expiry ON entries(expires) WHERE expires IS NOT NULL;
    CREATE TABLE state(id INTEGER PRIMARY KEY CHECK(id = 1), revision INTEGER NOT NULL) STRICT;
    INSERT INTO state VALUES(1, 0);
)sql";

StatusOr<Contents> probeOpened(const std::string& path, Connection& connection) {
    WEFT_ASSIGN_OR_RETURN(
        const auto tables, connection.queryInt("SELECT count(*) FROM sqlite_schema"));
    WEFT_ASSIGN_OR_RETURN(const auto application, connection.queryInt("PRAGMA application_id"));
    WEFT_ASSIGN_OR_RETURN(const auto version, connection.queryInt("PRAGMA user_version"));
    if (tables == 0 && application == 0 && version == 0) {
        return Contents::Nothing;
    }
    if (application != SqliteStore::kApplicationId) {
        return failedPrecondition("{} is a database of another program", path);
    }
    if (version > SqliteStore::kFormatVersion) {
        return failedPrecondition(
            "{} has format {}, which is newer than format {} of this program: it was left as it "
            "is, use a newer version of Weft",
            path,
            version,
            SqliteStore::kFormatVersion);
    }
    if (version != SqliteStore::kFormatVersion) {
        return dataLoss("{} has the unknown format {}", path, version);
    }
    return Contents::Ours;
}

}  // namespace

Status asDamage(const std::string& path, const Status& status) {
    if (status.code() == StatusCode::kInternal) {
        return dataLoss("{} cannot be read: {}", path, messageOf(status));
    }
    return status;
}

StatusOr<Contents> probe(const std::string& path, const std::string& vfs) {
    WEFT_ASSIGN_OR_RETURN(
        Connection connection,
        Connection::open(path, Connection::Access::ReadOnly, vfs, kProbeCacheKib));
    auto contents = probeOpened(path, connection);
    return contents.ok() ? contents : asDamage(path, contents.status());
}

Status createSchema(Connection& connection) {
    WEFT_RETURN_IF_ERROR(connection.exec(kTables));
    WEFT_RETURN_IF_ERROR(
        connection.exec(fmt::format(
                            "PRAGMA application_id={}; PRAGMA user_version={}; COMMIT;",
                            SqliteStore::kApplicationId,
                            SqliteStore::kFormatVersion)
                            .c_str()));
    // So that a file without its journal still says what it is.
    return connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

Status verify(Connection& connection) {
    // The quick check does not compare the table with its index, and so takes an empty index in the
    // place of the table for an empty table.
    WEFT_ASSIGN_OR_RETURN(const auto found, connection.queryText("PRAGMA integrity_check(1)"));
    if (found != "ok") {
        return dataLoss("the file is damaged: {}", found);
    }
    WEFT_ASSIGN_OR_RETURN(const auto states, connection.queryInt("SELECT count(*) FROM state"));
    WEFT_ASSIGN_OR_RETURN(const auto newest, connection.queryInt("SELECT revision FROM state"));
    if (states != 1 || newest < 0) {
        return dataLoss("the file is damaged: it does not say its revision");
    }
    WEFT_ASSIGN_OR_RETURN(
        Statement rows,
        connection.prepare("SELECT key, value, revision, expires, sum FROM entries ORDER BY key"));
    std::string last;
    int code = rows.step();
    for (; code == SQLITE_ROW; code = rows.step()) {
        const std::string_view key = rows.blobAt(0);
        WEFT_ASSIGN_OR_RETURN(const Row row, readRow(rows, 1, key));
        if (key.empty() || key <= last || row.revision > static_cast<Revision>(newest)) {
            return dataLoss("the file is damaged: its entries are out of order");
        }
        last = key;
    }
    if (code != SQLITE_DONE) {
        return explain(code, connection.handle(), "reading the file").status;
    }
    return okStatus();
}

}  // namespace weft::storage::detail
