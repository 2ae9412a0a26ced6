#include "ui/widgets/set_charts.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/sprite_model.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/palette_swatches.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

std::vector<Bar> named(const std::vector<CountedName>& names, const QString& key) {
  std::vector<Bar> bars;
  for (const CountedName& name : names) {
    const QString text = QString::fromStdString(name.name);
    const bool quotes = text.isEmpty() || text.contains(' ');
    bars.push_back({text, static_cast<double>(name.count), key + (quotes ? '"' + text + '"' : text)});
  }
  return bars;
}

/// Colours a sprite in classes: 0 to 4, 5 to 8, 9 to 16, … doubling.
std::vector<Bar> colourClasses(const std::map<int, std::int64_t>& counts) {
  std::vector<Bar> bars;
  for (int from = 0, to = 4; from < 1 << 20; from = to + 1, to *= 2) {
    double sprites = 0;
    for (auto entry = counts.lower_bound(from); entry != counts.end() && entry->first <= to; ++entry) {
      sprites += static_cast<double>(entry->second);
    }
    if (sprites == 0) continue;
    bars.push_back({QObject::tr("%1–%2").arg(from).arg(to), sprites, QString("colours:%1..%2").arg(from).arg(to)});
  }
  return bars;
}

}  // namespace

struct SetCharts::Impl {
  BarChart *sizes, *colours, *views, *perCharacter, *tags, *licences, *authors, *animations;
  QLabel *summary, *missing, *palette;
  PaletteSwatches* swatches;
  QGridLayout* grid;
  std::vector<BarChart*> all;

  void place();
};

/// Those that have something to show, two in a row.
void SetCharts::Impl::place() {
  int next = 0;
  for (BarChart* chart : all) {
    grid->removeWidget(chart);
    chart->setVisible(!chart->bars().empty());
    if (chart->bars().empty()) continue;
    grid->addWidget(chart, 1 + next / 2, next % 2, Qt::AlignTop);
    ++next;
  }
}

SetCharts::SetCharts(QWidget* parent) : QScrollArea(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("setCharts");
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  auto* content = new QWidget;
  auto* grid = new QGridLayout(content);
  m_impl->grid = grid;
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  const auto chart = [&](const QString& title, const QString& name) {
    auto* made = new BarChart(title, name, content);
    connect(made, &BarChart::chosen, this, &SetCharts::filterRequested);
    m_impl->all.push_back(made);
    return made;
  };
  m_impl->summary = new QLabel;
  m_impl->summary->setObjectName("chartsSummary");
  m_impl->summary->setWordWrap(true);
  grid->addWidget(m_impl->summary, 0, 0, 1, 2);
  m_impl->sizes = chart(tr("Sizes"), "chartSizes");
  m_impl->colours = chart(tr("Colours a sprite"), "chartColours");
  m_impl->views = chart(tr("Views"), "chartViews");
  m_impl->perCharacter = chart(tr("Views a character"), "chartViewsPerCharacter");
  m_impl->tags = chart(tr("Tags"), "chartTags");
  m_impl->animations = chart(tr("Animations"), "chartAnimations");
  m_impl->licences = chart(tr("Licences"), "chartLicences");
  m_impl->authors = chart(tr("Authors"), "chartAuthors");
  m_impl->missing = new QLabel;
  m_impl->missing->setObjectName("chartsMissing");
  m_impl->missing->setWordWrap(true);
  m_impl->palette = new QLabel(tr("Most used colours"));
  m_impl->swatches = new PaletteSwatches;
  m_impl->swatches->setObjectName("chartsColours");
  grid->addWidget(m_impl->missing, 6, 0, 1, 2);
  grid->addWidget(m_impl->palette, 7, 0, 1, 2);
  grid->addWidget(m_impl->swatches, 8, 0, 1, 2);
  grid->setRowStretch(9, 1);
  setWidget(content);
  m_impl->place();
}

SetCharts::~SetCharts() {
  silence(*this, *this);
}

void SetCharts::setStatistics(const SetStatistics& statistics) {
  m_impl->sizes->setBars(named(statistics.sizes, "size:"));
  m_impl->colours->setBars(colourClasses(statistics.coloursPerSprite));
  m_impl->views->setBars(named(statistics.views, "view:"));
  std::vector<Bar> perCharacter;
  for (const auto& [views, characters] : statistics.viewsPerCharacter) {
    perCharacter.push_back({tr("%1 views").arg(views), static_cast<double>(characters), {}});
  }
  m_impl->perCharacter->setBars(std::move(perCharacter));
  m_impl->tags->setBars(named(statistics.tags, "tag:"));
  m_impl->animations->setBars(named(statistics.animations, "animation:"));
  m_impl->licences->setBars(named(statistics.licences, "licence:"));
  m_impl->authors->setBars(named(statistics.authors, "author:"));
  m_impl->place();
  m_impl->summary->setText(
      tr("%1 sprites of %2 characters")
          .arg(QLocale().toString(qint64{statistics.sprites}), QLocale().toString(qint64{statistics.characters})));
  QStringList missing;
  constexpr int kMostNamed = 8;
  for (const MissingViews& character : statistics.missingViews) {
    if (missing.size() == kMostNamed) {
      missing.append(tr("and %1 more").arg(statistics.missingViews.size() - kMostNamed));
      break;
    }
    QStringList views;
    for (const std::string& view : character.views) views.append(viewTitle(view));
    missing.append(tr("%1: %2").arg(QString::fromStdString(character.character), views.join(", ")));
  }
  m_impl->missing->setText(missing.isEmpty() ? QString() : tr("Views missing – %1").arg(missing.join("; ")));
}

void SetCharts::setColours(const SetColours& colours) {
  std::vector<std::pair<QRgb, int>> swatches;
  for (const ColourShare& share : colours.mostUsed) {
    swatches.emplace_back(qRgba(share.colour.r, share.colour.g, share.colour.b, share.colour.a),
                          static_cast<int>(share.share * 1e6));
  }
  m_impl->swatches->setColours(std::move(swatches));
  m_impl->palette->setText(
      tr("Most used colours, of %1. %2 sprites have soft edges, %3 have no transparent pixel, %4 are empty.")
          .arg(QLocale().toString(qint64{colours.different}), QLocale().toString(qint64{colours.partialAlpha}),
               QLocale().toString(qint64{colours.opaque}), QLocale().toString(qint64{colours.empty})));
}

}  // namespace loom
