// SPDX-License-Identifier: Apache-2.0
#include "app/gui/tray_entries.h"

#include "ui/viewmodels/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace weft::app {
namespace {

using viewmodels::AppViewModel;
using viewmodels::ConnectionViewModel;
using viewmodels::NoteModel;
using viewmodels::ProfilesModel;
using viewmodels::RoutesModel;
using viewmodels::look::Action;
using viewmodels::look::Tone;

constexpr qsizetype kMenuCharacters = 48;
/// More are on the page.
constexpr int kMostProblems = 10;

/// The context of these texts in the catalogues.
class Menu {
    Q_DECLARE_TR_FUNCTIONS(Menu)
};

TrayEntry entry(const char* id, const QString& text, std::function<void()> act) {
    TrayEntry made;
    made.id = QString::fromLatin1(id);
    made.text = text;
    made.act = std::move(act);
    return made;
}

TrayEntry separator(const char* id) {
    return entry(id, {}, {});
}

/// Opens the window at that place.
std::function<void()> opening(const TrayCommands& commands, const char* place) {
    return [open = commands.open, place = QString::fromLatin1(place)] { open(place); };
}

void addState(std::vector<TrayEntry>& menu, AppViewModel& app, const TrayCommands& commands) {
    const ConnectionViewModel& mesh = *app.connection();
    QString head = mesh.word();
    if (mesh.exists()) {
        head = Menu::tr("%1: %2").arg(mesh.profileName(), mesh.word());
        if (mesh.inMesh()) {
            head = Menu::tr("%1 · %2").arg(head, viewmodels::memberCount(mesh.peerCount() + 1));
        }
    }
    menu.push_back(entry("state", menuText(head), opening(commands, "")));
    const QString address = mesh.addressIpv4().isEmpty() ? mesh.addressIpv6() : mesh.addressIpv4();
    if (mesh.inMesh() && !address.isEmpty()) {
        const QString text = Menu::tr("Copy %1").arg(menuText(address));
        menu.push_back(
            entry("address", text, [&app, address] { app.copy(address, Menu::tr("Address")); }));
    }
    menu.push_back(separator("after-state"));
    if (mesh.action() != Action::NoAction) {
        // In the tray a second word for it would only be longer.
        const bool retries = mesh.action() == Action::Retry;
        const QString text = retries ? Menu::tr("Retry now") : menuText(mesh.actionText());
        menu.push_back(entry("act", text, [&app] { app.connection()->act(); }));
        menu.back().enabled = mesh.actionHint().isEmpty() && !mesh.busy();
    }
}

void addMeshes(std::vector<TrayEntry>& menu, AppViewModel& app, const TrayCommands& commands) {
    TrayEntry meshes = entry("meshes", Menu::tr("Meshes"), {});
    const ProfilesModel& profiles = *app.profiles();
    for (int row = 0; row < profiles.count(); ++row) {
        const QModelIndex at = profiles.index(row);
        const auto text = [&at](ProfilesModel::Role role) { return at.data(role).toString(); };
        const QString id = text(ProfilesModel::ProfileIdRole);
        TrayEntry mesh;
        mesh.id = QStringLiteral("mesh/") + id;
        mesh.text = Menu::tr("%1 (%2)").arg(
            menuText(text(ProfilesModel::NameRole)), menuText(text(ProfilesModel::StateRole)));
        mesh.checked = at.data(ProfilesModel::CurrentRole).toBool();
        mesh.act = [&app, id] { app.showProfile(id); };
        meshes.children.push_back(std::move(mesh));
    }
    if (!meshes.children.empty()) {
        meshes.children.push_back(separator("after-meshes"));
    }
    meshes.children.push_back(
        entry("add-mesh", Menu::tr("Add mesh…"), opening(commands, "choose")));
    menu.push_back(std::move(meshes));
}

void addExits(std::vector<TrayEntry>& menu, AppViewModel& app, const TrayCommands& commands) {
    if (!app.connection()->inMesh() || app.exits()->count() == 0) {
        return;
    }
    const bool locked = !app.canChange();
    TrayEntry exits = entry("exits", Menu::tr("Exit node"), {});
    exits.children.push_back(
        entry("exit-none", Menu::tr("None"), [&app] { app.exits()->useNone(); }));
    exits.children.back().checked = app.exits()->inUse().isEmpty();
    exits.children.back().enabled = !locked;
    const RoutesModel& offers = app.exits()->offers();
    for (int row = 0; row < offers.count(); ++row) {
        const QModelIndex at = offers.index(row);
        const auto text = [&at](RoutesModel::Role role) { return at.data(role).toString(); };
        const QString key = text(RoutesModel::RouteKeyRole);
        const bool canAccept = at.data(RoutesModel::CanAcceptRole).toBool();
        TrayEntry offer;
        offer.id = QStringLiteral("exit/") + key;
        offer.text = Menu::tr("%1, %2 (%3)")
                         .arg(
                             menuText(text(RoutesModel::NodeRole)),
                             menuText(text(RoutesModel::NetworkRole)),
                             menuText(text(RoutesModel::BadgeRole)));
        offer.checked = at.data(RoutesModel::ToneRole).value<Tone>() == Tone::Ok;
        offer.enabled = !locked && (canAccept || *offer.checked);
        offer.act = [&app, key, open = commands.open, canAccept] {
            if (canAccept) {
                open({});
                app.exits()->choose(key);
            }
        };
        exits.children.push_back(std::move(offer));
    }
    menu.push_back(std::move(exits));
}

TrayEntry peerEntry(AppViewModel& app, const viewmodels::RecentPeer& peer) {
    TrayEntry made;
    made.id = QStringLiteral("peer/") + peer.peerId;
    made.text = peer.state.isEmpty()
                    ? menuText(peer.name)
                    : Menu::tr("%1 (%2)").arg(menuText(peer.name), menuText(peer.state));
    if (!peer.address.isEmpty()) {
        made.children.push_back(entry(
            "copy-address",
            Menu::tr("Copy address %1").arg(menuText(peer.address)),
            [&app, address = peer.address] { app.copy(address, Menu::tr("Address")); }));
    }
    made.children.push_back(entry("copy-name", Menu::tr("Copy name"), [&app, name = peer.name] {
        app.copy(name, Menu::tr("Name"));
    }));
    return made;
}

void addPeers(std::vector<TrayEntry>& menu, AppViewModel& app, const TrayCommands& commands) {
    if (!app.connection()->inMesh()) {
        return;
    }
    TrayEntry peers = entry("peers", Menu::tr("Members"), {});
    app.recentPeers()->refresh();
    for (const viewmodels::RecentPeer& peer : app.recentPeers()->rows()) {
        peers.children.push_back(peerEntry(app, peer));
    }
    if (!peers.children.empty()) {
        peers.children.push_back(separator("after-peers"));
    }
    peers.children.push_back(
        entry("all-peers", Menu::tr("All members…"), opening(commands, "peers")));
    menu.push_back(std::move(peers));
}

void addProblems(std::vector<TrayEntry>& menu, AppViewModel& app, const TrayCommands& commands) {
    const NoteModel& problems = *app.connection()->problems();
    if (problems.count() == 0) {
        return;
    }
    TrayEntry all = entry("problems", Menu::tr("Problems (%1)").arg(problems.count()), {});
    for (int row = 0; row < std::min(problems.count(), kMostProblems); ++row) {
        TrayEntry problem = entry(
            "",
            menuText(problems.index(row).data(NoteModel::TextRole).toString()),
            opening(commands, "overview"));
        problem.id = QStringLiteral("problem/%1").arg(row);
        all.children.push_back(std::move(problem));
    }
    menu.push_back(std::move(all));
}

void addWaiting(std::vector<TrayEntry>& menu, AppViewModel& app, const TrayCommands& commands) {
    viewmodels::WaitingChange& waiting = *app.changes()->waiting();
    if (!waiting.waits()) {
        return;
    }
    const bool free = !waiting.busy() && waiting.lockedText().isEmpty();
    TrayEntry change = entry("waiting", Menu::tr("A change waits for you"), {});
    change.children.push_back(
        entry("keep", Menu::tr("Keep the changes"), [&waiting] { waiting.keep(); }));
    change.children.back().enabled = free;
    change.children.push_back(
        entry("take-back", Menu::tr("Take them back"), [&waiting] { waiting.takeBack(); }));
    change.children.back().enabled = free;
    change.children.push_back(
        entry("show-changes", Menu::tr("Show changes…"), opening(commands, "changes")));
    menu.push_back(std::move(change));
}

}  // namespace

std::vector<TrayEntry> trayEntries(AppViewModel* app, const TrayCommands& commands) {
    std::vector<TrayEntry> menu;
    bool disconnects = false;
    if (app != nullptr) {
        disconnects = app->preferences()->disconnectOnQuit();
        addState(menu, *app, commands);
        addMeshes(menu, *app, commands);
        addExits(menu, *app, commands);
        addPeers(menu, *app, commands);
        menu.push_back(separator("after-lists"));
        addProblems(menu, *app, commands);
        addWaiting(menu, *app, commands);
    }
    menu.push_back(entry("open", Menu::tr("Open console"), opening(commands, "")));
    menu.back().keys = QStringLiteral("Ctrl+O");
    menu.push_back(entry("settings", Menu::tr("Settings…"), opening(commands, "settings")));
    menu.push_back(separator("before-quit"));
    menu.push_back(entry(
        "quit", disconnects ? Menu::tr("Disconnect and quit") : Menu::tr("Quit"), commands.quit));
    return menu;
}

QString menuText(const QString& text) {
    QString safe =
        text.size() > kMenuCharacters ? text.left(kMenuCharacters) + QChar(0x2026) : text;
    return safe.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

}  // namespace weft::app
