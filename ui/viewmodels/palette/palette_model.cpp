// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/palette/palette_model.h"

#include "ui/bridge/text.h"
#include "ui/viewmodels/command_line.h"
#include "ui/viewmodels/palette/palette_match.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

/// The tab of a member's details that explains its path.
constexpr int kPathTab = 1;

/// Every word has to be in one of the texts. 0: one is not.
int scoreOf(const QStringList& words, const QString& first, const QString& second) {
    int score = 1;
    for (const QString& word : words) {
        const int match = std::max(matchOf(word, first), matchOf(word, second));
        if (match == 0) {
            return 0;
        }
        score += match;
    }
    return score;
}

bool hasAny(const QStringList& words, const QString& text) {
    return std::any_of(
        words.begin(), words.end(), [&text](const QString& word) { return text.contains(word); });
}

/// How an action looks, and what does the same in a terminal.
struct Known {
    const char* action;
    const char* icon;
    QStringList words;
};

const Known& knownOf(const QString& action) {
    static const std::vector<Known> kKnown{
        {"overview", "overview", {QStringLiteral("status")}},
        {"peers", "peers", {QStringLiteral("get"), QStringLiteral("nodes")}},
        {"graph", "graph", {QStringLiteral("get"), QStringLiteral("graph")}},
        {"routes", "route", {QStringLiteral("routes"), QStringLiteral("list")}},
        {"access", "lock", {QStringLiteral("get"), QStringLiteral("acl")}},
        {"changes", "changes", {QStringLiteral("policy"), QStringLiteral("history")}},
        {"diagnose", "pulse", {QStringLiteral("netcheck")}},
        {"settings", "settings", {}},
        {"invite", "invite", {QStringLiteral("invite"), QStringLiteral("create")}},
        {"shortcuts", "keyboard", {}},
        {"act", "power", {}},
        {"review", "changes", {QStringLiteral("policy"), QStringLiteral("review")}},
        {"ping", "pulse", {}},
        {"simulate", "swap", {}},
        {"quit", "close", {}},
        {"hide", "minus", {}}};
    static const Known kOther{"", "chevron-right", {}};
    const auto found = std::find_if(kKnown.begin(), kKnown.end(), [&action](const Known& known) {
        return action == QLatin1String(known.action);
    });
    return found == kKnown.end() ? kOther : *found;
}

}  // namespace

PaletteModel::PaletteModel(
    ProfilesModel& profiles,
    const PeersModel& peers,
    const ConnectionViewModel& connection,
    QObject* parent)
    : QAbstractListModel(parent), profiles_(profiles), peers_(peers), connection_(connection) {}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Entry& entry = rows_.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case TitleRole:
        return entry.title;
    case DetailRole:
        return entry.detail;
    case IconRole:
        return entry.icon;
    case CommandRole:
        return entry.command;
    default:
        return {};
    }
}

QHash<int, QByteArray> PaletteModel::roleNames() const {
    return {
        {TitleRole, "title"},
        {DetailRole, "detail"},
        {IconRole, "iconName"},
        {CommandRole, "command"}};
}

void PaletteModel::setQuery(const QString& query) {
    if (query == query_) {
        return;
    }
    query_ = query;
    Q_EMIT queryChanged();
    rebuild();
}

void PaletteModel::addAction(const QString& action, const QString& text, const QString& keys) {
    const auto known = std::find_if(actions_.begin(), actions_.end(), [&action](const Action& one) {
        return one.action == action;
    });
    if (known == actions_.end()) {
        actions_.push_back({action, text, keys});
    } else {
        *known = {action, text, keys};
    }
}

void PaletteModel::open() {
    query_.clear();
    Q_EMIT queryChanged();
    rebuild();
}

void PaletteModel::run(int row) {
    if (row < 0 || row >= count()) {
        return;
    }
    const Entry entry = rows_.at(static_cast<std::size_t>(row));
    switch (entry.kind) {
    case Kind::Action:
        Q_EMIT actionAsked(entry.target);
        break;
    case Kind::Show:
        Q_EMIT profileAsked(entry.target);
        break;
    case Kind::Connect:
        profiles_.connectTo(entry.target);
        break;
    case Kind::Disconnect:
        profiles_.disconnectFrom(entry.target);
        break;
    case Kind::Open:
        Q_EMIT peerAsked(entry.target, 0);
        break;
    case Kind::Way:
        Q_EMIT peerAsked(entry.target, kPathTab);
        break;
    case Kind::Access:
        Q_EMIT accessAsked(entry.target);
        break;
    case Kind::CopyAddress:
        Q_EMIT copyAsked(entry.target, tr("Address"));
        break;
    case Kind::CopyName:
        Q_EMIT copyAsked(entry.target, tr("Name"));
        break;
    }
}

void PaletteModel::rebuild() {
    beginResetModel();
    rows_.clear();
    const QStringList words = searchWords(query_);
    addActions(words);
    addProfiles(words);
    if (!words.isEmpty()) {
        addPeers(words);
        std::stable_sort(rows_.begin(), rows_.end(), [](const Entry& left, const Entry& right) {
            return left.score > right.score;
        });
    }
    if (rows_.size() > kMostRows) {
        rows_.resize(kMostRows);
    }
    endResetModel();
    Q_EMIT countChanged();
}

void PaletteModel::offer(const QStringList& words, Entry entry, const QString& haystack) {
    entry.score = scoreOf(words, entry.title.toLower(), haystack);
    if (entry.score > 0) {
        rows_.push_back(std::move(entry));
    }
}

void PaletteModel::addActions(const QStringList& words) {
    for (const Action& action : actions_) {
        const Known& known = knownOf(action.action);
        Entry entry{
            Kind::Action,
            action.text,
            action.keys,
            QString::fromLatin1(known.icon),
            known.words.isEmpty() ? QString() : commandLine(known.words),
            action.action};
        if (action.action == QLatin1String("act")) {
            if (connection_.actionText().isEmpty()) {
                continue;
            }
            entry.title = connection_.actionText();
        }
        offer(words, std::move(entry), action.text.toLower());
    }
}

void PaletteModel::addProfiles(const QStringList& words) {
    for (int row = 0; row < profiles_.count(); ++row) {
        addProfile(words, row);
    }
}

void PaletteModel::addProfile(const QStringList& words, int row) {
    const QModelIndex index = profiles_.index(row, 0);
    const QString id = index.data(ProfilesModel::ProfileIdRole).toString();
    const QString name = index.data(ProfilesModel::NameRole).toString();
    const QString state = index.data(ProfilesModel::StateRole).toString();
    if (!index.data(ProfilesModel::CurrentRole).toBool()) {
        offer(
            words,
            {Kind::Show,
             tr("Show the mesh %1").arg(name),
             state,
             QStringLiteral("overview"),
             commandLine({QStringLiteral("profiles"), QStringLiteral("show"), name}),
             id},
            {});
    }
    const bool connected = index.data(ProfilesModel::ConnectedRole).toBool();
    offer(
        words,
        {connected ? Kind::Disconnect : Kind::Connect,
         connected ? tr("Disconnect %1").arg(name) : tr("Connect %1").arg(name),
         state,
         QStringLiteral("power"),
         commandLine({connected ? QStringLiteral("disconnect") : QStringLiteral("connect"), name}),
         id},
        {});
}

void PaletteModel::addPeers(const QStringList& words) {
    // What is done with a member, so that "copy nas" finds something.
    const QString verbs = tr("open copy ip address name path way who may reach access").toLower();
    std::vector<std::pair<int, int>> found;
    for (int row = 0; row < peers_.count(); ++row) {
        const PeersModel::Row& peer = peers_.rowAt(row);
        // The name counts most: who types "nas" means nas, and not what has it in its zone.
        const int inName = scoreOf(words, peer.name.toLower(), verbs);
        const int score = std::max(2 * inName, scoreOf(words, peer.haystack, verbs));
        if (score > 0 && hasAny(words, peer.haystack)) {
            found.emplace_back(-score, row);
        }
    }
    const auto most = std::min(found.size(), kMostPeers);
    std::partial_sort(
        found.begin(), found.begin() + static_cast<std::ptrdiff_t>(most), found.end());
    found.resize(most);
    for (const auto& [score, row] : found) {
        addPeer(words, peers_.rowAt(row));
    }
}

void PaletteModel::addPeer(const QStringList& words, const PeersModel::Row& row) {
    const QString key = toPeerKey(row.peer.id);
    const QString id = bridge::shown(row.peer.id);
    const QString haystack = row.haystack;
    offer(
        words,
        {Kind::Open,
         tr("Open %1").arg(row.name),
         row.roleWord,
         QStringLiteral("device"),
         commandLine({QStringLiteral("get"), QStringLiteral("nodes")}),
         key},
        haystack);
    if (!row.address.isEmpty()) {
        offer(
            words,
            {Kind::CopyAddress,
             tr("Copy the IP address of %1").arg(row.name),
             row.address,
             QStringLiteral("copy"),
             {},
             row.address},
            haystack);
    }
    offer(
        words,
        {Kind::CopyName,
         tr("Copy the name of %1").arg(row.name),
         {},
         QStringLiteral("copy"),
         {},
         id},
        haystack);
    if (!row.peer.isSelf) {
        offer(
            words,
            {Kind::Way,
             tr("Path to %1").arg(row.name),
             {},
             QStringLiteral("route"),
             commandLine({QStringLiteral("explain"), QStringLiteral("path"), id}),
             key},
            haystack);
        offer(
            words,
            {Kind::Access,
             tr("Who may reach %1?").arg(row.name),
             {},
             QStringLiteral("lock"),
             commandLine(
                 {QStringLiteral("explain"), QStringLiteral("access"), connection_.nodeId(), id}),
             row.name},
            haystack);
    }
}

}  // namespace weft::viewmodels
