// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/detail/row.h"

#include "core/base/text.h"
#include "core/storage/detail/crc32c.h"

#include <array>
#include <cstddef>

namespace weft::storage::detail {
namespace {

constexpr std::size_t kShownKeyBytes = 80;

/// Length of the key, revision, end of life, and whether there is one. The length says where the
/// key ends, so that no byte can move over to the value.
constexpr std::size_t kNumbers = 4;
using Header = std::array<char, kNumbers * sizeof(std::uint64_t)>;

Header headerOf(const Row& row) {
    const auto end = row.expiresAt ? static_cast<std::uint64_t>(toStored(*row.expiresAt)) : 0;
    const std::array<std::uint64_t, kNumbers> numbers{
        row.key.size(), row.revision, end, row.expiresAt ? std::uint64_t{1} : 0};
    Header header{};
    std::size_t at = 0;
    for (const std::uint64_t number : numbers) {
        for (std::size_t byte = 0; byte < sizeof number; ++byte) {
            header[at++] = static_cast<char>(number >> (8 * byte));
        }
    }
    return header;
}

}  // namespace

Entry Row::toEntry() const {
    return Entry{std::string(key), std::string(value), revision, expiresAt};
}

std::uint32_t checksum(const Row& row) {
    const Header header = headerOf(row);
    return crc32c(row.value, crc32c(row.key, crc32c({header.data(), header.size()})));
}

std::int64_t toStored(WallTime time) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

WallTime fromStored(std::int64_t time) {
    return WallTime(std::chrono::duration_cast<WallTime::duration>(std::chrono::nanoseconds(time)));
}

StatusOr<Row> readRow(const Statement& statement, int firstColumn, std::string_view key) {
    Row row;
    row.key = key;
    row.value = statement.blobAt(firstColumn);
    row.revision = static_cast<Revision>(statement.intAt(firstColumn + 1));
    if (!statement.isNull(firstColumn + 2)) {
        row.expiresAt = fromStored(statement.intAt(firstColumn + 2));
    }
    if (statement.intAt(firstColumn + 3) != checksum(row)) {
        return dataLoss(
            "the stored entry {} is damaged: its checksum does not match",
            base::escapeForLine(key, kShownKeyBytes));
    }
    return row;
}

}  // namespace weft::storage::detail
