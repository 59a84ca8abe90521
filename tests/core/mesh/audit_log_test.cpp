// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/mesh/audit.h"
#include "core/mesh/detail/audit_record.h"
#include "core/mesh/detail/denial_limiter.h"
#include "tests/core/mesh/mesh_fixture.h"
#include "tests/support/temp_dir.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <optional>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::AuditEvent;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

AuditEvent eventOf(const std::string& name, Status status = okStatus()) {
    return mesh::auditEvent(certificateOf("bravo"), "put", "role", name, status);
}

class AuditLogTest : public ::testing::Test {
protected:
    std::unique_ptr<mesh::AuditLog> onDisk() { return mesh::AuditLog::create(dir_.path(), loop_); }
    std::vector<AuditEvent> read(mesh::AuditLog& log, mesh::AuditFilter filter = {}) {
        std::optional<std::vector<AuditEvent>> found;
        log.read(filter, [&found](auto events) { found = *std::move(events); });
        loop_.runPosted();
        return found.value_or(std::vector<AuditEvent>());
    }
    std::filesystem::path file() const { return dir_.path() / "audit.jsonl"; }

    TempDir dir_;
    ManualLoop loop_;
};

TEST_F(AuditLogTest, KeepsEventsOverARestartNewestFirst) {
    auto event = eventOf("one");
    event.before = "{\"name\":\"one\"}";
    event.revision = 7;
    onDisk()->record(event);
    onDisk()->record(eventOf("two"));
    loop_.runPosted();

    const auto log = onDisk();
    const auto events = read(*log);

    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[0].name, "two");
    event.time = events[1].time;
    EXPECT_EQ(events[1], event);
    EXPECT_GT(events[1].time, WallTime());
    EXPECT_EQ(base::readFileWithOwner(file(), 100'000)->mode, 0600U);
}

TEST_F(AuditLogTest, PassesOverALineThatACrashCutShort) {
    onDisk()->record(eventOf("one"));
    loop_.runPosted();
    ASSERT_TRUE(base::appendToFile(file(), "{\"name\":\"tw").ok());

    const auto log = onDisk();
    log->record(eventOf("three"));
    const auto events = read(*log);

    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[0].name, "three");
    EXPECT_EQ(events[1].name, "one");
}

TEST_F(AuditLogTest, TurnsOverWhenAFileIsFullAndKeepsTwo) {
    const auto log = onDisk();
    auto event = eventOf("big");
    event.before = std::string(mesh::kMaxAuditObjectBytes, 'x');
    const auto perFile = mesh::kMaxAuditFileBytes / mesh::kMaxAuditObjectBytes;

    for (std::size_t at = 0; at < 3 * perFile; ++at) {
        log->record(event);
        loop_.runPosted();
    }

    std::uintmax_t bytes = 0;
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dir_.path())) {
        EXPECT_LE(entry.file_size(), mesh::kMaxAuditFileBytes);
        bytes += entry.file_size();
        ++files;
    }
    EXPECT_EQ(files, 2U);
    EXPECT_GT(bytes, mesh::kMaxAuditFileBytes);
    EXPECT_EQ(log->dropped(), 0U);
}

TEST_F(AuditLogTest, CutsTextsAtTheirLimits) {
    const auto log = mesh::AuditLog::create({}, loop_);
    auto event = eventOf(std::string(mesh::kMaxAuditTextBytes - 1, 'n') + "ü");
    event.after = std::string(mesh::kMaxAuditObjectBytes + 1, 'x');
    event.reason = "\xff\xfe";

    log->record(event);
    const auto events = read(*log);

    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(events[0].name, std::string(mesh::kMaxAuditTextBytes - 1, 'n'));
    EXPECT_THAT(events[0].after, SizeIs(mesh::kMaxAuditObjectBytes));
    EXPECT_EQ(events[0].reason, "\\xff\\xfe");
}

TEST_F(AuditLogTest, CountsWhatTheDiskIsTooSlowFor) {
    const auto log = mesh::AuditLog::create({}, loop_);

    for (std::size_t at = 0; at <= mesh::kMaxWaitingAuditEvents; ++at) {
        log->record(eventOf("many"));
    }

    EXPECT_EQ(log->dropped(), 1U);
}

TEST_F(AuditLogTest, CountsWhatTheDiskRefuses) {
    ASSERT_TRUE(base::writeFileAtomically(dir_.path() / "taken", "a file").ok());
    const auto log = mesh::AuditLog::create(dir_.path() / "taken", loop_);

    log->record(eventOf("lost"));
    loop_.runPosted();

    EXPECT_EQ(log->dropped(), 1U);
    EXPECT_THAT(read(*log), IsEmpty());
}

TEST_F(AuditLogTest, FindsWhatIsAskedFor) {
    const auto log = mesh::AuditLog::create({}, loop_);
    log->record(eventOf("one"));
    log->record(eventOf("two", permissionDenied("no")));
    log->record(eventOf("three", aborted("stale")));
    const auto count = [&](auto tune) {
        mesh::AuditFilter filter;
        tune(filter);
        return read(*log, filter).size();
    };

    EXPECT_EQ(count([](auto&) {}), 3U);
    EXPECT_EQ(count([](auto& filter) { filter.name = "two"; }), 1U);
    EXPECT_EQ(count([](auto& filter) { filter.identity = "carol"; }), 0U);
    EXPECT_EQ(count([](auto& filter) { filter.outcome = AuditEvent::Outcome::Denied; }), 1U);
    EXPECT_EQ(count([](auto& filter) { filter.outcome = AuditEvent::Outcome::Failed; }), 1U);
    EXPECT_EQ(count([](auto& filter) { filter.limit = 2; }), 2U);
    EXPECT_EQ(
        count([](auto& filter) { filter.since = WallTime(std::chrono::hours(900'000)); }), 0U);
}

TEST_F(AuditLogTest, ReadsAThousandEventsAtMost) {
    const auto log = onDisk();
    for (std::size_t at = 0; at <= mesh::kMaxAuditEvents; ++at) {
        log->record(eventOf(fmt::format("role-{}", at)));
        loop_.runPosted();
    }

    const auto events = read(*log);

    ASSERT_THAT(events, SizeIs(mesh::kMaxAuditEvents));
    EXPECT_EQ(events.front().name, fmt::format("role-{}", mesh::kMaxAuditEvents));
}

TEST_F(AuditLogTest, LogsSomebodyWhoIsRefusedOverAndOverOnlySoOften) {
    const auto log = mesh::AuditLog::create({}, loop_);
    for (int at = 0; at < mesh::detail::DenialLimiter::kMaxDenials + 5; ++at) {
        log->record(eventOf("mine", permissionDenied("no")));
    }
    loop_.runPosted();
    EXPECT_THAT(read(*log), SizeIs(mesh::detail::DenialLimiter::kMaxDenials));

    loop_.advance(1min);
    log->record(eventOf("mine", permissionDenied("no")));

    EXPECT_THAT(read(*log).front().reason, HasSubstr("5 refusals before were not logged"));
}

TEST(DenialLimiter, ForgetsTheOldestCallerPastItsLimit) {
    mesh::detail::DenialLimiter limiter;
    const TimePoint start{};
    for (int at = 0; at < mesh::detail::DenialLimiter::kMaxDenials; ++at) {
        ASSERT_TRUE(limiter.admit("first", start));
    }
    ASSERT_FALSE(limiter.admit("first", start));

    for (std::size_t at = 0; at < mesh::detail::DenialLimiter::kMaxCallers; ++at) {
        EXPECT_TRUE(limiter.admit(fmt::format("caller-{}", at), start + 1s));
    }

    EXPECT_EQ(limiter.callers(), mesh::detail::DenialLimiter::kMaxCallers);
    EXPECT_EQ(limiter.admit("first", start + 2s), 0U) << "it is a new one again";
}

}  // namespace
}  // namespace weft::tests
