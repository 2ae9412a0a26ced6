// How the dataset page looks at the whole set: a map, charts, and checks whose findings are shown in the grid.
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/sprite_commands.h"
#include "ui/pages/dataset_page_parts.h"
#include "ui/pages/split_dialog.h"

namespace loom {
namespace {

constexpr std::uint64_t kMapSeed = 1;
constexpr std::size_t kMostColours = 96;

SpriteInfo infoOf(const SpriteTable& table, SpriteId id) {
  const int index = table.indexOf(id);
  return index < 0 ? SpriteInfo{.id = id} : table.sprites[static_cast<std::size_t>(index)];
}

/// "knight: 3 alike (mirrored, recoloured)".
SpriteFindings::Group asGroup(const SpriteTable& table, const DuplicateGroup& group) {
  SpriteFindings::Group finding{{}, {group.first}};
  QStringList how;
  for (const DuplicateMember& member : group.members) {
    finding.sprites.push_back(member.sprite);
    QString word = QString::fromStdString(relationName(member.likeness.relation));
    if (member.likeness.isMirrored && member.likeness.relation != Relation::kMirrored) word += QObject::tr(" and mirrored");
    if (!how.contains(word)) how.append(word);
  }
  finding.title = QObject::tr("%1: %2 alike (%3)")
                      .arg(QString::fromStdString(infoOf(table, group.first).character))
                      .arg(finding.sprites.size())
                      .arg(how.join(", "));
  return finding;
}

SpriteFindings nearDuplicates(const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
  SpriteFindings findings{QObject::tr("Near duplicates"), {}, true};
  for (const DuplicateGroup& group : findNearDuplicates(table.sprites, pixelsFrom(catalogue), monitor)) {
    findings.groups.push_back(asGroup(table, group));
  }
  return findings;
}

SpriteFindings outliers(const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
  SpriteFindings findings{QObject::tr("Sprites unlike the others"), {}, false};
  // By reason, so that a fault that many share is one heading; in the order of the worst of each.
  for (const Outlier& outlier : findOutliers(table.sprites, pixelsFrom(catalogue), monitor)) {
    if (outlier.score < Outlier::kSuspicious) break;
    const QString title = QString::fromStdString(outlier.reasons);
    auto group = std::ranges::find(findings.groups, title, &SpriteFindings::Group::title);
    if (group == findings.groups.end()) group = findings.groups.insert(group, {title, {}});
    group->sprites.push_back(outlier.sprite);
  }
  return findings;
}

SpriteFindings mirrors(const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
  SpriteFindings findings{QObject::tr("Left and right"), {}, true};
  for (const MirrorPair& pair : checkMirrors(table.sprites, pixelsFrom(catalogue), monitor)) {
    if (pair.kind == MirrorKind::kExact) continue;
    const QString what = pair.reason.empty()
                             ? QObject::tr("%1, %2 % differ")
                                   .arg(QString::fromStdString(mirrorKindName(pair.kind)))
                                   .arg(qRound(100 * pair.difference))
                             : QString::fromStdString(pair.reason);
    findings.groups.push_back(
        {QObject::tr("%1: %2").arg(QString::fromStdString(pair.character), what), {pair.left, pair.right}});
  }
  return findings;
}

SpriteFindings leaks(const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
  SpriteFindings findings{QObject::tr("Alike in training and held out"), {}, true};
  const auto groups = findNearDuplicates(table.sprites, pixelsFrom(catalogue), monitor);
  for (const SplitLeak& leak : findLeaks(loadSplit(catalogue), table.sprites, groups)) {
    findings.groups.push_back({QObject::tr("%1 and %2").arg(QString::fromStdString(leak.trainingCharacter),
                                                            QString::fromStdString(leak.heldOutCharacter)),
                               {leak.training, leak.heldOut}});
  }
  return findings;
}

QToolButton* lookButton(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setCheckable(true);
  return button;
}

}  // namespace

QWidget* DatasetPage::buildLooks() {
  m_impl->map = new SpriteMapView(m_impl->model, m_impl->loader);
  m_impl->charts = new SetCharts;
  m_impl->looks = new QStackedWidget;
  m_impl->looks->setObjectName("datasetLooks");
  for (QWidget* look : std::initializer_list<QWidget*>{m_impl->grid, m_impl->map, m_impl->charts}) {
    m_impl->looks->addWidget(look);
  }
  connect(m_impl->map, &SpriteMapView::selectionRequested, this, [this](const std::vector<SpriteId>& ids) {
    std::vector<int> rows;
    for (const SpriteId id : ids) {
      if (const int row = m_impl->model.rowOf(id); row >= 0) rows.push_back(row);
    }
    m_impl->grid->select(rows);
  });
  connect(m_impl->charts, &SetCharts::filterRequested, this, [this](const QString& text) {
    m_impl->filter->setText(text);
    showLook(kGridLook);
  });
  return m_impl->looks;
}

QWidget* DatasetPage::buildLookBar() {
  m_impl->lookButtons = new QButtonGroup(this);
  auto* bar = new QWidget;
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  const QToolButton* all[] = {
      lookButton(tr("Grid"), "gridLook", tr("The sprites, one beside the other")),
      lookButton(tr("Map"), "mapLook", tr("Alike sprites lie close together")),
      lookButton(tr("Charts"), "chartsLook", tr("Sizes, colours, views, tags and licences, counted")),
  };
  for (int i = 0; i < static_cast<int>(std::size(all)); ++i) {
    auto* button = const_cast<QToolButton*>(all[i]);
    m_impl->lookButtons->addButton(button, i);
    layout->addWidget(button);
  }
  m_impl->lookButtons->button(kGridLook)->setChecked(true);
  connect(m_impl->lookButtons, &QButtonGroup::idClicked, this, &DatasetPage::showLook);
  layout->addSpacing(8);
  auto* check = new QToolButton;
  check->setObjectName("checkButton");
  check->setText(tr("Check ▾"));
  check->setToolTip(tr("Looks through the whole set for what should not be in it"));
  check->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(check);
  menu->setToolTipsVisible(true);
  const auto action = [&](const QString& text, const QString& name, const QString& tip, auto slot) {
    QAction* made = menu->addAction(text, this, slot);
    made->setObjectName(name);
    made->setToolTip(tip);
  };
  action(tr("Near duplicates"), "checkDuplicates", tr("Also shifted, mirrored, recoloured, touched up"),
         [this] { runCheck(tr("Looking for near duplicates"), nearDuplicates); });
  action(tr("Sprites unlike the others"), "checkOutliers", tr("Forgotten backgrounds, odd sizes, strangers"),
         [this] { runCheck(tr("Looking for outliers"), outliers); });
  action(tr("Left against right"), "checkMirrors", tr("Views that were swapped, or differ more than a mirror image"),
         [this] { runCheck(tr("Comparing left and right"), mirrors); });
  action(tr("Training against held out"), "checkLeaks", tr("Sprites alike in both parts"),
         [this] { runCheck(tr("Comparing the parts"), leaks); });
  menu->addSeparator();
  action(tr("Training and held-out characters…"), "splitAction", tr("Keeps characters apart to judge a model by"),
         [this] {
           if (m_impl->session.hasProject()) (new SplitDialog(m_impl->session, m_impl->model.table(), this))->open();
         });
  check->setMenu(menu);
  layout->addWidget(check);
  return bar;
}

QWidget* DatasetPage::buildFindings() {
  m_impl->findings = new QWidget;
  m_impl->findings->setObjectName("findingsStrip");
  m_impl->findingsText = new QLabel;
  m_impl->findingsText->setObjectName("findingsText");
  auto* exclude = new QToolButton;
  exclude->setObjectName("excludeFindingsButton");
  exclude->setText(tr("Exclude all but the first of each"));
  exclude->setToolTip(tr("Leaves the others out of training; undo brings them back"));
  connect(exclude, &QToolButton::clicked, this, &DatasetPage::excludeFindings);
  m_impl->excludeFindings = exclude;
  auto* close = new QToolButton;
  close->setObjectName("closeFindingsButton");
  close->setText(tr("Show all sprites again"));
  connect(close, &QToolButton::clicked, this, [this] { setFindings({}); });
  auto* layout = new QHBoxLayout(m_impl->findings);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_impl->findingsText);
  layout->addWidget(exclude);
  layout->addWidget(close);
  layout->addStretch();
  m_impl->findings->hide();
  return m_impl->findings;
}

void DatasetPage::showLook(int look) {
  m_impl->lookButtons->button(look)->setChecked(true);
  m_impl->looks->setCurrentIndex(look);
  if (look == kMapLook) makeMap();
  if (look == kChartsLook) makeCharts();
}

template <class Work, class Done>
void DatasetPage::lookThrough(const QString& title, Work work, Done done) {
  if (!m_impl->session.hasProject()) return;
  m_impl->session.jobs().run(
      title, this,
      [project = m_impl->session.project(), work](JobMonitor& monitor) {
        const Catalogue catalogue = project.catalogue();
        const auto table = loadSpriteTable(catalogue);
        return work(*table, catalogue, monitor);
      },
      done);
}

void DatasetPage::makeMap() {
  if (m_impl->mapCurrent) return;
  m_impl->mapCurrent = true;
  lookThrough(
      tr("Drawing the map"),
      [](const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
        return mapOfSprites(table.sprites, pixelsFrom(catalogue), kMapSeed, monitor);
      },
      [this](std::vector<MapPoint> points) {
        m_impl->map->setPoints(std::move(points));
        m_impl->map->setSelected(m_impl->selected);
      });
}

void DatasetPage::makeCharts() {
  if (m_impl->chartsCurrent) return;
  m_impl->chartsCurrent = true;
  lookThrough(
      tr("Counting the set"),
      [](const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
        return std::pair(statisticsOf(table.sprites),
                         coloursOf(table.sprites, pixelsFrom(catalogue), kMostColours, monitor));
      },
      [this](const std::pair<SetStatistics, SetColours>& counted) {
        m_impl->charts->setStatistics(counted.first);
        m_impl->charts->setColours(counted.second);
      });
}

void DatasetPage::runCheck(const QString& title, SetCheck check) {
  lookThrough(
      title,
      [check](const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
        return check(table, catalogue, monitor);
      },
      [this](SpriteFindings findings) { setFindings(std::make_shared<const SpriteFindings>(std::move(findings))); });
}

void DatasetPage::setFindings(std::shared_ptr<const SpriteFindings> findings) {
  if (findings && findings->groups.empty()) {
    m_impl->session.say(tr("%1: nothing was found.").arg(findings->title));
    findings.reset();
  }
  m_impl->shownFindings = findings;
  m_impl->findings->setVisible(findings != nullptr);
  if (findings) {
    m_impl->findingsText->setText(
        tr("%1: %2").arg(findings->title,
                         counted(static_cast<qint64>(findings->groups.size()), tr("finding"), tr("findings"))));
    m_impl->excludeFindings->setVisible(
        std::ranges::any_of(findings->groups, [](const auto& group) { return group.sprites.size() > 1; }));
    showLook(kGridLook);
  }
  askModel();
}

void DatasetPage::askModel() {
  SpriteQuery query = m_impl->filter->query();
  query.findings = m_impl->shownFindings;
  m_impl->model.setQuery(query);
}

void DatasetPage::excludeFindings() {
  if (!m_impl->shownFindings) return;
  std::vector<SpriteId> ids;
  for (const SpriteFindings::Group& group : m_impl->shownFindings->groups) {
    if (group.sprites.size() > 1) ids.insert(ids.end(), group.sprites.begin() + 1, group.sprites.end());
  }
  const QString count = counted(static_cast<qint64>(ids.size()), tr("sprite"), tr("sprites"));
  setExcluded(std::move(ids), true);
  m_impl->session.say(tr("%1 excluded.").arg(count), tr("The first of each stays in training."));
}

}  // namespace loom
