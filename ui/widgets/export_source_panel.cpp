#include "ui/widgets/export_source_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "ui/models/run_title.h"
#include "ui/widgets/favourites_tray.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kIcon = 32;
constexpr int kDefaultCount = 8;
constexpr int kMaxCount = 1000;

QIcon icon(const Favourite& favourite) {
  QPixmap ground(kIcon, kIcon);
  QPainter painter(&ground);
  paintCheckerboard(painter, ground.rect(), 4);
  const QImage image = toImage(favouritePicture(favourite));
  if (!image.isNull()) {
    const QRect target = pixelPerfectRect(image.size(), ground.rect());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, target.width() < image.width());
    painter.drawImage(target, image);
  }
  QIcon result(ground);
  result.addPixmap(ground, QIcon::Selected);
  return result;
}

bool isHeading(const QListWidgetItem* item) {
  return !item->data(Qt::UserRole).isValid();
}

QPushButton* smallButton(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QPushButton(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  return button;
}

QWidget* indented(QWidget* details) {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(22, 0, 0, 8);
  layout->addWidget(details);
  return box;
}

}  // namespace

ExportSourcePanel::ExportSourcePanel(QWidget* parent) : QWidget(parent) {
  m_choice = new QButtonGroup(this);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  m_favouritesBox = buildFavourites();
  m_generatedBox = buildGenerated();
  m_selectionText = new QLabel;
  m_selectionText->setObjectName("muted");
  m_selectionText->setWordWrap(true);
  m_everythingText = new QLabel;
  m_everythingText->setObjectName("muted");
  m_everythingText->setWordWrap(true);
  addChoice(*layout, Kind::kFavourites, tr("F&avourites"), "favouritesChoice", m_favouritesBox);
  addChoice(*layout, Kind::kGenerated, tr("&New characters"), "generatedChoice", m_generatedBox);
  addChoice(*layout, Kind::kSelection, tr("Selected &sprites"), "selectionChoice", m_selectionText);
  addChoice(*layout, Kind::kEverything, tr("The whole data se&t"), "everythingChoice", m_everythingText);
  layout->addStretch();
  connect(m_choice, &QButtonGroup::idClicked, this, [this] {
    m_chosen = true;
    showDetails();
    Q_EMIT changed();
  });
  setSelection({});
  setSpriteCount(0);
  setKind(Kind::kFavourites);
}

void ExportSourcePanel::addChoice(QVBoxLayout& layout, Kind kind, const QString& text, const QString& name,
                                  QWidget* details) {
  auto* button = new QRadioButton(text);
  button->setObjectName(name);
  m_choice->addButton(button, static_cast<int>(kind));
  layout.addWidget(button);
  layout.addWidget(indented(details), kind == Kind::kFavourites ? 1 : 0);
}

QWidget* ExportSourcePanel::buildFavourites() {
  m_favourites = new QListWidget;
  m_favourites->setObjectName("favouritesList");
  m_favourites->setAccessibleName(tr("Favourites on the sheet"));
  m_favourites->setToolTip(tr("Only the checked ones go on the sheet"));
  m_favourites->setIconSize(QSize(kIcon, kIcon));
  m_favourites->setUniformItemSizes(true);
  m_favourites->setMinimumHeight(120);
  connect(m_favourites, &QListWidget::itemChanged, this, &ExportSourcePanel::takeCheck);
  auto* all = smallButton(tr("All"), "allFavouritesButton", tr("Check all favourites"));
  auto* none = smallButton(tr("None"), "noFavouritesButton", tr("Uncheck all favourites"));
  connect(all, &QPushButton::clicked, this, [this] { checkAll(true); });
  connect(none, &QPushButton::clicked, this, [this] { checkAll(false); });
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(all);
  buttons->addWidget(none);
  buttons->addStretch();
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_favourites, 1);
  layout->addLayout(buttons);
  return box;
}

QWidget* ExportSourcePanel::buildGenerated() {
  m_run = new QComboBox;
  m_run->setObjectName("runBox");
  m_run->setToolTip(tr("The run whose newest checkpoint draws, or the weights that the program comes with"));
  m_run->setMinimumContentsLength(14);
  m_run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_count = new QSpinBox;
  m_count->setObjectName("countBox");
  m_count->setRange(1, kMaxCount);
  m_count->setValue(kDefaultCount);
  m_count->setToolTip(tr("How many characters, each in all views"));
  m_seed = new QSpinBox;
  m_seed->setObjectName("seedBox");
  m_seed->setRange(0, std::numeric_limits<int>::max());
  m_seed->setToolTip(tr("The same seed draws the same characters again"));
  auto* dice = smallButton(tr("Others"), "newSeedButton", tr("Draw other characters"));
  connect(dice, &QPushButton::clicked, this,
          [this] { m_seed->setValue(static_cast<int>(QRandomGenerator::global()->bounded(1'000'000))); });
  connect(m_run, &QComboBox::currentIndexChanged, this, &ExportSourcePanel::changed);
  connect(m_count, &QSpinBox::valueChanged, this, &ExportSourcePanel::changed);
  connect(m_seed, &QSpinBox::valueChanged, this, &ExportSourcePanel::changed);
  auto* seed = new QHBoxLayout;
  seed->addWidget(m_seed, 1);
  seed->addWidget(dice);
  auto* box = new QWidget;
  auto* form = new QFormLayout(box);
  form->setContentsMargins(0, 0, 0, 0);
  form->addRow(tr("&Run"), m_run);
  form->addRow(tr("Ho&w many"), m_count);
  form->addRow(tr("See&d"), seed);
  return box;
}

void ExportSourcePanel::setFavourites(const std::vector<Favourite>& favourites) {
  std::set<qint64> unchecked;
  for (int i = 0; i < m_favourites->count(); ++i) {
    const QListWidgetItem* item = m_favourites->item(i);
    if (item->checkState() != Qt::Checked) unchecked.insert(item->data(Qt::UserRole).toLongLong());
  }
  std::map<std::string, std::vector<const Favourite*>> collections;
  for (const Favourite& favourite : favourites) collections[favourite.collection].push_back(&favourite);
  const bool headed = collections.size() > 1 || (!favourites.empty() && !collections.contains(""));
  const QSignalBlocker quiet(m_favourites);
  m_favourites->clear();
  for (const auto& [collection, members] : collections) {
    if (headed) addHeading(collection.empty() ? tr("In no collection") : QString::fromStdString(collection));
    for (const Favourite* favourite : members) {
      auto* item = new QListWidgetItem(icon(*favourite), QString::fromStdString(favourite->name), m_favourites);
      item->setData(Qt::UserRole, static_cast<qlonglong>(favourite->id));
      item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
      item->setCheckState(unchecked.contains(favourite->id) ? Qt::Unchecked : Qt::Checked);
    }
  }
  showHeadings();
  m_favourites->viewport()->update();
}

/// A collection's name above its favourites; its tick is theirs.
void ExportSourcePanel::addHeading(const QString& text) {
  auto* heading = new QListWidgetItem(text, m_favourites);
  heading->setToolTip(tr("Checks or unchecks the whole collection"));
  heading->setFlags(heading->flags() | Qt::ItemIsUserCheckable);
  QFont bold = m_favourites->font();
  bold.setBold(true);
  heading->setFont(bold);
}

void ExportSourcePanel::takeCheck(QListWidgetItem* item) {
  {
    const QSignalBlocker quiet(m_favourites);
    for (int i = m_favourites->row(item) + 1; isHeading(item) && i < m_favourites->count(); ++i) {
      if (isHeading(m_favourites->item(i))) break;
      m_favourites->item(i)->setCheckState(item->checkState());
    }
    showHeadings();
  }
  m_favourites->viewport()->update();
  Q_EMIT changed();
}

void ExportSourcePanel::showHeadings() {
  QListWidgetItem* heading = nullptr;
  int all = 0, checked = 0;
  for (int i = 0; i <= m_favourites->count(); ++i) {
    QListWidgetItem* item = i < m_favourites->count() ? m_favourites->item(i) : nullptr;
    if (item != nullptr && !isHeading(item)) {
      ++all;
      checked += item->checkState() == Qt::Checked ? 1 : 0;
      continue;
    }
    if (heading != nullptr) {
      heading->setCheckState(checked == 0 ? Qt::Unchecked : checked < all ? Qt::PartiallyChecked : Qt::Checked);
    }
    heading = item;
    all = checked = 0;
  }
}

void ExportSourcePanel::setRuns(const std::vector<RunInfo>& runs, const std::vector<StarterWeights>& starters) {
  const QSignalBlocker quiet(m_run);
  const QVariant current = m_run->currentData();
  m_run->clear();
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    if (!drawsNewSprites(run->preset)) continue;
    m_run->addItem(tr("%1  ·  %2  ·  %3 steps")
                       .arg(runTitle(*run), QString::fromStdString(run->preset),
                            QLocale().toString(static_cast<qlonglong>(run->steps))),
                   run->number);
  }
  m_hasRuns = m_run->count() > 0;
  for (const StarterWeights& starter : starters) {
    if (!drawsNewSprites(starter.preset)) continue;
    m_run->addItem(tr("Starter: %1").arg(QString::fromStdString(starter.card.title)),
                   QString::fromStdString(starter.preset));
  }
  m_run->setCurrentIndex(std::max(0, m_run->findData(current)));
}

void ExportSourcePanel::setSelection(std::vector<SpriteId> selection) {
  m_selection = std::move(selection);
  m_selectionText->setText(m_selection.empty()
                               ? tr("none selected on the Dataset page")
                               : (m_selection.size() == 1 ? tr("%1 sprite, chosen on the Dataset page")
                                                          : tr("%1 sprites, chosen on the Dataset page"))
                                     .arg(QLocale().toString(static_cast<int>(m_selection.size()))));
}

void ExportSourcePanel::setSpriteCount(std::int64_t sprites) {
  m_sprites = sprites;
  m_everythingText->setText(sprites == 0
                                ? tr("no sprites yet")
                                : tr("%1 included sprites").arg(QLocale().toString(static_cast<qlonglong>(sprites))));
}

void ExportSourcePanel::chooseForUser() {
  if (m_chosen) return;
  if (m_favourites->count() > 0) {
    setKind(Kind::kFavourites);
  } else if (m_hasRuns || (m_sprites == 0 && m_run->count() > 0)) {
    setKind(Kind::kGenerated);
  } else {
    setKind(m_sprites > 0 ? Kind::kEverything : Kind::kFavourites);
  }
}

void ExportSourcePanel::reset() {
  m_chosen = false;
  m_favourites->clear();
  m_run->clear();
  m_hasRuns = false;
  setSelection({});
  setSpriteCount(0);
}

ExportSourcePanel::Kind ExportSourcePanel::kind() const {
  return static_cast<Kind>(m_choice->checkedId());
}

void ExportSourcePanel::setKind(Kind kind) {
  m_choice->button(static_cast<int>(kind))->setChecked(true);
  showDetails();
}

void ExportSourcePanel::showDetails() {
  m_favouritesBox->parentWidget()->setVisible(kind() == Kind::kFavourites);
  m_generatedBox->parentWidget()->setVisible(kind() == Kind::kGenerated);
}

void ExportSourcePanel::checkAll(bool checked) {
  {
    const QSignalBlocker quiet(m_favourites);
    for (int i = 0; i < m_favourites->count(); ++i) {
      m_favourites->item(i)->setCheckState(checked ? Qt::Checked : Qt::Unchecked);
    }
  }
  m_favourites->viewport()->update();
  Q_EMIT changed();
}

SheetSource ExportSourcePanel::source() const {
  SheetSource source;
  source.kind = kind();
  if (source.kind == Kind::kFavourites) {
    for (int i = 0; i < m_favourites->count(); ++i) {
      const QListWidgetItem* item = m_favourites->item(i);
      if (item->checkState() == Qt::Checked && !isHeading(item))
        source.favourites.push_back(item->data(Qt::UserRole).toLongLong());
    }
  } else if (source.kind == Kind::kGenerated) {
    const QVariant chosen = m_run->currentData();  // a run's number, or the preset of starter weights
    if (chosen.typeId() == QMetaType::QString) {
      source.starter = chosen.toString().toStdString();
    } else {
      source.run = chosen.toInt();
    }
    source.count = m_count->value();
    source.seed = static_cast<std::uint64_t>(m_seed->value());
  } else if (source.kind == Kind::kSelection) {
    source.sprites = m_selection;
  }
  return source;
}

std::optional<ExportSourcePanel::Lack> ExportSourcePanel::lack() const {
  switch (kind()) {
    case Kind::kFavourites:
      if (m_favourites->count() == 0) {
        return Lack{tr("You have kept no favourites yet. Shape characters on the Create page and keep the good ones "
                       "with F: they gather here, ready for a sheet."),
                    tr("Go to Create"), Page::kCreate};
      }
      if (source().favourites.empty()) return Lack{tr("Check the favourites that belong on the sheet."), {}};
      return {};
    case Kind::kGenerated:
      if (m_run->count() > 0) return {};
      return Lack{tr("No model has been trained here yet. Train one, and it draws new characters for your sheets."),
                  tr("Go to Train"), Page::kTrain};
    case Kind::kSelection:
      if (!m_selection.empty()) return {};
      return Lack{tr("Nothing is selected on the Dataset page. Select the sprites that belong on the sheet there."),
                  tr("Go to Dataset"), Page::kDataset};
    case Kind::kEverything:
      if (m_sprites > 0) return {};
      return Lack{tr("The data set has no sprites yet. Drop a folder or a ZIP of them onto the window."),
                  tr("Go to Dataset"), Page::kDataset};
  }
  return {};
}

}  // namespace loom
