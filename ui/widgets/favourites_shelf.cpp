#include "ui/widgets/favourites_shelf.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/limits.h"
#include "ui/widgets/favourite_note_dialog.h"
#include "ui/widgets/favourites_tray.h"

namespace loom {
namespace {

QString text(const std::string& words) {
  return QString::fromStdString(words);
}

}  // namespace

FavouritesShelf::FavouritesShelf(QWidget* parent) : QWidget(parent) {
  m_filter = new QLineEdit;
  m_filter->setObjectName("favouritesFilter");
  m_filter->setAccessibleName(tr("Filter of favourites"));
  m_filter->setPlaceholderText(tr("Name, tag or note"));
  m_filter->setToolTip(tr("Shows the favourites that have all these words in their name, tags or note"));
  m_filter->setClearButtonEnabled(true);
  m_tray = new FavouritesTray;
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(buildChooser());
  layout->addWidget(m_filter);
  layout->addWidget(m_tray, 1);
  connect(m_filter, &QLineEdit::textChanged, this, &FavouritesShelf::showChosen);
  connect(m_tray, &FavouritesTray::noteRequested, this, &FavouritesShelf::editNote);
  connect(m_tray, &FavouritesTray::collectRequested, this, &FavouritesShelf::offerCollections);
  fillChooser();
}

QWidget* FavouritesShelf::buildChooser() {
  m_chooser = new QComboBox;
  m_chooser->setObjectName("collectionBox");
  m_chooser->setAccessibleName(tr("Collection of favourites"));
  m_chooser->setToolTip(tr("The collection that is shown; what you keep goes into it"));
  m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  connect(m_chooser, &QComboBox::activated, this, &FavouritesShelf::choose);
  m_change = new QToolButton;
  m_change->setObjectName("collectionMenuButton");
  m_change->setText(tr("⋯"));
  m_change->setAccessibleName(tr("Rename or delete the collection"));
  m_change->setToolTip(tr("Rename or delete the collection that is shown"));
  m_change->setPopupMode(QToolButton::InstantPopup);
  m_change->setFocusPolicy(Qt::StrongFocus);
  QAction* rename = new QAction(tr("Rename collection…"), m_change);
  rename->setObjectName("renameCollection");
  connect(rename, &QAction::triggered, this, [this] {
    const QString before = *m_shown;
    askName(tr("Rename collection"), before, [this, before](const QString& after) {
      if (after == before) return;
      m_made.removeAll(before);
      m_made.append(after);
      showCollection(after);
      Q_EMIT collectionRenameRequested(before, after);
    });
  });
  QAction* remove = new QAction(tr("Delete collection (its favourites stay)"), m_change);
  remove->setObjectName("deleteCollection");
  connect(remove, &QAction::triggered, this, [this] {
    const QString name = *m_shown;
    m_made.removeAll(name);
    showCollection({});
    Q_EMIT collectionDeleteRequested(name);
  });
  m_change->addActions({rename, remove});
  auto* box = new QWidget;
  auto* layout = new QHBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_chooser, 1);
  layout->addWidget(m_change);
  return box;
}

// What is shown

void FavouritesShelf::setFavourites(const std::vector<Favourite>& favourites) {
  m_favourites = favourites;
  fillChooser();
  showChosen();
}

void FavouritesShelf::restart() {
  m_made.clear();
  m_filter->clear();
  showCollection({});
}

std::string FavouritesShelf::collection() const {
  return m_shown.value_or(QString()).toStdString();
}

QStringList FavouritesShelf::collections() const {
  QStringList names = m_made;
  for (const Favourite& favourite : m_favourites) {
    if (!favourite.collection.empty()) names.append(text(favourite.collection));
  }
  names.removeDuplicates();
  std::ranges::sort(names, [](const QString& a, const QString& b) { return QString::localeAwareCompare(a, b) < 0; });
  return names;
}

void FavouritesShelf::fillChooser() {
  const QStringList names = collections();
  if (m_shown && !m_shown->isEmpty() && !names.contains(*m_shown)) m_shown.reset();
  m_chooser->clear();
  m_chooser->addItem(tr("All favourites"));
  for (const QString& name : names) m_chooser->addItem(name, name);
  if (!names.empty()) m_chooser->addItem(tr("In no collection"), QString(""));
  m_chooser->insertSeparator(m_chooser->count());
  m_chooser->addItem(tr("New collection…"));
  m_chooser->setCurrentIndex(m_shown ? std::max(0, m_chooser->findData(*m_shown)) : 0);
  m_change->setEnabled(m_shown && !m_shown->isEmpty());
}

void FavouritesShelf::choose(int index) {
  const QVariant data = m_chooser->itemData(index);
  if (index != m_chooser->count() - 1) {
    return showCollection(data.isValid() ? std::optional(data.toString()) : std::nullopt);
  }
  fillChooser();  // until it has a name, what was shown is
  askName(tr("New collection"), {}, [this](const QString& name) {
    m_made.append(name);
    showCollection(name);
  });
}

void FavouritesShelf::showCollection(const std::optional<QString>& collection) {
  m_shown = collection;
  fillChooser();
  showChosen();
}

bool FavouritesShelf::isShown(const Favourite& favourite) const {
  if (m_shown && *m_shown != text(favourite.collection)) return false;
  const QString all = text(favourite.name + '\n' + favourite.tags + '\n' + favourite.note);
  const QStringList words = m_filter->text().split(' ', Qt::SkipEmptyParts);
  return std::ranges::all_of(words, [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

void FavouritesShelf::showChosen() {
  std::vector<Favourite> shown;
  std::ranges::copy_if(m_favourites, std::back_inserter(shown), [this](const Favourite& one) { return isShown(one); });
  if (m_favourites.empty() || (!m_shown && m_filter->text().isEmpty())) {
    m_tray->setEmptyText(tr("Nothing kept yet.\nPress F to keep what you see."));
  } else if (m_filter->text().isEmpty()) {
    m_tray->setEmptyText(tr("Nothing in here yet.\nF keeps what you see in it; Ctrl+M puts in what you select."));
  } else {
    m_tray->setEmptyText(tr("No favourite here has these words."));
  }
  m_tray->setFavourites(shown);
}

// What is changed

void FavouritesShelf::offerCollections(const QPoint& at) {
  std::vector<qint64> ids;
  for (const std::int64_t id : m_tray->selectedFavourites()) ids.push_back(id);
  if (ids.empty()) return;
  auto* menu = new QMenu(this);
  menu->setObjectName("collectMenu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const QString& name : collections()) {
    QAction* into = menu->addAction(QString(name).replace('&', "&&"));
    connect(into, &QAction::triggered, this, [this, ids, name] { Q_EMIT collectRequested(ids, name); });
  }
  menu->addSeparator();
  connect(menu->addAction(tr("Into no collection")), &QAction::triggered, this,
          [this, ids] { Q_EMIT collectRequested(ids, {}); });
  connect(menu->addAction(tr("New collection…")), &QAction::triggered, this, [this, ids] {
    askName(tr("New collection"), {}, [this, ids](const QString& name) { Q_EMIT collectRequested(ids, name); });
  });
  menu->popup(at);
  menu->setActiveAction(menu->actions().front()->isSeparator() ? menu->actions().at(1) : menu->actions().front());
}

void FavouritesShelf::askName(const QString& title, const QString& name,
                              const std::function<void(const QString&)>& then) {
  auto* dialog = new QInputDialog(this);
  dialog->setObjectName("collectionNameDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  dialog->setLabelText(tr("Name of the collection"));
  dialog->setTextValue(name);
  connect(dialog, &QInputDialog::textValueSelected, this, [then](const QString& given) {
    constexpr int kMostLetters = limits::kMaxNameLength / 4;  // a letter has up to four bytes
    const QString wanted = given.simplified().left(kMostLetters);
    if (!wanted.isEmpty()) then(wanted);
  });
  dialog->open();
}

void FavouritesShelf::editNote(qint64 id) {
  const auto found = std::ranges::find(m_favourites, id, &Favourite::id);
  if (found == m_favourites.end()) return;
  auto* dialog = new FavouriteNoteDialog(*found, this);
  connect(dialog, &QDialog::accepted, this,
          [this, dialog, id] { Q_EMIT noteRequested(id, dialog->note(), dialog->tags()); });
  dialog->open();
}

}  // namespace loom
