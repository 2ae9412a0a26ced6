#include "ui/widgets/favourites_tray.h"

#include <QContextMenuEvent>
#include <QDataStream>
#include <QDropEvent>
#include <QIODevice>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QSignalBlocker>
#include <algorithm>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kThumbnail = 64;
constexpr int kIdRole = Qt::UserRole;
constexpr int kNameRole = Qt::UserRole + 1;
constexpr int kDropMark = 3;  ///< pixels wide
const char* const kDragged = "application/x-spriteloom-favourites";

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

QString describe(const Favourite& favourite) {
  const auto text = [](const std::string& words) { return QString::fromStdString(words); };
  QStringList lines{text(favourite.name), QObject::tr("run %1, step %2").arg(favourite.run).arg(favourite.step)};
  if (!favourite.collection.empty()) lines.append(QObject::tr("in %1").arg(text(favourite.collection)));
  if (!favourite.tags.empty()) lines.append(QObject::tr("tags: %1").arg(text(favourite.tags)));
  if (!favourite.note.empty()) lines.append(text(favourite.note));
  return lines.join('\n').toHtmlEscaped().replace('\n', "<br>");
}

std::vector<std::int64_t> draggedIds(const QMimeData& data) {
  std::vector<std::int64_t> ids;
  QDataStream stream(data.data(kDragged));
  for (qint64 id = 0; !stream.atEnd() && (stream >> id).status() == QDataStream::Ok;) ids.push_back(id);
  return ids;
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
  setToolTip(tr(
      "Click: load · F2: rename · Del: remove (Ctrl+Z brings it back) · Ctrl+I: note and tags · Ctrl+M: collection · "
      "drag, or Alt+← and Alt+→: put in order"));
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
  setDragDropMode(QAbstractItemView::DragDrop);
  viewport()->setAcceptDrops(true);  // which standing still (Static) had switched off
  setEmptyText(tr("Nothing kept yet.\nPress F to keep what you see."));
  connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { Q_EMIT loadRequested(idOf(item)); });
  connect(this, &QListWidget::itemChanged, this, &FavouritesTray::takeName);
}

void FavouritesTray::takeName(QListWidgetItem* item) {
  const QString name = item->text().simplified();
  const QString before = item->data(kNameRole).toString();
  const bool renamed = !name.isEmpty() && name != before;
  {
    const QSignalBlocker quiet(this);
    item->setText(renamed ? name : before);
    item->setData(kNameRole, item->text());
  }
  if (renamed) Q_EMIT renameRequested(idOf(item), name);
}

void FavouritesTray::setFavourites(const std::vector<Favourite>& favourites) {
  const QSignalBlocker quiet(this);
  const std::vector<std::int64_t> selected = selectedFavourites();
  const qint64 current = currentItem() != nullptr ? idOf(currentItem()) : 0;
  clear();
  for (const Favourite& favourite : favourites) {
    const QString name = QString::fromStdString(favourite.name);
    auto* item = new QListWidgetItem(thumbnail(favourite), name, this);
    item->setData(kIdRole, static_cast<qlonglong>(favourite.id));
    item->setData(kNameRole, name);
    item->setToolTip(describe(favourite));
    item->setFlags(item->flags() | Qt::ItemIsEditable | Qt::ItemIsDragEnabled);
    item->setSelected(std::ranges::find(selected, favourite.id) != selected.end());
    if (favourite.id == current) setCurrentItem(item, QItemSelectionModel::NoUpdate);
  }
  viewport()->update();
}

void FavouritesTray::setEmptyText(const QString& text) {
  m_emptyText = text;
  viewport()->update();
}

std::vector<std::int64_t> FavouritesTray::selectedFavourites() const {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < count(); ++i) {
    if (item(i)->isSelected()) ids.push_back(idOf(item(i)));
  }
  return ids;
}

void FavouritesTray::askToRemove() {
  std::vector<qint64> ids;
  for (const std::int64_t id : selectedFavourites()) ids.push_back(id);
  if (!ids.empty()) Q_EMIT removeRequested(ids);
}

void FavouritesTray::askToCollect() {
  if (selectedItems().empty()) return;
  Q_EMIT collectRequested(viewport()->mapToGlobal(visualItemRect(selectedItems().front()).center()));
}

// Order

/// The selected ones, `by` places earlier or later, as one block from where the first of them is.
void FavouritesTray::moveSelected(int by) {
  const std::vector<std::int64_t> ids = selectedFavourites();
  if (ids.empty()) return;
  int place = 0;
  while (!item(place)->isSelected()) ++place;
  int others = 0;
  for (int i = 0; i < place; ++i) others += item(i)->isSelected() ? 0 : 1;
  int target = 0;  // counted among those that stay
  for (int left = std::max(0, others + by); target < count() && left > 0; ++target) {
    if (!item(target)->isSelected()) --left;
  }
  moveTo(ids, target);
}

/// Puts `ids` before what stands at `place`.
void FavouritesTray::moveTo(const std::vector<std::int64_t>& ids, int place) {
  const auto moves = [&ids](qint64 id) { return std::ranges::find(ids, id) != ids.end(); };
  std::vector<qint64> before, order, moved;
  for (int i = 0; i < count(); ++i) {
    before.push_back(idOf(item(i)));
    if (moves(before.back())) moved.push_back(before.back());
  }
  for (int i = 0; i <= count(); ++i) {
    if (i == place) order.insert(order.end(), moved.begin(), moved.end());
    if (i < count() && !moves(idOf(item(i)))) order.push_back(idOf(item(i)));
  }
  if (order != before && order.size() == before.size()) Q_EMIT orderRequested(order);
}

/// The item before which something dropped there comes to stand.
int FavouritesTray::placeAt(const QPoint& position) const {
  for (int i = 0; i < count(); ++i) {
    const QRect cell = visualItemRect(item(i));
    if (position.y() < cell.top()) return i;
    if (position.y() <= cell.top() + gridSize().height() && position.x() < cell.center().x()) return i;
  }
  return count();
}

QMimeData* FavouritesTray::mimeData(const QList<QListWidgetItem*>& items) const {
  QByteArray bytes;
  QDataStream stream(&bytes, QIODevice::WriteOnly);
  for (const QListWidgetItem* item : items) stream << idOf(item);
  auto* data = new QMimeData;
  data->setData(kDragged, bytes);
  return data;
}

void FavouritesTray::dragEnterEvent(QDragEnterEvent* event) {
  event->mimeData()->hasFormat(kDragged) ? event->acceptProposedAction() : event->ignore();
}

void FavouritesTray::dragMoveEvent(QDragMoveEvent* event) {
  QAbstractItemView::dragMoveEvent(event);  // scrolls at the edges
  if (!event->mimeData()->hasFormat(kDragged)) return event->ignore();
  m_dropPlace = placeAt(event->position().toPoint());
  viewport()->update();
  event->acceptProposedAction();
}

void FavouritesTray::dragLeaveEvent(QDragLeaveEvent* event) {
  QAbstractItemView::dragLeaveEvent(event);
  m_dropPlace = -1;
  viewport()->update();
}

void FavouritesTray::dropEvent(QDropEvent* event) {
  m_dropPlace = -1;
  viewport()->update();
  stopAutoScroll();
  setState(NoState);
  if (!event->mimeData()->hasFormat(kDragged)) return event->ignore();
  event->setDropAction(Qt::CopyAction);  // nothing is to be taken out of the list afterwards
  event->accept();
  moveTo(draggedIds(*event->mimeData()), placeAt(event->position().toPoint()));
}

// Keys and menu

void FavouritesTray::keyPressEvent(QKeyEvent* event) {
  const bool alt = event->modifiers() == Qt::AltModifier;
  const bool control = event->modifiers() == Qt::ControlModifier;
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (event->key() == Qt::Key_Delete) {
    askToRemove();
  } else if (alt && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
    moveSelected(event->key() == Qt::Key_Left ? -1 : 1);
  } else if (control && event->key() == Qt::Key_I && currentItem() != nullptr) {
    Q_EMIT noteRequested(idOf(currentItem()));
  } else if (control && event->key() == Qt::Key_M) {
    askToCollect();
  } else if (enter && currentItem() != nullptr && state() != QAbstractItemView::EditingState) {
    Q_EMIT loadRequested(idOf(currentItem()));
  } else {
    QListWidget::keyPressEvent(event);
  }
}

void FavouritesTray::contextMenuEvent(QContextMenuEvent* event) {
  const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
  QListWidgetItem* item = byKey ? currentItem() : itemAt(event->pos());
  if (item == nullptr) return;
  QMenu menu(this);
  menu.addAction(tr("Load"), this, [this, id = idOf(item)] { Q_EMIT loadRequested(id); });
  menu.addAction(tr("Rename…\tF2"), this, [this, item] { editItem(item); });
  menu.addAction(tr("Note and tags…\tCtrl+I"), this, [this, id = idOf(item)] { Q_EMIT noteRequested(id); });
  menu.addAction(tr("Put into a collection…\tCtrl+M"), this, [this] { askToCollect(); });
  menu.addAction(tr("Remove\tDel"), this, [this] { askToRemove(); });
  menu.exec(byKey ? viewport()->mapToGlobal(visualItemRect(item).center()) : event->globalPos());
}

void FavouritesTray::paintEvent(QPaintEvent* event) {
  QListWidget::paintEvent(event);
  QPainter painter(viewport());
  if (count() == 0) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
  } else if (m_dropPlace >= 0) {
    const bool last = m_dropPlace == count();
    const QRect cell = visualItemRect(item(last ? count() - 1 : m_dropPlace));
    const int x = last ? cell.right() + 1 : cell.left() - kDropMark;
    painter.fillRect(x, cell.top(), kDropMark, cell.height(), palette().color(QPalette::Highlight));
  }
}

}  // namespace loom
