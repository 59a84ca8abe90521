// SPDX-License-Identifier: Apache-2.0
#include "app/gui/menu_lines.h"

#include <QAction>
#include <QKeySequence>

#include <algorithm>

namespace weft::app {
namespace {

/// An action that does what its entry says now.
class EntryAction final : public QAction {
public:
    explicit EntryAction(QMenu& menu) : QAction(&menu) {
        connect(this, &QAction::triggered, this, [this] {
            setChecked(checked_);
            if (act_) {
                // Kept alive: what it does may change this very action.
                const auto act = act_;
                act();
            }
        });
    }

    void take(const TrayEntry& entry) {
        setSeparator(entry.isSeparator());
        setText(entry.text);
        setEnabled(entry.enabled);
        setCheckable(entry.checked.has_value());
        checked_ = entry.checked.value_or(false);
        setChecked(checked_);
        setShortcut(QKeySequence(entry.keys));
        act_ = entry.act;
    }

private:
    std::function<void()> act_;
    bool checked_ = false;
};

QAction* findAction(const QMenu& menu, const QString& id) {
    const auto actions = menu.actions();
    const auto found = std::ranges::find_if(
        actions, [&id](const QAction* action) { return action->objectName() == id; });
    return found == actions.end() ? nullptr : *found;
}

void removeLine(QMenu& menu, QAction* action) {
    QMenu* below = action->menu();
    menu.removeAction(action);
    // Later: it may be the one that was chosen.
    if (below != nullptr) {
        below->deleteLater();
    }
    action->deleteLater();
}

// NOLINTNEXTLINE(misc-no-recursion): menus lie in menus, as deep as our own entries
void takeEntry(QAction* action, const TrayEntry& entry) {
    static_cast<EntryAction*>(action)->take(entry);
    if (action->menu() != nullptr) {
        updateMenu(*action->menu(), entry.children);
    }
}

QAction* makeLine(QMenu& menu, const TrayEntry& entry) {
    auto* action = new EntryAction(menu);
    action->setObjectName(entry.id);
    if (!entry.children.empty()) {
        action->setMenu(new QMenu(&menu));
    }
    return action;
}

/// A line and a menu below a line are two kinds of the same action.
bool isSameKind(const QAction& action, const TrayEntry& entry) {
    return (action.menu() != nullptr) == !entry.children.empty();
}

/// Lines that are there are changed; none comes, goes or moves.
// NOLINTNEXTLINE(misc-no-recursion): menus lie in menus, as deep as our own entries
void updateInPlace(const QMenu& menu, const std::vector<TrayEntry>& entries) {
    for (const TrayEntry& entry : entries) {
        QAction* action = findAction(menu, entry.id);
        if (action != nullptr && isSameKind(*action, entry)) {
            takeEntry(action, entry);
        }
    }
}

void removeGone(QMenu& menu, const std::vector<TrayEntry>& entries) {
    const auto actions = menu.actions();
    for (QAction* action : actions) {
        const bool stays = std::ranges::any_of(entries, [action](const TrayEntry& entry) {
            return entry.id == action->objectName() && isSameKind(*action, entry);
        });
        if (!stays) {
            removeLine(menu, action);
        }
    }
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion): menus lie in menus, as deep as our own entries
void updateMenu(QMenu& menu, const std::vector<TrayEntry>& entries) {
    if (menu.isVisible()) {
        updateInPlace(menu, entries);
        return;
    }
    removeGone(menu, entries);
    qsizetype place = 0;
    for (const TrayEntry& entry : entries) {
        const auto actions = menu.actions();
        QAction* there = place < actions.size() ? actions.at(place) : nullptr;
        QAction* action = findAction(menu, entry.id);
        if (action == nullptr) {
            action = makeLine(menu, entry);
            menu.insertAction(there, action);
        } else if (action != there) {
            menu.removeAction(action);
            menu.insertAction(there, action);
        }
        takeEntry(action, entry);
        ++place;
    }
}

}  // namespace weft::app
