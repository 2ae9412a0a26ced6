#include "ui/widgets/sprite_details.h"

#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/models/sprite_commands.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/palette_swatches.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/sprite_tile.h"

namespace loom {
namespace {

constexpr int kMostViews = 32;  // tiles for one character
constexpr int kMostNames = 12;  // views or sizes listed for several sprites

QLabel* selectable(const QString& name) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

/// Breaks a path anywhere: a label wraps at spaces alone.
QString breakable(QString path) {
  static const QString kBreak(QChar(0x200b));
  for (const char separator : {'/', '\\', '!', '_'}) path.replace(QChar(separator), QChar(separator) + kBreak);
  return path;
}

QString listed(const std::vector<std::pair<std::string, int>>& parts, bool views) {
  QStringList lines;
  for (const auto& [name, times] : parts) {
    if (lines.size() == kMostNames) {
      lines.append(QObject::tr("and %1 more").arg(static_cast<int>(parts.size()) - kMostNames));
      break;
    }
    lines.append(
        QObject::tr("%1: %2").arg(views ? viewTitle(name) : QString::fromStdString(name), QLocale().toString(times)));
  }
  return lines.join('\n');
}

/// A heading over a text; both hidden while there is nothing to say. (No QFormLayout: Qt 6.4's writes past its row data
/// when a hidden row holds a label that wraps.)
struct Fact {
  QLabel* title = nullptr;
  QLabel* text = nullptr;

  void show(const std::string& value) const {
    text->setText(breakable(QString::fromStdString(value)));
    title->setVisible(!value.empty());
    text->setVisible(!value.empty());
  }
};

Fact addFact(QVBoxLayout& layout, const QString& title, const QString& name) {
  const Fact fact{heading(title), selectable(name)};
  layout.addWidget(fact.title);
  layout.addWidget(fact.text);
  return fact;
}

}  // namespace

struct SpriteDetails::Impl {
  SpriteModel& model;
  ThumbnailLoader& loader;
  QStackedWidget* stack = nullptr;
  QLabel* nothing = nullptr;
  SpriteCanvas* canvas = nullptr;
  QLabel *title = nullptr, *facts = nullptr, *state = nullptr;
  QWidget* views = nullptr;
  QLabel* viewsHeading = nullptr;
  PaletteSwatches* palette = nullptr;
  QLabel* paletteHeading = nullptr;
  Fact tags = {}, source = {}, licence = {}, author = {};
  QLabel *several = nullptr, *severalViews = nullptr, *severalSizes = nullptr;
  SpriteId shown = 0;
  std::uint64_t shownHash = 0;  // cleaning gives a sprite other pixels
  std::vector<std::pair<SpriteTile*, ThumbnailKey>> tiles = {};
};

SpriteDetails::SpriteDetails(SpriteModel& model, ThumbnailLoader& loader, QWidget* parent)
    : QScrollArea(parent), m_impl(std::make_unique<Impl>(Impl{model, loader})) {
  setObjectName("spriteDetails");
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  build();
  connect(&loader, &ThumbnailLoader::inspected, this, &SpriteDetails::showInspection);
  connect(&loader, &ThumbnailLoader::arrived, this, &SpriteDetails::showArrived);
  connect(m_impl->palette, &PaletteSwatches::copied, this, &SpriteDetails::colourCopied);
  setSprites({});
}

SpriteDetails::~SpriteDetails() = default;

void SpriteDetails::build() {
  m_impl->stack = new QStackedWidget;
  m_impl->nothing =
      new QLabel(tr("Select a sprite to see it large, with its other views, its colours and its source."));
  m_impl->nothing->setWordWrap(true);
  m_impl->nothing->setAlignment(Qt::AlignCenter);
  m_impl->nothing->setForegroundRole(QPalette::PlaceholderText);
  m_impl->nothing->setMargin(16);
  m_impl->stack->addWidget(m_impl->nothing);
  m_impl->stack->addWidget(buildOne());
  m_impl->stack->addWidget(buildSeveral());
  setWidget(m_impl->stack);
}

QWidget* SpriteDetails::buildOne() {
  auto* page = new QWidget;
  m_impl->canvas = new SpriteCanvas;
  m_impl->canvas->setObjectName("detailsCanvas");
  m_impl->canvas->setAccessibleName(tr("The selected sprite"));
  m_impl->canvas->setFixedHeight(264);
  m_impl->title = selectable("detailsTitle");
  QFont bold = m_impl->title->font();
  bold.setBold(true);
  bold.setPointSizeF(bold.pointSizeF() * 1.15);
  m_impl->title->setFont(bold);
  m_impl->facts = selectable("detailsFacts");
  m_impl->state = selectable("detailsState");
  m_impl->viewsHeading = heading(tr("All views"));
  m_impl->views = new QWidget;
  m_impl->views->setObjectName("detailsViews");
  new FlowLayout(m_impl->views, 4);
  m_impl->paletteHeading = heading({});
  m_impl->paletteHeading->setObjectName("detailsPaletteHeading");
  m_impl->palette = new PaletteSwatches;

  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->setSpacing(6);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{m_impl->canvas, m_impl->title, m_impl->facts, m_impl->state,
                                       m_impl->viewsHeading, m_impl->views, m_impl->paletteHeading, m_impl->palette}) {
    layout->addWidget(widget);
  }
  m_impl->tags = addFact(*layout, tr("Tags"), "detailsTags");
  m_impl->source = addFact(*layout, tr("Source"), "detailsSource");
  m_impl->licence = addFact(*layout, tr("Licence"), "detailsLicence");
  m_impl->author = addFact(*layout, tr("Author"), "detailsAuthor");
  layout->addStretch();
  return page;
}

QWidget* SpriteDetails::buildSeveral() {
  auto* page = new QWidget;
  m_impl->several = selectable("detailsSummary");
  m_impl->severalViews = selectable("detailsSummaryViews");
  m_impl->severalSizes = selectable("detailsSummarySizes");
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->addWidget(m_impl->several);
  layout->addSpacing(8);
  layout->addWidget(heading(tr("Views")));
  layout->addWidget(m_impl->severalViews);
  layout->addSpacing(8);
  layout->addWidget(heading(tr("Sizes")));
  layout->addWidget(m_impl->severalSizes);
  layout->addStretch();
  return page;
}

void SpriteDetails::setSprites(const std::vector<int>& indices) {
  if (indices.size() != 1) m_impl->shown = 0;
  m_impl->stack->setCurrentIndex(indices.empty() ? 0 : indices.size() == 1 ? 1 : 2);
  if (indices.size() == 1) showOne(indices.front());
  if (indices.size() > 1) showSeveral(indices);
}

void SpriteDetails::showOne(int index) {
  const SpriteInfo& info = m_impl->model.table().sprites[static_cast<std::size_t>(index)];
  m_impl->title->setText(QString::fromStdString(info.character));
  QString facts = tr("%1  ·  %2 × %3 px  ·  %4")
                      .arg(viewTitle(info.view))
                      .arg(info.width)
                      .arg(info.height)
                      .arg(counted(info.colours, tr("colour"), tr("colours")));
  if (!info.animation.empty() || info.frame > 0) {
    facts += tr("\n%1, frame %2").arg(QString::fromStdString(info.animation), QLocale().toString(info.frame + 1));
    if (info.milliseconds > 0) facts += tr(", %1 ms").arg(info.milliseconds);
  }
  m_impl->facts->setText(facts);
  const int twins = m_impl->model.table().twinsOf[static_cast<std::size_t>(index)];
  QStringList states;
  if (m_impl->model.excludedAt(index)) states.append(tr("Excluded from training."));
  if (info.cleaned) states.append(tr("Cleaned."));
  if (twins >= 0) {
    const qint64 others = static_cast<qint64>(m_impl->model.table().twins[static_cast<std::size_t>(twins)].size()) - 1;
    states.append(tr("The same picture as %1.").arg(counted(others, tr("other sprite"), tr("other sprites"))));
  }
  m_impl->state->setText(states.join(' '));
  m_impl->state->setVisible(!states.isEmpty());

  m_impl->tags.show(info.tags);
  m_impl->source.show(info.source);
  m_impl->licence.show(info.licence);
  m_impl->author.show(info.author);
  showViews(index);
  if (m_impl->shown != info.id || m_impl->shownHash != info.hash) m_impl->loader.inspect({info.id, info.hash});
  m_impl->shown = info.id;
  m_impl->shownHash = info.hash;
}

void SpriteDetails::showViews(int index) {
  const SpriteTable& table = m_impl->model.table();
  const std::span<const int> all = table.ofCharacter(table.characterOf[static_cast<std::size_t>(index)]);
  const std::size_t tiles = all.size() < 2 ? 0 : std::min<std::size_t>(all.size(), kMostViews);
  while (m_impl->tiles.size() > tiles) {
    delete m_impl->tiles.back().first;
    m_impl->tiles.pop_back();
  }
  while (m_impl->tiles.size() < tiles) {
    auto* tile = new SpriteTile;
    const std::size_t place = m_impl->tiles.size();
    tile->setObjectName(QString("detailsView%1").arg(place));
    m_impl->views->layout()->addWidget(tile);
    m_impl->tiles.emplace_back(tile, ThumbnailKey{});
    connect(tile, &QAbstractButton::clicked, this, [this, place] {
      m_impl->tiles[place].first->setChecked(m_impl->tiles[place].second.id == m_impl->shown);
      Q_EMIT spriteRequested(m_impl->tiles[place].second.id);
    });
  }
  for (std::size_t i = 0; i < tiles; ++i) {
    const int other = all[i];
    const SpriteInfo& info = table.sprites[static_cast<std::size_t>(other)];
    auto& [tile, key] = m_impl->tiles[i];
    key = {info.id, info.hash};
    tile->setText(viewTitle(info.view));
    tile->setToolTip(tr("Select the view “%1”").arg(viewTitle(info.view)));
    tile->setAccessibleName(tile->text());
    tile->setChecked(other == index);
    tile->setDimmed(m_impl->model.excludedAt(other));
  }
  std::vector<ThumbnailKey> keys;
  for (const auto& [tile, key] : m_impl->tiles) keys.push_back(key);
  m_impl->loader.requestFirst(std::move(keys));
  m_impl->viewsHeading->setVisible(tiles > 0);
  m_impl->views->setVisible(tiles > 0);
  showArrived();
}

void SpriteDetails::showArrived() {
  if (m_impl->stack->currentIndex() != 1) return;
  for (const auto& [tile, key] : m_impl->tiles) {
    const QImage* picture = m_impl->loader.find(key.hash);
    tile->setPicture(picture ? *picture : QImage());
  }
}

void SpriteDetails::showInspection(const SpriteInspection& inspection) {
  if (inspection.id != m_impl->shown) return;
  if (inspection.sprite.empty()) {
    m_impl->canvas->clear();
    m_impl->state->setText(tr("This sprite's pixels are damaged. Delete it and import it again."));
    m_impl->state->show();
  } else {
    m_impl->canvas->setSprite(inspection.sprite);
  }
  const int colours = static_cast<int>(inspection.palette.size());
  m_impl->paletteHeading->setText(
      colours > PaletteSwatches::kMost
          ? tr("Palette (the %1 most frequent of %2)").arg(PaletteSwatches::kMost).arg(QLocale().toString(colours))
          : tr("Palette"));
  m_impl->palette->setColours(inspection.palette);
}

void SpriteDetails::showSeveral(const std::vector<int>& indices) {
  const SpriteSummary summary = summariseSprites(m_impl->model.table(), indices, m_impl->model.excluded());
  QString text = tr("%1 of %2 selected")
                     .arg(counted(summary.sprites, tr("sprite"), tr("sprites")),
                          counted(summary.characters, tr("character"), tr("characters")));
  if (summary.excluded == summary.sprites)
    text += tr("\nall excluded from training");
  else if (summary.excluded > 0)
    text += tr("\n%1 excluded from training").arg(QLocale().toString(summary.excluded));
  m_impl->several->setText(text);
  m_impl->severalViews->setText(listed(summary.views, true));
  m_impl->severalSizes->setText(listed(summary.sizes, false));
}

}  // namespace loom
