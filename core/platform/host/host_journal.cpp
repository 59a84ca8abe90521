// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host/host_journal.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/platform/tun.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace weft::platform {
namespace {

constexpr std::string_view kHeader = "weft-host-journal/1";
constexpr std::string_view kEmptyWord = "-";
constexpr std::array<std::string_view, 2> kFamilyWords{"ipv4", "ipv6"};
constexpr std::string_view kOuterWord = "outer";
/// In the order of LookupRule::Kind.
constexpr std::array<std::string_view, 3> kLookupWords{"kept", "main-first", "outer-next"};

std::string_view familyWord(net::Family family) {
    return family == net::Family::V4 ? kFamilyWords[0] : kFamilyWords[1];
}

std::string encodeWord(std::string_view word) {
    if (word.empty()) {
        return std::string(kEmptyWord);
    }
    std::string text;
    for (const char each : word) {
        const auto byte = static_cast<unsigned char>(each);
        // A word of one hyphen would read as an empty one.
        const bool plain = byte > ' ' && byte < 0x7F && each != '%' && word != kEmptyWord;
        text += plain ? std::string(1, each) : fmt::format("%{:02x}", byte);
    }
    return text;
}

std::optional<std::string> decodeWord(std::string_view text) {
    if (text == kEmptyWord) {
        return std::string();
    }
    std::string word;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            word += text[at];
            continue;
        }
        const auto byte = base::hexDecode(text.substr(at + 1, 2));
        if (!byte || byte->size() != 1) {
            return std::nullopt;
        }
        word += *byte;
        at += 2;
    }
    return word;
}

std::optional<std::vector<std::string>> decodeWords(std::string_view line) {
    std::vector<std::string> words;
    while (true) {
        const auto end = std::min(line.find(' '), line.size());
        auto word = decodeWord(line.substr(0, end));
        if (!word) {
            return std::nullopt;
        }
        words.push_back(*std::move(word));
        if (end == line.size()) {
            return words;
        }
        line.remove_prefix(end + 1);
    }
}

struct Encoder {
    std::string operator()(const ChangedSetting& change) const {
        auto text = fmt::format(
            "setting {} {} {}",
            encodeWord(change.name),
            encodeWord(change.before),
            encodeWord(change.after));
        if (change.opens) {
            text += fmt::format(
                " {} {} {}",
                familyWord(change.opens->family),
                encodeWord(change.opens->interface),
                encodeWord(change.wider));
        }
        return text;
    }
    std::string operator()(const AddedRoute& change) const {
        const auto& route = change.route;
        auto text = fmt::format(
            "route {} {} {}",
            route.destination.toString(),
            encodeWord(route.interface),
            route.gateway ? route.gateway->toString() : std::string(kEmptyWord));
        if (route.table == RouteTable::Outer) {
            text += fmt::format(" {}", kOuterWord);
        }
        return text;
    }
    std::string operator()(const AddedLookup& change) const {
        const auto& rule = change.rule;
        return fmt::format(
            "lookup {} {} {}",
            familyWord(rule.family),
            kLookupWords.at(static_cast<std::size_t>(rule.kind)),
            rule.to ? rule.to->toString() : std::string(kEmptyWord));
    }
    std::string operator()(const SetFirewall& change) const {
        return fmt::format("firewall {}", encodeWord(change.owner));
    }
};

std::optional<HostChange> routeFrom(const std::vector<std::string>& words) {
    constexpr std::size_t kInMain = 4;
    constexpr std::size_t kInOuter = 5;
    const bool isOuter = words.size() == kInOuter && words.back() == kOuterWord;
    if (words.size() != kInMain && !isOuter) {
        return std::nullopt;
    }
    const auto destination = net::IpPrefix::parse(words[1]);
    if (!destination.ok() || !isInterfaceName(words[2], false)) {
        return std::nullopt;
    }
    AddedRoute change{
        {destination->masked(),
         words[2],
         std::nullopt,
         isOuter ? RouteTable::Outer : RouteTable::Main}};
    if (!words[3].empty()) {
        const auto gateway = net::IpAddress::parse(words[3]);
        if (!gateway.ok()) {
            return std::nullopt;
        }
        change.route.gateway = *gateway;
    }
    return change;
}

std::optional<HostChange> lookupFrom(const std::vector<std::string>& words) {
    constexpr std::size_t kWords = 4;
    if (words.size() != kWords) {
        return std::nullopt;
    }
    const auto family = std::ranges::find(kFamilyWords, words[1]);
    const auto kind = std::ranges::find(kLookupWords, words[2]);
    if (family == kFamilyWords.end() || kind == kLookupWords.end()) {
        return std::nullopt;
    }
    LookupRule rule;
    rule.family = *family == kFamilyWords[0] ? net::Family::V4 : net::Family::V6;
    rule.kind = static_cast<LookupRule::Kind>(kind - kLookupWords.begin());
    if (rule.kind != LookupRule::Kind::Kept) {
        return words[3].empty() ? std::optional<HostChange>(AddedLookup{rule}) : std::nullopt;
    }
    const auto to = net::IpAddress::parse(words[3]);
    if (!to.ok() || to->isV4() != (rule.family == net::Family::V4)) {
        return std::nullopt;
    }
    rule.to = *to;
    return AddedLookup{rule};
}

std::optional<HostChange> settingFrom(const std::vector<std::string>& words) {
    constexpr std::size_t kPlain = 4;
    constexpr std::size_t kOpening = 7;
    if ((words.size() != kPlain && words.size() != kOpening) || words[1].empty()) {
        return std::nullopt;
    }
    ChangedSetting change{words[1], words[2], words[3]};
    if (words.size() == kOpening) {
        const bool isNamed = words[5].empty() || isInterfaceName(words[5], false);
        if (std::ranges::find(kFamilyWords, words[4]) == kFamilyWords.end() || !isNamed) {
            return std::nullopt;
        }
        change.opens = {words[4] == kFamilyWords[0] ? net::Family::V4 : net::Family::V6, words[5]};
        change.wider = words[6];
    }
    return change;
}

std::optional<HostChange> changeFrom(std::string_view line) {
    const auto words = decodeWords(line);
    if (!words) {
        return std::nullopt;
    }
    if (words->front() == "setting") {
        return settingFrom(*words);
    }
    if (words->front() == "route") {
        return routeFrom(*words);
    }
    if (words->front() == "lookup") {
        return lookupFrom(*words);
    }
    if (words->size() == 2 && words->front() == "firewall" && !words->at(1).empty()) {
        return SetFirewall{words->at(1)};
    }
    return std::nullopt;
}

/// The text up to the end of the line, which has to be there.
std::optional<std::string_view> takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

}  // namespace

std::string encodeHostChanges(const HostChanges& changes) {
    std::string text = fmt::format("{} {}\n", kHeader, encodeWord(changes.run));
    for (const auto& change : changes.changes) {
        text += std::visit(Encoder{}, change);
        text += '\n';
    }
    return text;
}

StatusOr<HostChanges> decodeHostChanges(std::string_view text) {
    const auto header = takeLine(text);
    const auto first = header ? decodeWords(*header) : std::nullopt;
    if (!first || first->size() != 2 || first->front() != kHeader) {
        return dataLoss("line 1 is not the beginning of a journal of this version");
    }
    HostChanges result;
    result.run = first->at(1);
    while (!text.empty()) {
        const auto number = result.changes.size() + 2;
        const auto line = takeLine(text);
        auto change = line ? changeFrom(*line) : std::nullopt;
        if (!change) {
            return dataLoss("line {} is not a change", number);
        }
        if (result.changes.size() == kMostHostChanges) {
            return dataLoss("there are more than {} changes", kMostHostChanges);
        }
        result.changes.push_back(*std::move(change));
    }
    return result;
}

HostChanges decodeGoodLines(std::string_view text) {
    HostChanges result;
    const auto header = takeLine(text);
    const auto first = header ? decodeWords(*header) : std::nullopt;
    if (!first || first->size() != 2 || first->front() != kHeader) {
        return result;
    }
    result.run = first->at(1);
    while (auto line = takeLine(text)) {
        auto change = changeFrom(*line);
        if (change && result.changes.size() < kMostHostChanges) {
            result.changes.push_back(*std::move(change));
        }
    }
    return result;
}

StatusOr<HostChanges> HostJournal::read() const {
    const auto text = base::readFile(path_, kMostJournalBytes);
    if (text.status().code() == StatusCode::kNotFound) {
        return HostChanges{};
    }
    WEFT_RETURN_IF_ERROR(text.status());
    auto changes = decodeHostChanges(*text);
    if (!changes.ok()) {
        return annotate(changes.status(), "{}", base::quoted(path_.string()));
    }
    return changes;
}

StatusOr<HostChanges> HostJournal::readGoodLines() const {
    WEFT_ASSIGN_OR_RETURN(const auto text, base::readFile(path_, kMostJournalBytes));
    return decodeGoodLines(text);
}

Status HostJournal::write(const HostChanges& changes) const {
    if (!changes.changes.empty()) {
        return base::writeFileAtomically(path_, encodeHostChanges(changes));
    }
    std::error_code error;
    std::filesystem::remove(path_, error);
    return error ? unavailable("removing {}: {}", base::quoted(path_.string()), error.message())
                 : okStatus();
}

StatusOr<std::filesystem::path> HostJournal::setAside() const {
    auto aside = path_;
    aside += ".unreadable";
    std::error_code error;
    std::filesystem::rename(path_, aside, error);
    if (error) {
        return unavailable("renaming {}: {}", base::quoted(path_.string()), error.message());
    }
    return aside;
}

}  // namespace weft::platform
