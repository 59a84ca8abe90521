// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/viewmodels/peers/peer_columns.h"
#include "ui/viewmodels/peers/peer_facets.h"
#include "ui/viewmodels/peers/peer_sections.h"
#include "ui/viewmodels/peers_model.h"

#include <QSet>

#include <map>
#include <memory>
#include <vector>

namespace weft::viewmodels {

/// The members that match search and filters, in the chosen order, under headings if wanted. This
/// node comes first among those it stands with. What changes is put in its place one by one, so
/// that a list of thousands stays where people are in it. Thread: main.
class PeerList final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by AppViewModel")
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY filterChanged)
    /// Search or filters leave members out.
    Q_PROPERTY(bool filtered READ filtered NOTIFY filterChanged)
    Q_PROPERTY(weft::viewmodels::PeerColumns::Column sortKey READ sortKey NOTIFY orderChanged)
    Q_PROPERTY(bool ascending READ ascending NOTIFY orderChanged)
    Q_PROPERTY(Grouping grouping READ grouping WRITE setGrouping NOTIFY groupingChanged)
    /// The groups of the rules can be seen.
    Q_PROPERTY(bool knowsGroups READ knowsGroups NOTIFY policyChanged)
    /// Members, without headings.
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString countText READ countText NOTIFY countChanged)
    Q_PROPERTY(bool selecting READ selecting WRITE setSelecting NOTIFY selectionChanged)
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
    Q_PROPERTY(QString selectedText READ selectedText NOTIFY selectionChanged)
    Q_PROPERTY(weft::viewmodels::PeerColumns* columns READ columns CONSTANT)
    Q_PROPERTY(weft::viewmodels::PeerFacets* facets READ facets CONSTANT)

public:
    using Column = PeerColumns::Column;
    enum class Grouping { None, State, Zone, Group };
    Q_ENUM(Grouping)
    /// After those of PeersModel.
    enum Role { CellsRole = Qt::UserRole + 100, HeadingRole, CollapsedRole, SelectedRole };
    /// When by the clock more members than this move at once, the list is made anew.
    static constexpr std::size_t kMostMoves = 64;

    /// Both outlive this; without `appearance` no choice is kept.
    explicit PeerList(
        PeersModel& peers, Appearance* appearance = nullptr, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    QString searchText() const { return search_; }
    void setSearchText(const QString& text);
    bool filtered() const { return !words_.isEmpty() || facets_.any(); }
    Column sortKey() const { return sortKey_; }
    bool ascending() const { return ascending_; }
    Grouping grouping() const { return grouping_; }
    void setGrouping(Grouping grouping);
    bool knowsGroups() const { return policy_.known(); }
    int count() const { return count_; }
    /// "12 members", "3 of 12 members".
    QString countText() const;
    PeerColumns* columns() { return &columns_; }
    PeerFacets* facets() { return &facets_; }
    bool selecting() const { return selecting_ || !selected_.isEmpty(); }
    void setSelecting(bool selecting);
    int selectedCount() const { return static_cast<int>(selected_.size()); }
    QString selectedText() const;
    /// In the order of the list.
    std::vector<const PeerRow*> selectedRows() const;
    /// All that are shown, in the order of the list; those under closed headings too.
    std::vector<const PeerRow*> shownRows() const;
    void setPolicy(const std::shared_ptr<const api::PolicyState>& policy);

    /// The same key again turns the order round.
    Q_INVOKABLE void sortBy(weft::viewmodels::PeerColumns::Column key);
    Q_INVOKABLE void clearFilters();
    /// The row of a member, -1 when it is not in the list now.
    Q_INVOKABLE int rowOf(const QString& peerId) const;
    /// Empty for a heading.
    Q_INVOKABLE QString idAt(int row) const;
    Q_INVOKABLE bool isHeading(int row) const;
    /// Opens or closes what is under the heading of a row; of a member: of the one above it.
    /// Returns the row of the heading, -1 without one.
    Q_INVOKABLE int setCollapsed(int row, bool collapsed);

    /// A click: with Control it takes one more or one less, with Shift all from the last to it.
    /// False: nothing is being selected, and the member is to be shown.
    Q_INVOKABLE bool pick(int row, int modifiers);
    /// Takes what lies between where the selection began and `row`, which begins at `from` if need
    /// be.
    Q_INVOKABLE void extend(int from, int row);
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void clearSelection();

Q_SIGNALS:
    void filterChanged();
    void orderChanged();
    void groupingChanged();
    void policyChanged();
    void countChanged();
    void selectionChanged();

private:
    struct Section {
        QString title;
        bool collapsed = false;
        /// Members that match, shown or not.
        int total = 0;
        /// The row of its heading; that before the first member where there are no headings.
        int head = -1;
    };
    using Sections = std::map<SectionKey, Section>;
    /// A row of the list: a heading (source -1) or a member.
    struct Entry {
        Sections::value_type* section = nullptr;
        int source = -1;
    };
    /// Where a member of the model is.
    struct Place {
        Sections::value_type* section = nullptr;
        int at = -1;
        PeerFacets::Mask facets = 0;
    };

    void connectTo(PeersModel& peers);
    void insert(int first, int last);
    void takeAway(int first, int last);
    void forget(int first, int last);
    void change(int first, int last, const QList<int>& roles);
    void followClock(const std::vector<int>& sources);
    void rebuild();
    void applyFilter();

    bool accepts(int source) const;
    bool before(int left, int right) const;
    int slotFor(int source, const Section& section) const;
    bool stands(int at) const;
    SectionKey keyOf(int source) const;
    Sections::value_type* sectionFor(int source);
    void putIn(int source);
    void takeOut(int source);
    void move(int at);
    void renew(int source);
    void renumber(int from);
    void tellTotal(const Section& section);
    QVariant headingData(const Sections::value_type& section, int role) const;
    void setSelected(const QSet<QByteArray>& selected);
    void pruneSelection();
    QByteArray keyAt(int row) const;

    PeersModel& peers_;
    PeerColumns columns_;
    PeerFacets facets_;
    PeerPolicy policy_;
    std::string zone_;
    QString search_;
    QStringList words_;
    Column sortKey_ = Column::Name;
    bool ascending_ = true;
    Grouping grouping_ = Grouping::None;
    QSet<QString> collapsed_;
    std::vector<Entry> entries_;
    std::vector<Place> places_;
    Sections sections_;
    int count_ = 0;
    bool selecting_ = false;
    QSet<QByteArray> selected_;
    QByteArray anchor_;
};

}  // namespace weft::viewmodels
