// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/document.h"
#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace weft::cli {

enum class Format : std::uint8_t { Table, Json, Yaml };

enum class Tone : std::uint8_t { Plain, Good, Warning, Bad, Muted };

/// Where a command writes. Everything foreign passes through `safe` before it reaches a table.
class Output {
public:
    Output(std::ostream& out, Format format, bool quiet, bool colour)
        : out_(out), format_(format), quiet_(quiet), colour_(colour) {}

    std::ostream& stream() { return out_; }
    Format format() const { return format_; }
    /// JSON or YAML is asked for.
    bool isStructured() const { return format_ != Format::Table; }
    /// Only the one thing that the command is about.
    bool quiet() const { return quiet_; }
    bool colour() const { return colour_; }

    /// As JSON or YAML.
    void write(const Document& document);
    /// A stream of documents: one line of JSON each, or YAML documents.
    void writeEvent(const Document& document);
    void line(std::string_view text);
    /// `text` in a colour where there are colours.
    std::string toned(std::string_view text, Tone tone) const;

private:
    std::ostream& out_;
    const Format format_;
    const bool quiet_;
    const bool colour_;
};

/// Foreign text for one line of a terminal.
std::string safe(std::string_view text);

/// Columns that line up, two blanks apart. The last column is not padded.
class Table {
public:
    explicit Table(std::vector<std::string> heads) : heads_(std::move(heads)) {}

    /// As many cells as heads. Cells are made safe here.
    void add(const std::vector<std::string>& cells);
    std::size_t size() const { return rows_.size(); }
    void print(std::ostream& out) const;

private:
    std::vector<std::string> heads_;
    std::vector<std::vector<std::string>> rows_;
};

/// Names and values, one pair a line; pairs without a value are left out.
class Facts {
public:
    void add(std::string name, std::string_view value, Tone tone = Tone::Plain);
    void print(Output& out) const;

private:
    struct Fact {
        std::string name;
        std::string value;
        Tone tone;
    };
    std::vector<Fact> facts_;
};

/// "2026-01-01T00:00:00Z".
std::string timeText(WallTime time);
/// null when there is none.
Document timeDocument(const std::optional<WallTime>& time);
/// "512 B", "1.2 MiB".
std::string bytesText(std::uint64_t bytes);
/// "3 h ago", "in 24 h", "now"; "-" when there is none.
std::string relativeText(const std::optional<WallTime>& time, WallTime now);

}  // namespace weft::cli
