// SPDX-License-Identifier: Apache-2.0
#include "app/cli/output.h"

#include "core/base/text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace weft::cli {
namespace {

constexpr std::size_t kMostLineBytes = 512;
/// A cell is for the eye; JSON and -q have the whole text.
constexpr std::size_t kMostCellBytes = 64;

/// Code points, which is what a terminal shows one column of for most text.
std::size_t widthOf(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t own = widthOf(text);
    return own >= width ? text : text + std::string(width - own, ' ');
}

}  // namespace

void Output::write(const Document& document) {
    out_ << (format_ == Format::Json ? document.toJson() : document.toYaml());
}

void Output::writeEvent(const Document& document) {
    if (format_ == Format::Yaml) {
        out_ << "---\n" << document.toYaml() << std::flush;
        return;
    }
    // Line breaks stand only between members here: inside texts they are escapes.
    std::string text;
    bool atStart = false;
    for (const char c : document.toJson()) {
        if (c == '\n') {
            atStart = true;
        } else if (!atStart || c != ' ') {
            if (atStart && !text.empty() && text.back() == ',') {
                text += ' ';
            }
            atStart = false;
            text += c;
        }
    }
    out_ << text << '\n' << std::flush;
}

void Output::line(std::string_view text) {
    out_ << text << '\n';
}

std::string Output::toned(std::string_view text, Tone tone) const {
    constexpr std::array<int, 5> kCodes = {0, 32, 33, 31, 2};
    if (!colour_ || tone == Tone::Plain) {
        return std::string(text);
    }
    return fmt::format("\x1b[{}m{}\x1b[0m", kCodes.at(static_cast<std::size_t>(tone)), text);
}

std::string safe(std::string_view text) {
    return base::escapeForLine(text, kMostLineBytes);
}

void Table::add(const std::vector<std::string>& cells) {
    std::vector<std::string> row;
    row.reserve(heads_.size());
    for (const auto& cell : cells) {
        row.push_back(cell.empty() ? "-" : base::escapeForLine(cell, kMostCellBytes));
    }
    row.resize(heads_.size(), "-");
    rows_.push_back(std::move(row));
}

void Table::print(std::ostream& out) const {
    std::vector<std::size_t> widths;
    widths.reserve(heads_.size());
    for (std::size_t column = 0; column < heads_.size(); ++column) {
        std::size_t width = widthOf(heads_[column]);
        for (const auto& row : rows_) {
            width = std::max(width, widthOf(row[column]));
        }
        widths.push_back(width);
    }
    const auto printRow = [&](const std::vector<std::string>& row) {
        for (std::size_t column = 0; column + 1 < row.size(); ++column) {
            out << padded(row[column], widths[column]) << "  ";
        }
        out << row.back() << '\n';
    };
    printRow(heads_);
    for (const auto& row : rows_) {
        printRow(row);
    }
}

void Facts::add(std::string name, std::string_view value, Tone tone) {
    if (!value.empty()) {
        facts_.push_back({std::move(name), safe(value), tone});
    }
}

void Facts::print(Output& out) const {
    std::size_t width = 0;
    for (const Fact& fact : facts_) {
        width = std::max(width, widthOf(fact.name));
    }
    for (const Fact& fact : facts_) {
        out.line(padded(fact.name, width) + "  " + out.toned(fact.value, fact.tone));
    }
}

std::string timeText(WallTime time) {
    // fmt prints no more than years of four digits well; certificates go to 9999 at most.
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::time_t value = std::chrono::system_clock::to_time_t(seconds);
    std::tm parts{};
    if (::gmtime_r(&value, &parts) == nullptr) {
        return "unknown";
    }
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", parts);
}

Document timeDocument(const std::optional<WallTime>& time) {
    return time ? Document(timeText(*time)) : Document();
}

std::string bytesText(std::uint64_t bytes) {
    constexpr std::array kUnits{"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    constexpr double kStep = 1024;
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= kStep && unit + 1 < kUnits.size()) {
        value /= kStep;
        ++unit;
    }
    return unit == 0 ? fmt::format("{} B", bytes)
                     : fmt::format("{:.1f} {}", value, kUnits.at(unit));
}

std::string relativeText(const std::optional<WallTime>& time, WallTime now) {
    using std::chrono::seconds;
    if (!time) {
        return "-";
    }
    const bool isPast = *time <= now;
    const auto distance = std::chrono::ceil<seconds>(isPast ? now - *time : *time - now).count();
    // What has begun counts when it is ahead: a day that was just given is "in 24 h".
    const auto in = [&](std::int64_t unit) {
        return isPast ? distance / unit : (distance + unit - 1) / unit;
    };
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kHour = 60 * kMinute;
    constexpr std::int64_t kDay = 24 * kHour;
    std::string text;
    if (distance < 1) {
        return "now";
    }
    if (distance < 2 * kMinute) {
        text = fmt::format("{} s", distance);
    } else if (distance < 2 * kHour) {
        text = fmt::format("{} min", in(kMinute));
    } else if (distance < 2 * kDay) {
        text = fmt::format("{} h", in(kHour));
    } else {
        text = fmt::format("{} days", in(kDay));
    }
    return isPast ? text + " ago" : "in " + text;
}

}  // namespace weft::cli
