#include "ui/widgets/favourites_tray.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <algorithm>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kThumbnail = 64;
constexpr int kIdRole = Qt::UserRole;
constexpr int kNameRole = Qt::UserRole + 1;

QIcon thumbnail(const Favourite& favourite) {
  QPixmap ground(kThumbnail, kThumbnail);
  QPainter painter(&ground);
  paintCheckerboard(painter, ground.rect());
  const QImage image = toImage(favouritePicture(favourite));
  if (!image.isNull()) {
    const QRect target = pixelPerfectRect(image.size(), ground.rect());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, target.width() < image.width());
    painter.drawImage(target, image);
  }
  QIcon icon(ground);
  icon.addPixmap(ground, QIcon::Selected);  // not tinted: the picture's colours are what counts
  return icon;
}

qint64 idOf(const QListWidgetItem* item) {
  return item->data(kIdRole).toLongLong();
}

}  // namespace

Sprite favouritePicture(const Favourite& favourite) {
  if (favourite.sprites.empty()) return {};
  const std::string kept = favourite.settings.value("view", std::string("front"));
  for (const std::string& wanted : {kept, std::string("front")}) {
    const auto found = std::ranges::find(favourite.views, wanted);
    const auto index = static_cast<std::size_t>(found - favourite.views.begin());
    if (found != favourite.views.end() && index < favourite.sprites.size()) return favourite.sprites[index];
  }
  return favourite.sprites.front();
}

FavouritesTray::FavouritesTray(QWidget* parent) : QListWidget(parent) {
  setObjectName("favouritesTray");
  setAccessibleName(tr("Favourites"));
  setToolTip(tr("Click: load · F2: rename · Del: remove (Ctrl+Z brings it back)"));
  setViewMode(QListView::IconMode);
  setIconSize(QSize(kThumbnail, kThumbnail));
  setGridSize(QSize(kThumbnail + 24, kThumbnail + 30));
  setMovement(QListView::Static);
  setResizeMode(QListView::Adjust);
  setUniformItemSizes(true);
  setWordWrap(false);
  setTextElideMode(Qt::ElideRight);
  setSelectionMode(QAbstractItemView::ExtendedSelection);
  setEditTriggers(QAbstractItemView::EditKeyPressed);
  connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { Q_EMIT loadRequested(idOf(item)); });
  connect(this, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
    const QString name = item->text().simplified();
    const QString before = item->data(kNameRole).toString();
    const bool renamed = !name.isEmpty() && name != before;
    {
      const QSignalBlocker quiet(this);
      item->setText(renamed ? name : before);
      item->setData(kNameRole, item->text());
    }
    if (renamed) Q_EMIT renameRequested(idOf(item), name);
  });
}

void FavouritesTray::setFavourites(const std::vector<Favourite>& favourites) {
  const QSignalBlocker quiet(this);
  const std::vector<std::int64_t> selected = selectedFavourites();
  clear();
  for (const Favourite& favourite : favourites) {
    const QString name = QString::fromStdString(favourite.name);
    auto* item = new QListWidgetItem(thumbnail(favourite), name, this);
    item->setData(kIdRole, static_cast<qlonglong>(favourite.id));
    item->setData(kNameRole, name);
    item->setToolTip(tr("%1\nrun %2, step %3").arg(name).arg(favourite.run).arg(favourite.step));
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setSelected(std::ranges::find(selected, favourite.id) != selected.end());
  }
  viewport()->update();
}

std::vector<std::int64_t> FavouritesTray::selectedFavourites() const {
  std::vector<std::int64_t> ids;
  for (const QListWidgetItem* item : selectedItems()) ids.push_back(idOf(item));
  return ids;
}

void FavouritesTray::askToRemove() {
  std::vector<qint64> ids;
  for (const std::int64_t id : selectedFavourites()) ids.push_back(id);
  if (!ids.empty()) Q_EMIT removeRequested(ids);
}

void FavouritesTray::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Delete) {
    askToRemove();
  } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentItem() != nullptr &&
             state() != QAbstractItemView::EditingState) {
    Q_EMIT loadRequested(idOf(currentItem()));
  } else {
    QListWidget::keyPressEvent(event);
  }
}

void FavouritesTray::contextMenuEvent(QContextMenuEvent* event) {
  QListWidgetItem* item = itemAt(event->pos());
  if (item == nullptr) return;
  QMenu menu(this);
  menu.addAction(tr("Load"), this, [this, id = idOf(item)] { Q_EMIT loadRequested(id); });
  menu.addAction(tr("Rename…\tF2"), this, [this, item] { editItem(item); });
  menu.addAction(tr("Remove\tDel"), this, [this] { askToRemove(); });
  menu.exec(event->globalPos());
}

void FavouritesTray::paintEvent(QPaintEvent* event) {
  QListWidget::paintEvent(event);
  if (count() > 0) return;
  QPainter painter(viewport());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                   tr("Nothing kept yet.\nPress F to keep what you see."));
}

}  // namespace loom
