// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace weft::storage::detail {

/// A prepared statement that is used again and again.
/// Thread: that of its connection.
class Statement {
public:
    Statement() = default;

    /// `bytes` must live until `reset`.
    void bindBlob(int index, std::string_view bytes);
    void bindInt(int index, std::int64_t value);
    void bindNull(int index);

    /// SQLITE_ROW, SQLITE_DONE or an extended error code.
    int step() { return sqlite3_step(statement_.get()); }
    /// Runs to the end and resets. SQLITE_OK or an extended error code.
    int run();
    void reset() { sqlite3_reset(statement_.get()); }

    bool isNull(int column) const;
    std::int64_t intAt(int column) const;
    /// Good until the next step or reset.
    std::string_view blobAt(int column) const;

private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Resets a statement at the end of a scope, so that it holds no lock and no foreign memory.
class ScopedReset {
public:
    explicit ScopedReset(Statement& statement) : statement_(statement) {}
    ScopedReset(const ScopedReset&) = delete;
    ScopedReset& operator=(const ScopedReset&) = delete;
    ~ScopedReset() { statement_.reset(); }

private:
    Statement& statement_;
};

/// One SQLite connection.
/// Thread: any, one at a time.
class Connection {
public:
    enum class Access { ReadOnly, ReadWrite };

    /// The file must exist. Sets what holds for all our connections: no trust in what a file
    /// brings along, checked pages, `cacheKib` of cached pages at most.
    static StatusOr<Connection> open(
        const std::string& path, Access access, const std::string& vfs, int cacheKib);

    Status exec(const char* sql);
    StatusOr<Statement> prepare(std::string_view sql);
    /// The first column of the first row; 0 when there is no row.
    StatusOr<std::int64_t> queryInt(std::string_view sql);
    StatusOr<std::string> queryText(std::string_view sql);

    sqlite3* handle() const { return database_.get(); }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace weft::storage::detail
