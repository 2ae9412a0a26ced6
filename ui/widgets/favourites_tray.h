// The characters an artist kept, as small pictures: click loads, F2 renames, Del removes, dragging puts them in order.
#pragma once

#include <QListWidget>
#include <cstdint>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// Shows favourites and asks for changes; whoever owns them decides. Usable alone.
class FavouritesTray : public QListWidget {
  Q_OBJECT
 public:
  explicit FavouritesTray(QWidget* parent = nullptr);

  void setFavourites(const std::vector<Favourite>& favourites);
  /// What to say where none are shown.
  void setEmptyText(const QString& text);
  std::vector<std::int64_t> selectedFavourites() const;  ///< in the order shown

 Q_SIGNALS:
  void loadRequested(qint64 id);
  void renameRequested(qint64 id, const QString& name);
  void removeRequested(const std::vector<qint64>& ids);
  void orderRequested(const std::vector<qint64>& ids);  ///< of all that are shown, in the order wanted
  void noteRequested(qint64 id);
  void collectRequested(const QPoint& at);  ///< a menu of collections for what is selected, there on the screen

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void takeName(QListWidgetItem* item);
  void askToRemove();
  void askToCollect();
  void moveSelected(int by);
  int placeAt(const QPoint& position) const;
  void moveTo(const std::vector<std::int64_t>& ids, int place);
  QString m_emptyText;
  int m_dropPlace = -1;  ///< before which item what is dragged would come to stand
};

/// The picture a favourite is known by: the view it was kept in, else the front, else the first.
Sprite favouritePicture(const Favourite& favourite);

}  // namespace loom
