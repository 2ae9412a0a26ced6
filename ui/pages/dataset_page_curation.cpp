// How the dataset page looks at the whole set: a map, charts, and checks whose findings are shown in the grid.
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/set_checks.h"
#include "ui/models/sprite_commands.h"
#include "ui/pages/dataset_page_parts.h"
#include "ui/pages/split_dialog.h"

namespace loom {
namespace {

constexpr std::uint64_t kMapSeed = 1;
constexpr std::size_t kMostColours = 96;

QToolButton* lookButton(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setCheckable(true);
  button->setProperty("toggle", true);
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
    m_impl->filter->reset();
    m_impl->filter->setText(text);
    setFindings({});
    showLook(kGridLook);
    m_impl->grid->setFocus();
  });
  return m_impl->looks;
}

QWidget* DatasetPage::buildLookBar() {
  m_impl->lookButtons = new QButtonGroup(this);
  auto* bar = new QWidget;
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  QToolButton* const all[] = {
      lookButton(tr("Grid"), "gridLook", tr("The sprites, one beside the other")),
      lookButton(tr("Map"), "mapLook", tr("Alike sprites lie close together")),
      lookButton(tr("Charts"), "chartsLook", tr("Sizes, colours, views, tags and licences, counted")),
  };
  for (int i = 0; i < static_cast<int>(std::size(all)); ++i) {
    m_impl->lookButtons->addButton(all[i], i);
    layout->addWidget(all[i]);
  }
  m_impl->lookButtons->button(kGridLook)->setChecked(true);
  connect(m_impl->lookButtons, &QButtonGroup::idClicked, this, &DatasetPage::showLook);
  layout->addSpacing(8);
  layout->addWidget(buildCheckButton());
  return bar;
}

QWidget* DatasetPage::buildCheckButton() {
  auto* check = new QToolButton;
  check->setObjectName("checkButton");
  check->setText(tr("Check ▾"));
  check->setToolTip(tr("Looks through the whole set for what should not be in it"));
  check->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(check);
  menu->setToolTipsVisible(true);
  for (const SetCheck& one : setChecks()) {
    QAction* action = menu->addAction(one.title, this, [this, &one] { runCheck(one); });
    action->setObjectName(one.name);
    action->setToolTip(one.help);
  }
  menu->addSeparator();
  QAction* split = menu->addAction(tr("Training and held-out characters…"), this, [this] {
    if (!m_impl->session.hasProject()) return;
    (new SplitDialog(m_impl->session, m_impl->model.sharedTable(), this))->open();
  });
  split->setObjectName("splitAction");
  split->setToolTip(tr("Keeps characters apart to judge a model by"));
  check->setMenu(menu);
  return check;
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
  close->setToolTip(tr("Closes the list of what was found"));
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
  setFocusProxy(m_impl->looks->currentWidget());
  if (look == kMapLook) makeMap();
  if (look == kChartsLook) makeCharts();
}

/// After the sprites were read anew. Names and tags change what the charts count; the map and the colours follow the
/// pixels alone, and a map that jumped with each sprite that goes would be no place to find anything.
void DatasetPage::followLooks() {
  std::uint64_t content = 0;
  for (const SpriteInfo& sprite : m_impl->model.table().sprites) {
    content = (content ^ sprite.hash ^ static_cast<std::uint64_t>(sprite.id)) * 0x9e3779b97f4a7c15U;
  }
  ++m_impl->loads;
  m_impl->chartsCurrent = false;
  m_impl->mapCurrent = m_impl->mapCurrent && content == m_impl->content;
  m_impl->content = content;
  m_impl->map->setNote(m_impl->mapCurrent || m_impl->map->empty()
                           ? QString()
                           : tr("The sprites have changed since; Map draws it anew."));
  if (m_impl->looks->currentIndex() == kChartsLook) makeCharts();
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
  const QString title = tr("Drawing the map");
  if (m_impl->mapCurrent || m_impl->session.jobs().currentTitle() == title) return;
  if (m_impl->map->empty()) m_impl->map->setNote(tr("The map is being drawn…"));
  lookThrough(
      title,
      [](const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
        return mapOfSprites(table.sprites, pixelsFrom(catalogue), kMapSeed, monitor);
      },
      [this, content = m_impl->content](std::vector<MapPoint> points) {
        m_impl->mapCurrent = content == m_impl->content;
        m_impl->map->setNote({});
        m_impl->map->setPoints(std::move(points));
        m_impl->map->setSelected(m_impl->selected);
      });
}

void DatasetPage::makeCharts() {
  const QString title = tr("Counting the set");
  if (m_impl->chartsCurrent || m_impl->session.jobs().currentTitle() == title) return;
  lookThrough(
      title,
      [](const SpriteTable& table, const Catalogue& catalogue, JobMonitor& monitor) {
        return std::pair(statisticsOf(table.sprites),
                         coloursOf(table.sprites, pixelsFrom(catalogue), kMostColours, monitor));
      },
      [this, loads = m_impl->loads](const std::pair<SetStatistics, SetColours>& counted) {
        m_impl->chartsCurrent = loads == m_impl->loads;
        m_impl->charts->setStatistics(counted.first);
        m_impl->charts->setColours(counted.second);
      });
}

void DatasetPage::runCheck(const SetCheck& check) {
  lookThrough(check.doing, check.run, [this](SpriteFindings findings) {
    setFindings(std::make_shared<const SpriteFindings>(std::move(findings)));
  });
}

void DatasetPage::setFindings(std::shared_ptr<const SpriteFindings> findings) {
  if (findings && findings->groups.empty()) {
    m_impl->session.say(tr("%1: nothing was found.").arg(findings->title));
    findings.reset();
  }
  m_impl->shownFindings = findings;
  m_impl->findings->setVisible(findings != nullptr);
  if (findings) {
    m_impl->findingsText->setText(tr("%1: %2").arg(
        findings->title, counted(static_cast<qint64>(findings->groups.size()), tr("finding"), tr("findings"))));
    m_impl->excludeFindings->setVisible(findings->copies);
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
    bool kept = false;
    for (const SpriteId id : group.sprites) {
      const int index = m_impl->model.table().indexOf(id);
      if (index < 0 || m_impl->model.excludedAt(index)) continue;
      if (kept) ids.push_back(id);
      kept = true;
    }
  }
  if (ids.empty()) return m_impl->session.say(tr("Nothing to do: only one of each is included already."));
  const QString count = counted(static_cast<qint64>(ids.size()), tr("sprite"), tr("sprites"));
  setExcluded(std::move(ids), true);
  m_impl->session.say(tr("%1 excluded.").arg(count), tr("The first of each stays in training."));
}

}  // namespace loom
