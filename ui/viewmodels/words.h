// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/base/clock.h"
#include "core/base/status.h"

#include <QString>

#include <chrono>
#include <optional>

namespace weft::viewmodels {

/// "1:04:09" or "04:09": a duration that runs, for tabular figures.
QString runningTime(std::chrono::seconds duration);

/// "12 min", "3 h 12 min", "2 days": a duration for reading, two units at most.
QString duration(std::chrono::seconds duration);

/// "just now", "5 min ago", "in 3 h": where `when` lies, seen from `now`.
QString relativeTime(WallTime when, WallTime now);

/// "42 min", "3 h": how old something is, in one unit; empty for what is newer than that is worth.
QString age(WallTime since, WallTime now);

/// Day and time in the user's locale.
QString dateTime(WallTime when);

/// The text with a capital at its start and a full stop at its end: what the core says has neither.
/// A name such as "exit-ams" or a command at its start stays as it is.
QString asSentence(QString text);

/// One or two sentences: what failed, why, and what to do. `what` begins the first ("The mesh could
/// not be created"), without a full stop.
QString errorSentence(const QString& what, const Status& status);

/// "1 member", "12 members".
QString memberCount(int count);

QString roleWord(api::ClusterStatus status);

/// A fingerprint in groups of four, to be compared by eye.
QString inGroups(const QString& hex);

/// "6.4 GiB" in the user's locale, or "6.9 GB" after `useDecimalBytes`.
QString bytes(std::uint64_t count);
/// Whether amounts count in powers of 1000 instead of 1024 from now on, in the whole process: a
/// habit of the user, as the locale is.
void useDecimalBytes(bool decimal);
/// "1.2 MiB/s"; empty for nothing.
QString byteRate(double bytesPerSecond);

/// "172.16.0.1" of "172.16.0.1/32": what other programs take.
QString withoutLength(const std::string& prefix);

/// A domain without the dot of the root, which nobody writes.
QString domainText(const std::string& domain);

/// A long key for a narrow place: its first and last characters.
QString shortKey(const std::string& key);

}  // namespace weft::viewmodels
